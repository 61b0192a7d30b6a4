"""A text that is read in parts gives what it gives as a whole, wherever it is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.detection.tally import Tally
from scanner.engine.object_scan import ObjectScan
from scanner.engine.parts import Assembly
from scanner.engine.plan import in_parts
from scanner.engine.task import Entry, Reading, Task
from scanner.model.location import LineLocation
from scanner.model.objects import StoredObject
from scanner.model.occurrence import Confidence
from scanner.model.result import ObjectResult
from scanner.readers.budget import Limits
from tests.detection.rulesets import ALL
from tests.engine.doubles import Shelf

DETECTOR = Detector(ALL, DetectionSettings(b"key", min_confidence=Confidence.LOW, max_occurrences=10**6))
PIECES = st.sampled_from(
    [
        "219-22-9999", "219229999", "666-22-9999", "ssn", "SSN: ", "Social Security ", "employee ", "F-12345678", "4539578763621486",
        "4539 5787 6362 1486", "4539578763621487", "card ", "order id: ", "a.b@example.com", "ab", "aba", "x12", "\n", "\n", "\r\n", "\r",
        " ", "é", "漢字", "0", "-", "lorem ipsum dolor sit ", "x" * 60,
    ]
)  # fmt: skip


class Joined:
    """What the parts of one text come to."""

    def __init__(self, text: bytes, part_bytes: int) -> None:
        shelf = Shelf({"a.txt": text})
        (listed,) = (met for met in shelf.objects() if isinstance(met, StoredObject))
        self.tally = Tally()
        assembly = Assembly(Entry(0, listed), part_bytes, 10**6, self._conclude)
        run = ObjectScan(shelf, DETECTOR, Limits(), 60)
        tasks: list[Task] = list(in_parts(Entry(0, listed), part_bytes))
        for task in tasks:
            (reading,) = run(task)
            assert isinstance(reading, Reading)
            assert reading.stop is None
            tasks.extend(assembly.receive(task, reading))
        self.result: ObjectResult = assembly.result()

    def _conclude(self, tally: Tally) -> tuple[()]:
        self.tally = tally
        return ()


def tally_of(text: bytes, part_bytes: int) -> Tally:
    return Joined(text, part_bytes).tally


@pytest.mark.parametrize("ends", ["", "\n"])
@given(pieces=st.lists(PIECES, min_size=2, max_size=80), part_bytes=st.integers(1, 400))
@settings(max_examples=100, deadline=None)
def test_the_joined_tally_is_that_of_the_uncut_text(ends: str, pieces: list[str], part_bytes: int) -> None:
    text = f"words {''.join(pieces)}{ends}".encode()

    assert tally_of(text, part_bytes) == tally_of(text, len(text))


@given(
    st.lists(st.sampled_from(["ssn\n", "219-22-9999\n", "x" * 50 + "\n", "4539 5787\n", "6362 1486\n"]), min_size=1), st.integers(1, 120)
)
@settings(max_examples=100, deadline=None)
def test_keywords_and_values_on_lines_of_their_own_meet_across_borders(lines: list[str], part_bytes: int) -> None:
    text = "".join(["words\n", *lines]).encode()

    assert tally_of(text, part_bytes) == tally_of(text, len(text))


def test_a_value_on_a_line_is_found_by_the_keyword_on_the_line_before_it_in_every_part() -> None:
    text = b"".join(b"line number %d\nSSN:\n219-22-9999\n%s\n" % (number, b"." * (number % 50)) for number in range(300))
    tally = tally_of(text, 1000)
    (group,) = (group for key, group in tally.groups.items() if DETECTOR.rules[key.rule].identifier.id == "SSN")

    assert (sum(group.counts.values()), group.shapes, group.passed) == (300, 300, 300)
    places = [one.location for kept in group.kept.values() for one in kept]
    assert places == [LineLocation(4 * number + 3, 1, 4 * number + 3, 11) for number in range(300)]


def test_parts_far_larger_than_their_context_give_what_the_whole_gives() -> None:
    filler = "lorem ipsum 219229999 dolor ab sit a.b@example.com amet\n" * 370 + "SSN:\n"
    text = (("219-22-9999 card\n" + filler) * 30).encode()

    assert tally_of(text, 300_007) == tally_of(text, len(text))
