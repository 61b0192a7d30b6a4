"""What the user allows is not reported, does not vote, and is counted."""

import random
from dataclasses import dataclass, field
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from scanner.detection import inline_allow
from scanner.detection.allowed import AllowList, allowed_values, folded
from scanner.detection.detector import Detector, make_prefilter
from scanner.detection.keywords import index_keywords
from scanner.detection.matcher import Matcher
from scanner.detection.names import NameReader
from scanner.detection.rules import make_rules
from scanner.detection.settings import DetectionSettings
from scanner.detection.tally import join
from scanner.detection.text import TextScan, TextSearch
from scanner.model.location import CellLocation, PageLocation
from scanner.model.segment import ColumnSegment, TextSegment
from scanner.readers.locators import LineLocator
from tests.detection.rulesets import ALL, CARD, EMAIL, SSN

REMARKED = "ssn 219-22-9999  # dowse:allow"
LINES = LineLocator(1, 1)


@dataclass(frozen=True)
class Rows:
    def at(self, index: int, start: int, end: int) -> CellLocation:
        return CellLocation(index + 2, 1, start=start, end=end)


@dataclass(frozen=True)
class Pages:
    def at(self, text: str, start: int, end: int) -> PageLocation:  # noqa: ARG002 - one line
        return PageLocation(1, 1, start + 1, end)


Counts = tuple[dict[str, int], dict[str, int]]
"""What is counted, and what is allowed."""


@dataclass
class Allowing:
    """A detector with an allow list."""

    texts: tuple[str, ...] = ()
    regexes: tuple[str, ...] = ()
    inline: bool = True
    detector: Detector = field(init=False)

    def __post_init__(self) -> None:
        allow = AllowList(frozenset(map(folded, self.texts)), self.regexes)
        self.detector = Detector((CARD, EMAIL, SSN), DetectionSettings(b"k" * 32, allow=allow, inline_allow=self.inline))

    def of_text(self, *texts: str, locator: LineLocator | Pages = LINES) -> Counts:
        return self._judged([TextSegment(text, locator, continues=number > 0) for number, text in enumerate(texts)])

    def of_column(self, values: list[str], *names: str) -> Counts:
        return self._judged([ColumnSegment(pa.array(values), "1", names, Rows())])

    def _judged(self, segments: list[TextSegment] | list[ColumnSegment]) -> Counts:
        tally = join([(self.detector.tally([((), segment) for segment in segments]), 0)], 10)
        return {one.identifier: one.count for one in self.detector.conclude(tally)}, self.detector.count_allowed(tally)


def cards(count: int) -> list[str]:
    bodies = [f"45395787{number:07d}" for number in range(1000, 1000 + count)]
    return [body + luhn.calc_check_digit(body) for body in bodies]


def test_nothing_is_allowed_by_default() -> None:
    assert Allowing().of_text("ssn 219-22-9999") == ({"SSN": 1}, {})


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("Jane.Roe@mail.example", "write to jane.roe@mail.example now"),
        ("219-22-9999", "ssn 219-22-9999"),
    ],
)
def test_a_listed_text_is_allowed_in_any_case(entry: str, text: str) -> None:
    found, allowed = Allowing((entry,)).of_text(text)

    assert found == {}
    assert sum(allowed.values()) == 1


def test_a_listed_text_may_be_broken_anywhere_at_its_blanks() -> None:
    assert folded("4539 5787\n  6362\t1486 ") == folded("4539 5787 6362 1486")


@pytest.mark.parametrize("entry", ["219-22-999", "19-22-9999", "219229999", "ssn 219-22-9999"])
def test_only_the_whole_value_as_it_is_written_is_allowed(entry: str) -> None:
    assert Allowing((entry,)).of_text("ssn 219-22-9999") == ({"SSN": 1}, {})


def test_an_expression_matches_whole_values_and_heeds_case() -> None:
    allowing = Allowing(regexes=(r"[a-z]+@corp\.example",))

    assert allowing.of_text("ann@corp.example, bob7@corp.example") == ({"EMAIL": 1}, {"EMAIL": 1})
    assert Allowing(regexes=("[A-Z@.]+",)).of_text("ann@corp.example") == ({"EMAIL": 1}, {})
    assert Allowing(regexes=("(?i)[A-Z@.]+",)).of_text("ann@corp.example") == ({}, {"EMAIL": 1})


def test_what_would_not_be_reported_is_not_counted_as_allowed() -> None:
    assert Allowing(("219-22-9999",)).of_text("number 219-22-9999") == ({}, {})


@pytest.mark.parametrize("size", [100, 1000])
def test_allowed_cells_are_counted_by_occurrence(size: int) -> None:
    values = cards(size)
    allowing = Allowing((values[3], values[4]))

    assert allowing.of_column([*values, values[3]], "card") == ({"CARD": size - 2}, {"CARD": 3})


