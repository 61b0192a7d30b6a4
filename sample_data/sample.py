"""One made file with everything that is true of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Self

import regex

from sample_data.marking import Mark, read_marks
from sample_data.places import Place

SCANNED: Final = "scanned"
_LINE_END: Final = regex.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a scan must report.

    :param value: what stands there; known only where the file is made, not in truth.toml
    """

    identifier: str
    place: Place
    value: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Trap:
    """Something that a scan must not report, and why."""

    identifiers: tuple[str, ...]
    place: Place
    why: str
    value: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a scan of one file must say.

    :param about: what the file shows, in a line
    :param outcome: `scanned`, or status and reason as in `partial(bad_records)`
    """

    about: str
    outcome: str = SCANNED
    findings: tuple[Finding, ...] = ()
    traps: tuple[Trap, ...] = ()

    def inside(self, member: str) -> Self:
        """The same truth, of a member called `member`."""
        findings = tuple(replace(finding, place=finding.place.inside(member)) for finding in self.findings)
        traps = tuple(replace(trap, place=trap.place.inside(member)) for trap in self.traps)
        return replace(self, findings=findings, traps=traps)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to be written below `sample_data/files`."""

    name: str
    content: bytes
    truth: Truth


def truth_of(about: str, placed: Iterable[tuple[Mark, Place]], outcome: str = SCANNED) -> Truth:
    """The truth that marks with their places come to."""
    findings: list[Finding] = []
    traps: list[Trap] = []
    for mark, place in placed:
        if mark.why:
            traps.append(Trap(mark.identifiers, place, mark.why, mark.value))
        else:
            findings.append(Finding(mark.identifiers[0], place, mark.value))
    return Truth(about, outcome, tuple(findings), tuple(traps))


def text_sample(name: str, marked: str, about: str, encoding: str = "utf-8") -> Sample:
    """A text file; `encoding` as for `encoded`."""
    text, marks = read_marks(marked)
    placer = line_places(text)
    return Sample(name, encoded(text, encoding), truth_of(about, ((mark, placer(mark)) for mark in marks)))


def encoded(text: str, encoding: str) -> bytes:
    """`text` in `encoding` as Python names it.

    `utf-8-sig`, `utf-16` and `utf-32` begin with a byte order mark, the little end first on any machine.
    """
    if encoding in ("utf-16", "utf-32"):
        return f"\ufeff{text}".encode(f"{encoding}-le")
    return text.encode(encoding)


def with_outcome(sample: Sample, content: bytes, findings: tuple[Finding, ...], outcome: str) -> Sample:
    """A damaged copy of `sample`, in which only `findings` can still be found."""
    return replace(sample, content=content, truth=replace(sample.truth, findings=findings, traps=(), outcome=outcome))


def line_places(text: str, anchor: str = "") -> Callable[[Mark], Place]:
    """A function that turns marks into lines and columns of `text`."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def point(offset: int) -> tuple[int, int]:
        line = sum(start <= offset for start in starts)
        return line, offset - starts[line - 1] + 1

    return lambda mark: Place(anchor, point(mark.start), point(mark.end - 1))
