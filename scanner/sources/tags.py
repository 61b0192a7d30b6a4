"""Which objects the user wants by their tags, as Macie's jobs decide: any of several values is enough, and what is left out wins."""

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.errors import ConfigError

Tags = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TagScope:
    """Conditions on tags; a value of None stands for any.

    :param wanted: an object needs one of these, if there are any
    :param unwanted: an object with one of these is left out
    """

    wanted: tuple[tuple[str, str | None], ...] = ()
    unwanted: tuple[tuple[str, str | None], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any condition."""
        return bool(self.wanted or self.unwanted)

    def why_not(self, tags: Tags) -> str | None:
        """Why the user does not want an object with these tags, as a short phrase; None if it is wanted."""
        had = set(tags) | {(key, None) for key, _ in tags}
        if not had.isdisjoint(self.unwanted):
            return "has a tag that is left out"
        if self.wanted and had.isdisjoint(self.wanted):
            return "has no tag that is asked for"
        return None


def parse_tags(wanted: Iterable[str], unwanted: Iterable[str]) -> TagScope:
    """The scope of `KEY=VALUE`, or `KEY` for any value, each. Letter by letter, case matters, as in S3. Raises ConfigError."""
    return TagScope(tuple(map(_parse, wanted)), tuple(map(_parse, unwanted)))


def _parse(text: str) -> tuple[str, str | None]:
    key, equals, value = text.partition("=")
    if not key:
        raise ConfigError(f"tag {text!r} has no key: write KEY=VALUE, or KEY for any value")
    return key, value if equals else None