@pytest.mark.parametrize("size", [30, 400])
def test_allowed_values_that_fail_their_check_do_not_speak_against_the_column(size: int) -> None:
    rng = random.Random(5)
    wrong = [f"45395787{number:08d}" for number in rng.sample(range(10**8), 9 * size)]
    wrong = [value for value in wrong if not luhn.is_valid(value)]

    assert Allowing().of_column([*cards(size), *wrong]) == ({}, {})
    assert Allowing(tuple(wrong)).of_column([*cards(size), *wrong]) == ({"CARD": size}, {})


def test_a_remark_allows_its_line_only() -> None:
    assert Allowing().of_text(f"ssn 219-22-9998\n{REMARKED}\nssn 219-22-9997") == ({"SSN": 2}, {"SSN": 1})


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_in_any_system(ending: str) -> None:
    assert Allowing().of_text(f"# dowse:allow{ending}ssn 219-22-9999{ending}# dowse:allow") == ({"SSN": 1}, {})


@pytest.mark.parametrize(
    "remark", ["# dowse:allow", "// dowse:allow=SSN", "<!--dowse:allow=EMAIL,SSN-->", "(dowse:allow=SSN)", "/*dowse:allow*/"]
)
def test_remarks_that_allow(remark: str) -> None:
    assert Allowing().of_text(f"ssn 219-22-9999 {remark}") == ({}, {"SSN": 1})


@pytest.mark.parametrize(
    "remark", ["dowse:allowed", "dowse:allow=", "dowse:allow=EMAIL", "dowse:allow=SSNS", "xdowse:allow", "dowse:allow-next", "DOWSE:ALLOW"]
)
def test_remarks_that_do_not(remark: str) -> None:
    assert Allowing().of_text(f"ssn 219-22-9999 {remark}") == ({"SSN": 1}, {})


def test_remarks_can_be_switched_off() -> None:
    assert Allowing(inline=False).of_text(REMARKED) == ({"SSN": 1}, {})


def test_cells_and_pages_have_no_remarks() -> None:
    assert Allowing().of_column([REMARKED]) == ({"SSN": 1}, {})
    assert Allowing().of_text(REMARKED, locator=Pages()) == ({"SSN": 1}, {})


def test_a_remark_far_away_on_a_long_line_does_not_count() -> None:
    near, far = " " * (inline_allow.REACH - 20), " " * inline_allow.REACH

    assert Allowing().of_text(f"ssn 219-22-9999{near}dowse:allow") == ({}, {"SSN": 1})
    assert Allowing().of_text(f"ssn 219-22-9999{far}dowse:allow") == ({"SSN": 1}, {})
    assert Allowing().of_text(f"dowse:allow{near[4:]}ssn 219-22-9999") == ({}, {"SSN": 1})
    assert Allowing().of_text(f"dowse:allow{far}ssn 219-22-9999") == ({"SSN": 1}, {})


def search(window: int) -> TextSearch:
    rules = make_rules((CARD, EMAIL, SSN))
    index = index_keywords(rules)
    prefilter = make_prefilter(rules, index.keywords)
    matcher = Matcher(rules, index, allowed_values(AllowList(frozenset(["a@corp.example"]))))
    return TextSearch(matcher, prefilter, index, NameReader(rules, index, prefilter), window=window)


SEARCH = search(window=1)


def waved(texts: list[str]) -> list[tuple[str, bool]]:
    """All values with whether they are allowed; decided as early as can be."""
    scan = TextScan(SEARCH, ())
    placed = [one for number, text in enumerate(texts) for one in scan.feed(TextSegment(text, LINES, continues=number > 0))]
    return [(one.value, one.allowed) for one in (*placed, *scan.finish())]


PIECES = st.sampled_from(
    [
        "ssn 219-22-9999\n",
        f"{REMARKED}\n",
        "dowse:allow=SSN ssn 219-22-9998 ",
        "a@corp.example ",
        "x" * 990,
        "\n",
        f"{' ' * 600}\n",
        "dowse:allow ",
    ]
)


@given(pieces=st.lists(PIECES, min_size=1, max_size=30), cuts=st.lists(st.integers(0, 20_000), max_size=6))
@settings(max_examples=60, deadline=None)
def test_what_is_allowed_does_not_depend_on_how_a_text_is_cut(pieces: list[str], cuts: list[int]) -> None:
    text = "".join(pieces)
    places = sorted({0, *(cut % len(text) for cut in cuts), len(text)})

    assert waved([text[start:end] for start, end in pairwise(places)]) == waved([text])


def test_findings_of_texts_at_hand_leave_out_what_is_allowed() -> None:
    detector = Detector(ALL, DetectionSettings(b"k", allow=AllowList(frozenset(["a@corp.example"]))))

    assert [placed.value for placed in detector.find_spans("a@corp.example b@corp.example")] == ["b@corp.example"]
