"""A name over a value (a column's header, an element of a JSON path) speaks for it like a keyword beside it."""

from collections.abc import Iterator
from typing import Final

from identifiers.model import Identifier
from scanner.acceptance.bench import Bench
from scanner.acceptance.failure import Failure
from scanner.acceptance.spans import matches_of, quoted
from scanner.acceptance.specimens import Specimen, specimens_of
from scanner.detection.detector import Detector
from scanner.model.location import CellLocation
from scanner.model.segment import ColumnSegment

NAME: Final = "name-context"
_NEUTRAL: Final = "xyz"


class _Rows:
    """Tells cells apart by their row."""

    def at(self, index: int, start: int, end: int) -> CellLocation:
        return CellLocation(index + 1, 1, "", "", start, end)


def check(identifier: Identifier, bench: Bench) -> Iterator[Failure]:
    """A failure for each name made from a keyword under which a bare value is not found, and for one found without any."""
    specimens = specimens_of(identifier)
    if not identifier.keywords or not specimens:
        return
    detector = bench.alone(identifier)
    for keyword in identifier.keywords:
        for name in names_from(keyword):
            yield from _expect_found(identifier, detector, specimens[0], name)
    for specimen in specimens:
        yield from _expect_alike_in_a_column(identifier, detector, specimen, names_from(identifier.keywords[0])[0])
        if identifier.keyword_required:
            yield from _expect_nothing(identifier, detector, specimen)


def names_from(keyword: str) -> tuple[str, ...]:
    """How a program would call a column after `keyword`.

    >>> names_from("social security")
    ('social security', 'social_security', 'SOCIAL_SECURITY', 'socialSecurity', 'SocialSecurity')
    """
    first, *others = keyword.split()
    snake = "_".join((first, *others))
    camel = "".join(word.capitalize() for word in others)
    forms = (keyword, snake, snake.upper(), first + camel, first.capitalize() + camel)
    # What does not come back in lower case has become another word, as STRASSE has from straße.
    return tuple(dict.fromkeys(form for form in forms if form.lower() in (keyword, snake, "".join((first, *others)))))


def _expect_found(identifier: Identifier, detector: Detector, specimen: Specimen, name: str) -> Iterator[Failure]:
    found = matches_of(identifier, detector, specimen.text, ("records", name))
    if any((match.start, match.end) == (specimen.start, specimen.end) and _named(match.evidence) for match in found):
        return
    got = f"found with {', '.join(found[0].evidence)}" if found else "found nothing"
    yield Failure(identifier.id, NAME, f"{quoted(specimen.text)} under the name {name!r}: expected a match by this name; {got}")


def _expect_alike_in_a_column(identifier: Identifier, detector: Detector, specimen: Specimen, name: str) -> Iterator[Failure]:
    """A cell of a column must give what the same text gives."""
    import pyarrow as pa

    expected = len(matches_of(identifier, detector, specimen.text, (name,)))
    segment = ColumnSegment(pa.array([specimen.text]), "1", (name,), _Rows())
    counted = sum(detection.count for detection in detector.conclude(detector.tally([((), segment)])))
    if counted != expected:
        said = f"{quoted(specimen.text)} in a column named {name!r}: expected {expected} as in running text; found {counted}"
        yield Failure(identifier.id, NAME, said)


def _expect_nothing(identifier: Identifier, detector: Detector, specimen: Specimen) -> Iterator[Failure]:
    found = matches_of(identifier, detector, specimen.text, (_NEUTRAL,))
    if found:
        said = f"{quoted(specimen.text)} under the name {_NEUTRAL!r}: expected nothing, since a keyword is required"
        yield Failure(identifier.id, NAME, f"{said}; found {', '.join(found[0].evidence)}")


def _named(evidence: tuple[str, ...]) -> bool:
    return any(item.startswith("name:") for item in evidence)
