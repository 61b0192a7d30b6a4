"""What a scan says of posture if nobody asks: nothing. Imports nothing heavy, unlike what stands in its place."""

from collections.abc import Callable

from scanner.model.records import Summary
from scanner.model.result import ObjectResult


class NoPosture:
    """As `ScanPosture`, of nothing."""

    records = ()

    def over(self, screen: Callable[[ObjectResult], ObjectResult]) -> Callable[[ObjectResult], ObjectResult]:
        """`screen` itself."""
        return screen

    def count(self, *_found: object) -> None:
        """Nothing."""

    def write(self, *_where: object) -> None:
        """Nothing."""

    def keep(self, *_where: object, **_how: object) -> None:
        """Nothing."""

    def whole(self, summary: Summary) -> Summary:
        """`summary` itself."""
        return summary

    def closing_words(self) -> str:
        """None."""
        return ""
