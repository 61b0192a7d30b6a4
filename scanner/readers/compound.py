"""Compound files ([MS-CFB]) through olefile: the streams of old Office documents and Outlook messages, held one at a time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.readers.budget import Budget
from scanner.readers.ole_properties import property_texts

if TYPE_CHECKING:
    from olefile import OleFileIO

_BROKEN: Final = (OSError, ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError, OverflowError)
"""What olefile raises for files that are damaged, beside its own errors, which are OSErrors."""
_PROPERTIES: Final = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")


class Compound:
    """One compound file.

    :param stream: can seek
    """

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._file = _opened(stream)
        self._most = budget.limits.memory_bytes
        self._problems: list[Problem] = []
        self._names = {"/".join(path).lower(): path for path in _paths(self._file)}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def below(self, storage: str) -> list[str]:
        """The names of the streams directly or farther below `storage`; of all for none."""
        before = f"{storage.lower()}/" if storage else ""
        return ["/".join(path) for name, path in self._names.items() if name.startswith(before)]

    def first(self, *names: str) -> bytes:
        """The bytes of the first of these streams that is there; raises ReadError where none can be read."""
        for name in names:
            if (found := self.stream(name)) is not None:
                return found
        if self._problems:
            raise ReadError(self._problems[0].reason, self._problems[0].detail)
        raise ReadError(Reason.MALFORMED, "its main stream is missing")

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream, as far as they are there; None if there is no such stream, or it is told among the problems."""
        path = self._names.get(name.lower())
        if path is None:
            return None
        try:
            if self._file.get_size(path) > self._most:
                self._problems.append(Problem(Reason.BUDGET_MEMORY, f"a stream of it has more than {self._most} bytes"))
                return None
            with self._file.openstream(path) as opened:
                return bytes(opened.read())
        except _BROKEN:
            self._problems.append(Problem(Reason.MALFORMED, "a stream of it is damaged"))
            return None

    def properties(self) -> Iterator[str]:
        """What the document says about itself, a line for each text."""
        for name in _PROPERTIES:
            yield from property_texts(self.stream(name) or b"")

    def problems(self) -> Iterator[Problem]:
        """What could not be read, each thing once."""
        yield from dict.fromkeys(self._problems)


def _opened(stream: BinaryIO) -> "OleFileIO":
    from olefile import OleFileIO

    try:
        stream.seek(0)
        return OleFileIO(stream)
    except _BROKEN:
        raise ReadError(Reason.MALFORMED, "its directory is damaged") from None


def _paths(file: "OleFileIO") -> list[list[str]]:
    try:
        return list(file.listdir(streams=True, storages=False))
    except _BROKEN:
        raise ReadError(Reason.MALFORMED, "its directory is damaged") from None
