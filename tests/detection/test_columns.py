"""Columns: each value is judged by itself and by its name, and then the column votes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from identifiers.keywords import keyword_regex
from identifiers.model import KeywordSide, Pattern
from scanner.detection.columns import ColumnSearch
from scanner.detection.detector import Detector, make_prefilter
from scanner.detection.keywords import KeywordHit, index_keywords
from scanner.detection.match import without_beaten
from scanner.detection.matcher import Context, Matcher, Search
from scanner.detection.names import NameReader
from scanner.detection.plain_prefilter import PlainPrefilter
from scanner.detection.prefilter import Prefilter
from scanner.detection.rules import make_rules
from scanner.detection.settings import DetectionSettings
from scanner.model.location import CellLocation
from scanner.model.occurrence import Confidence
from scanner.model.result import Detection
from scanner.model.segment import ColumnSegment
from tests.detection.rulesets import ALL, CARD, EMAIL, SSN, identifier

RULES = make_rules(ALL)
INDEX = index_keywords(RULES)
PREFILTERS: dict[str, Prefilter] = {"fast": make_prefilter(RULES, INDEX.keywords), "plain": PlainPrefilter(RULES, INDEX.keywords)}
DETECTOR = Detector((CARD, EMAIL, SSN), DetectionSettings(key=b"k" * 32, max_occurrences=5))


@dataclass(frozen=True)
class Rows:
    """A locator for the first column, below a header row."""

    def at(self, index: int, start: int, end: int) -> CellLocation:
        return CellLocation(index + 2, 1, start=start, end=end)


def detections(values: pa.Array, *names: str) -> dict[str, Detection]:
    tally = DETECTOR.tally([((), ColumnSegment(values, "1", names, Rows()))])
    return {detection.identifier: detection for detection in DETECTOR.conclude(tally)}


def rows(detection: Detection) -> list[int]:
    return [occurrence.location.row for occurrence in detection.occurrences if isinstance(occurrence.location, CellLocation)]


def cards(count: int) -> list[str]:
    bodies = [f"45395787{number:07d}" for number in range(1000, 1000 + count)]
    return [body + luhn.calc_check_digit(body) for body in bodies]


VALUES = st.sampled_from(
    ["", "219-22-9999", "ssn 219-22-9999", "219-22-9999 is my social security no", "a@b.de", "F-12345678", "employee F-12345678",
     "x12", "x12 ", "ab", "aba", "é", "x\0y", "card 4539578763621486", "漢字 4539578763621486", None]
)  # fmt: skip


@pytest.mark.parametrize("prefilter", PREFILTERS.values(), ids=PREFILTERS.keys())
@given(values=st.lists(VALUES, min_size=1, max_size=30), names=st.sampled_from([(), ("ssn",), ("order id",), ("person", "card_no")]))
@settings(max_examples=100, deadline=None)
def test_a_column_gives_what_brute_force_gives_value_by_value(
    prefilter: Prefilter, values: list[str | None], names: tuple[str, ...]
) -> None:
    reader = NameReader(RULES, INDEX, prefilter)
    matcher = Matcher(RULES, INDEX)
    expected = {}
    for value in {value for value in values if value}:
        hits = sorted(KeywordHit(*m.span(), n) for n, word in enumerate(INDEX.keywords) for m in keyword_regex(word).finditer(value))
        context = Context(value, matcher.by_rule(hits), reader.read(names), is_value=True)
        found = matcher.confirm(context, [Search(rule, [(0, len(value))]) for rule in RULES])
        if found.matches:
            expected[value] = {(m.rule.index, m.start, m.end, m.confidence, m.evidence) for m in without_beaten(found.matches)}

    column = ColumnSearch(matcher, prefilter, INDEX, reader).find(ColumnSegment(pa.array(values, pa.string()), "1", names, Rows()))

    got = {}
    for place, matches in column.matches.items() if column else ():
        assert column is not None
        got[column.values.texts[place].as_py()] = {(m.rule.index, m.start, m.end, m.confidence, m.evidence) for m in matches}
    assert got == expected


def test_a_keyword_in_the_header_counts_for_every_cell_below() -> None:
    found = detections(pa.array(["219-22-9999", None, "n/a", "219-22-9998"]), "employee_ssn")

    assert rows(found["SSN"]) == [2, 5]
    assert found["SSN"].occurrences[0].evidence == ("pattern", "check:us_ssn", "name:ssn")


def test_a_keyword_that_is_part_of_what_denies_does_not_speak() -> None:
    rules = make_rules((identifier("GIFT", Pattern(r"[0-9]{16}", max_length=16), keywords=("card",), not_names=("gift card",)),))
    index = index_keywords(rules)
    reader = NameReader(rules, index, PlainPrefilter(rules, index.keywords))

    assert [dict(reader.read((name,)).keywords) for name in ("card", "gift card", "gift_card_number", "card of the gift")] == [
        {0: "card"}, {}, {}, {0: "card"},
    ]  # fmt: skip


@pytest.mark.parametrize("make", [make_prefilter, PlainPrefilter], ids=["fast", "plain"])
def test_keywords_for_names_count_in_no_text(make: Callable[..., Prefilter]) -> None:
    named = identifier("NAMED", Pattern(r"[0-9]{7}", max_length=7), keywords=("tax", "tax id"), side=KeywordSide.NAME)
    other = identifier("OTHER", Pattern(r"[0-9]{9}", max_length=9), keywords=("tax id",))
    detector = Detector((named, other), DetectionSettings(key=b"k"), prefilter=lambda rules, keywords, _: make(rules, keywords))

    def found(*names: str) -> set[str]:
        column = ColumnSegment(pa.array(["1234567", "tax id 7654321"]), "1", names, Rows())
        return {detection.identifier for detection in detector.conclude(detector.tally([((), column)]))}

    in_text = detector.find_spans("tax 1234567, tax id 7654321, tax id 123456789", ())
    assert [placed.match.rule.identifier.id for placed in in_text] == ["OTHER"]
    assert [placed.match.evidence for placed in detector.find_spans("1234567", ("order", "tax"))] == [("pattern", "name:tax")]
    assert (found("tax_id"), found("note")) == ({"NAMED"}, set())


def test_camel_case_names_are_read_as_words() -> None:
    assert detections(pa.array(["219-22-9999"]), "person", "socialSecurityNumber")["SSN"].count == 1


def test_without_a_keyword_nine_digits_are_nothing() -> None:
    assert detections(pa.array(["219-22-9999"]), "reference") == {}


def test_repeated_values_are_all_counted_and_listed() -> None:
    found = detections(pa.array(["219-22-9999", "x", "219-22-9999"] * 1000), "ssn")

    assert found["SSN"].count == 2000
    assert rows(found["SSN"]) == [2, 4, 5, 7, 8]


@pytest.mark.parametrize(
    "values",
    [
        pa.array([219229999, None, 1]),
        pa.array([219229999.0, None, 1.0]),
        pa.array([219229999.0, None, 1.5]),
        pa.array([Decimal(219229999), None, Decimal(1)]),
        pa.array([b"219229999", None, b"\xff\xfe"]),
        pa.array(["219229999", None, "1"]).dictionary_encode(),
        pa.array(["219229999", None, "1"], pa.large_string()),
        pa.array(["219229999", None, "1"], pa.string_view()),
        pa.chunked_array([["219229999"], [None, "1"]]),
        pa.DictionaryArray.from_arrays(pa.array([1, None, 2]), pa.array(["219-22-9998", "219229999", None])),
    ],
    ids=lambda values: str(values.type),
)
def test_the_type_of_a_column_does_not_matter(values: pa.Array) -> None:
    assert rows(detections(values, "ssn")["SSN"]) == [2]


@pytest.mark.parametrize("values", [pa.array([True]), pa.array([date(2020, 1, 1)]), pa.nulls(3), pa.array([], pa.string())])
def test_columns_that_hold_nothing_give_nothing(values: pa.Array) -> None:
    assert detections(values, "ssn") == {}


def test_rows_that_are_too_short_do_not_hide_what_stands_beside_a_keyword() -> None:
    notes = [f"note {number:06d}, see the file" for number in range(3_000)]
    found = detections(pa.array([None, *notes, "ssn 219-22-9999"]), "remark")
    assert rows(found[SSN.id]) == [3_003]


def test_a_column_of_cards_is_found_without_a_header() -> None:
    found = detections(pa.array(cards(1000)))

    assert found["CARD"].count == 1000
    assert found["CARD"].confidence is Confidence.HIGH
    assert found["CARD"].occurrences[0].evidence == ("pattern", "check:payment_card", "column:1000 of 1000 pass")


def test_a_column_of_random_numbers_is_not_taken_for_cards() -> None:
    numbers = [4539578700000000 + 7919 * number for number in range(10_000)]

    assert detections(pa.array(numbers)) == {}
    assert detections(pa.array(numbers), "order_id") == {}
    assert detections(pa.array(numbers), "card_number") == {}


def test_a_card_in_a_column_of_notes_is_reported_by_itself_and_the_order_numbers_around_it_are_not() -> None:
    notes = [f"call back about 45395787{number:08d} please" for number in range(30)]
    notes.append("customer gave card 4539578763621486 on the phone")

    assert rows(detections(pa.array(notes), "notes")["CARD"]) == [32]


def test_a_single_card_under_another_name_is_doubted() -> None:
    assert detections(pa.array(["4539578763621486"]), "order id") == {}
    assert detections(pa.array(["4539578763621486"]), "value")["CARD"].confidence is Confidence.MEDIUM


def test_parts_joined_vote_as_one_column() -> None:
    from scanner.detection.tally import join

    numbers = cards(8) + [f"45395787{number:08d}" for number in range(200, 280)]
    parts = [DETECTOR.tally([((), ColumnSegment(pa.array(numbers[at : at + 11]), "1", (), Rows()))]) for at in range(0, 88, 11)]

    together = join([(part, 11 * number) for number, part in enumerate(parts)], limit=5)

    assert DETECTOR.conclude(parts[0])[0].identifier == "CARD"
    assert DETECTOR.conclude(together) == ()
