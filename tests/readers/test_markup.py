"""HTML and XML: character references are read as the characters that they stand for, and places are those of the object."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import LineLocation
from scanner.readers import markup
from scanner.readers.base import ByteRange
from tests.readers.opening import is_sound, opened
from tests.readers.reading import items, joined, text_of


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("anna&#64;example.org", "anna@example.org"),
        ("anna&#x40;example.org", "anna@example.org"),
        ("anna&commat;example.org", "anna@example.org"),
        ("4111&nbsp;1111", "4111\xa01111"),
        ("J&ouml;rg &amp; Ren&eacute;e", "Jörg & Renée"),
        ("a&amp;#64;b", "a&#64;b"),
        ("?a=1&copy=2&#64", "?a=1&copy=2&#64"),
        ("&unknown; &; &#; &#x;", "&unknown; &; &#; &#x;"),
    ],
)
def test_references_are_read_as_what_they_stand_for(written: str, read: str) -> None:
    assert text_of(items(markup.read, f"<p>{written}</p>".encode())) == f"<p>{read}</p>"


def test_places_are_those_of_the_references() -> None:
    found = opened(b"<html><p>\nE-mail:&nbsp;anna&#64;example.org&nbsp;or\nbob@example.org</p>", "a.html")

    assert found.media_type == "text/html"
    assert found.place("anna@example.org") == LineLocation(2, 14, 2, 33)
    assert found.place("\xa0or") == LineLocation(2, 34, 2, 41)
    assert found.place("bob@example.org") == LineLocation(3, 1, 3, 15)


def test_a_value_may_begin_and_end_with_a_reference() -> None:
    found = opened(b"<?xml version='1.0'?><a>x&lt;tag&gt;y</a>", "a.xml")

    assert found.media_type == "text/xml"
    assert found.place("<tag>") == LineLocation(1, 26, 1, 36)


LINES = st.lists(st.sampled_from(["&amp;", "&#64;", "&NotEqualTilde;", "a", " ", "é", "&", ";", "\n", "<p>"]), max_size=60).map("".join)


@given(LINES, st.lists(st.integers(0, 120), max_size=3))
def test_parts_give_what_the_whole_gives(written: str, borders: list[int]) -> None:
    data = written.encode()
    borders = [border for border in borders if border < len(data)]

    assert text_of(joined(markup.read, data, borders).items) == text_of(items(markup.read, data))


@given(LINES)
def test_every_character_has_a_place_in_the_object(written: str) -> None:
    found = opened(f"<html>{written}".encode(), "a.html")

    assert is_sound(found)
    for segment in found.segments:
        places = [segment.locator.at(segment.text, index, index + 1) for index in range(len(segment.text))]
        assert all(isinstance(place, LineLocation) for place in places)
        assert [(place.start, place.start_column) for place in places if isinstance(place, LineLocation)] == sorted(
            (place.start, place.start_column) for place in places if isinstance(place, LineLocation)
        )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_what_was_escaped_comes_back(text: str) -> None:
    data = f"<html>{html.escape(text)}".encode()

    assert text_of(items(markup.read, data, ByteRange(0, len(data)))) == f"<html>{text}"
