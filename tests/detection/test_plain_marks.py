"""Marks that are written for a space, a hyphen or a digit are read as those."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scanner
from scanner.detection.allowed import AllowedValues, AllowList, folded
from scanner.detection.plain_marks import plain_text, with_plain_marks
from scanner.model.segment import ColumnSegment, ShortColumns, TextSegment
from scanner.readers.locators import CellLocator, LineLocator

CARD, SSN = "4539 5787 6362 1486", "219-43-8721"


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u2009", "\u202f"])
def test_a_card_in_groups_may_have_any_space(space: str) -> None:
    text = f"card number: {CARD.replace(' ', space)}"

    assert [(one.identifier, one.start, one.end) for one in scanner.detect(text)] == [("CREDIT_CARD_NUMBER", 13, 32)]


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011", "\u2012", "\uff0d"])
def test_a_number_may_have_any_hyphen(hyphen: str) -> None:
    text = f"SSN: {SSN.replace('-', hyphen)}"

    assert [(one.identifier, one.start, one.end) for one in scanner.detect(text)] == [("USA_SOCIAL_SECURITY_NUMBER", 5, 16)]


def test_a_dash_stays_a_dash() -> None:
    assert plain_text("1–2 — 3 − 4") == "1–2 — 3 − 4"


def test_what_is_allowed_may_have_any_marks() -> None:
    allowed = AllowedValues(AllowList(frozenset({folded("219\u201143\u20118721")})))

    assert SSN in allowed


def test_digits_may_be_of_full_width() -> None:
    wide = SSN.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})

    assert [one.identifier for one in scanner.detect(f"SSN: {wide}")] == ["USA_SOCIAL_SECURITY_NUMBER"]


def column(values: "pa.Array | pa.ChunkedArray") -> ColumnSegment:
    return ColumnSegment(values, "1", ("n",), CellLocator(1, 1))


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_values_of_columns_have_plain_marks(kind: pa.DataType) -> None:
    whole = pa.array(["a", None, "1\u00a02", "ü", "3\u20114", "１"], pa.string()).cast(kind)

    for values in (whole, pa.chunked_array([whole])):
        plain = with_plain_marks(column(values))
        assert isinstance(plain, ColumnSegment)
        assert plain.values.type == kind
        assert plain.values.to_pylist() == ["a", None, "1 2", "ü", "3-4", "1"]
        short = with_plain_marks(ShortColumns((column(values),)))
        assert isinstance(short, ShortColumns)
        assert short.columns[0].values.to_pylist() == plain.values.to_pylist()


def test_a_slice_is_looked_at_and_nothing_else() -> None:
    values = pa.array(["1\u00a02", "b", "3\u00a04"])

    assert with_plain_marks(column(values.slice(1, 1))).values.to_pylist() == ["b"]  # type: ignore[union-attr]  # a column
    assert with_plain_marks(column(values.slice(1))).values.to_pylist() == ["b", "3 4"]  # type: ignore[union-attr]  # a column


@pytest.mark.parametrize(
    "segment",
    [
        TextSegment("plain – but not in ASCII: é 漢字, \U0001f600".replace("–", "—"), LineLocator(1, 1)),
        column(pa.array(["é", "漢字，", None])),
        column(pa.array([1, 2])),
        column(pa.array([], pa.string())),
        ShortColumns((column(pa.array(["é"])),)),
    ],
)
def test_what_has_no_such_marks_stays_itself(segment: "TextSegment | ColumnSegment | ShortColumns") -> None:
    assert with_plain_marks(segment) is segment


@given(st.text(st.characters(codec="utf-8")))
def test_a_character_stands_for_a_character(text: str) -> None:
    plain = plain_text(text)

    assert len(plain) == len(text)
    assert all(one == other or other in " -0123456789" for one, other in zip(text, plain, strict=True))
