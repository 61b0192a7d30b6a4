"""Shared strings of a workbook (ECMA-376 part 1, 18.4): each text once, cells refer to them by number."""

from collections.abc import Iterator
from typing import Final

import regex

from scanner.readers.xlsx_xml import Source, Walk, local

_OVERHEAD_BYTES: Final = 64
"""What Python takes for a string beside its characters, its place in the list included."""
_ESCAPE: Final = regex.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
_WIDEST_BYTES: Final = 4


def unescaped(text: str) -> str:
    r"""A text with the characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19).

    >>> unescaped("219-22-9999_x000D_")
    '219-22-9999\r'
    """
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class SharedStrings:
    """The texts in their order, as far as they fit.

    :param memory_bytes: what they may take
    :ivar texts: those that fit
    :ivar fits: all of them do
    :ivar damaged: some of them were read without markup, or not at all
    """

    def __init__(self, memory_bytes: int) -> None:
        self.texts: list[str] = []
        self.fits = True
        self.damaged = False
        self._shown = bytearray()
        self._left = memory_bytes
        self._collector = _Collector()

    def read(self, stream: Source) -> Iterator[str]:
        """Takes them from a part; gives what cannot be held or did not parse, as text."""
        walk = Walk(stream, self._collector, ("sst",), "si")
        for damage in walk.read():
            yield from (text for text in self._collector.taken() if not self.add(text))
            if damage:
                yield damage
        self.damaged |= walk.damaged

    def add(self, text: str) -> bool:
        """Takes the next text; False where it does not fit."""
        self._left -= len(text) * (1 if text.isascii() else _WIDEST_BYTES) + _OVERHEAD_BYTES
        self.fits &= self._left >= 0
        if self.fits:
            self.texts.append(text)
            self._shown.append(0)
        return self.fits

    def text(self, number: int) -> str | None:
        """The text that a cell refers to; None if there is none, or it did not fit."""
        if 0 <= number < len(self.texts):
            self._shown[number] = 1
            return self.texts[number]
        return None

    def unshown(self) -> Iterator[str]:
        """The texts that no cell referred to."""
        return (text for text, shown in zip(self.texts, self._shown, strict=True) if not shown and text)


class _Collector:
    """Joins the runs of each text; how it is pronounced (`rPh`) is not part of it."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._pieces: list[str] = []
        self._open = self._in_text = self._spoken = False

    def taken(self) -> list[str]:
        """What was collected since the last time."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - that of every listener
        """See Listener."""
        name = local(name)
        if name == "t":
            self._in_text = not self._spoken
        elif name == "rPh":
            self._spoken = True
        elif name == "si":
            self._open = True

    def end(self, name: str) -> None:
        """See Listener."""
        name = local(name)
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self._done.append(unescaped("".join(self._pieces)))
            self._pieces = []
            self._open = False

    def text(self, data: str) -> None:
        """See Listener."""
        if self._in_text:
            self._pieces.append(data)

    def broken(self) -> None:
        """The text at hand counts, so that the numbers of the others stay right."""
        self._in_text = self._spoken = False
        if self._open:
            self.end("si")
