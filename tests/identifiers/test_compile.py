"""What may stand around a match."""

import pytest

from identifiers.compile import compile_pattern, value_span
from identifiers.model import Boundary, Pattern

FOUR = "[0-9]{4}"
BEFORE_AND_BEHIND = [
    (Boundary.WORD, "a-1234.", True),
    (Boundary.WORD, "1234é", False),
    (Boundary.WORD, "_1234", False),
    (Boundary.WORD, "ж1234", False),
    (Boundary.WORD, "号码1234是", True),
    (Boundary.WORD, "マイナンバーは1234です", True),
    (Boundary.WORD, "번호는1234입니다", True),
    (Boundary.WORD, "เลข1234ครับ", True),
    (Boundary.NUMBER, "号码1234。", True),
    (Boundary.NUMBER, "号码1.1234", False),
    (Boundary.NUMBER, "ref 1234.", True),
    (Boundary.NUMBER, "a.1234-b", True),
    (Boundary.NUMBER, "5,1234,6", True),
    (Boundary.NUMBER, "5.1234", False),
    (Boundary.NUMBER, "5-1234", False),
    (Boundary.NUMBER, "1234/5", False),
    (Boundary.NUMBER, "1234.5", False),
    (Boundary.NUMBER, "a1234", False),
    (Boundary.TOKEN, "key=1234&x", True),
    (Boundary.TOKEN, '"1234"', True),
    (Boundary.TOKEN, "密码1234是", True),
    (Boundary.TOKEN, "/1234", False),
    (Boundary.TOKEN, "1234+", False),
    (Boundary.TOKEN, "1234=", False),
    (Boundary.TOKEN, "-1234", False),
    (Boundary.NONE, "a1234b", True),
]


@pytest.mark.parametrize(("boundary", "text", "found"), BEFORE_AND_BEHIND)
def test_a_boundary_keeps_parts_of_longer_things_out(boundary: Boundary, text: str, *, found: bool) -> None:
    assert bool(compile_pattern(Pattern(FOUR, boundary=boundary)).search(text)) is found


def test_classes_are_ascii() -> None:
    assert not compile_pattern(Pattern(r"\d{4}")).search("١٢٣٤")


@pytest.mark.parametrize("shape", ["(?x) [0-9]{2} # two\n [0-9]{2} # and two", "(?xi) ab | [0-9]{4} # last"])
def test_the_comment_at_the_end_of_a_verbose_regex_does_not_swallow_the_guard(shape: str) -> None:
    compiled = compile_pattern(Pattern(shape))

    assert compiled.search("1234")
    assert not compiled.search("12345")


def test_alternatives_stand_between_the_guards_as_a_whole() -> None:
    compiled = compile_pattern(Pattern("ab|cd"))

    assert not compiled.search("abx")
    assert not compiled.search("xcd")


def test_the_value_is_the_group_of_that_name_or_the_whole_match() -> None:
    named = compile_pattern(Pattern("id=(?P<value>[0-9]+)")).search("an id=42")
    whole = compile_pattern(Pattern("id=[0-9]+")).search("an id=42")

    assert named
    assert whole
    assert value_span(named) == (6, 8)
    assert value_span(whole) == (3, 8)


def test_a_pattern_is_compiled_once() -> None:
    assert compile_pattern(Pattern(FOUR)) is compile_pattern(Pattern(FOUR, chance=0.5))
