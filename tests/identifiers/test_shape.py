"""The structure of regexes, and the length of their longest match."""

from re import _parser as standard  # type: ignore[attr-defined]  # noqa: TID251 - the standard library's parser as second opinion

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identifiers.errors import IdentifierError
from identifiers.shape import UNBOUNDED, Atom, Back, Branches, Look, Repeat, Sequence, max_width, parse

WIDTHS = {
    "": 0,
    "abc": 3,
    "a|bcd|": 3,
    "[]a]{3}|[^]\\]]{2}x?": 3,
    "[[:alpha:]_]{2}": 2,
    r"\bfoo\b$": 3,
    r"\x41\u00e9\p{Lu}\pL\N{EM DASH}\0": 6,
    "(?i)ab(?-i:c)": 3,
    "(?i:a|bc)d{,3}": 5,
    "(?x) a b # c d\n e \\  [ ]": 5,
    "(?x: a b ) c": 4,
    "a{b}": 4,
    "a{}": 3,
    "(?#comment)a": 1,
    "(?<=abc)d(?!efg)": 1,
    "(?>ab|c)++": UNBOUNDED,
    r"([- ]?)a\1(?P<n>bb)(?P=n)\g<n>": 9,
    "(?<n>ab){2,3}?": 6,
    "a*": UNBOUNDED,
    "(?:a{1000000}){100000}": UNBOUNDED,
    r"\R\X": UNBOUNDED,
    r"(?P<value>A(?:KIA|SIA)[A-Z2-7]{16})": 20,
}


@pytest.mark.parametrize(("shape", "width"), WIDTHS.items())
def test_the_longest_match_has_the_width(shape: str, width: int) -> None:
    assert max_width(shape) == width


@pytest.mark.parametrize("shape", ["(?R)", "(?(1)a|b)", "(?&name)", "a)"])
def test_what_the_parser_does_not_know_is_refused(shape: str) -> None:
    with pytest.raises(IdentifierError):
        parse(shape)


def test_the_structure_of_a_regex() -> None:
    assert parse(r"(?i)a(?P<v>b|c){2,}(?=d)(?>e)\1") == Sequence(
        (
            Atom("a", "i"),
            Repeat(Branches((Atom("b", "i"), Atom("c", "i"))), 2, UNBOUNDED),
            Look(Atom("d", "i")),
            Repeat(Atom("e", "i"), 1, 1, possessive=True),
            Back("1"),
        )
    )


_ATOMS = st.sampled_from(["a", "[bc]", r"\d", ".", r"\.", "[^x]", "é"])
_QUANTIFIERS = st.sampled_from(["", "", "?", "{3}", "{1,4}", "{0,2}?"])


def _grown(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sequences = st.lists(parts, min_size=1, max_size=3).map("".join)
    branches = st.lists(parts, min_size=1, max_size=3).map("|".join)
    return st.one_of(sequences, st.tuples(st.one_of(sequences, branches), _QUANTIFIERS).map(lambda pair: f"(?:{pair[0]}){pair[1]}"))


@given(st.recursive(st.tuples(_ATOMS, _QUANTIFIERS).map("".join), _grown, max_leaves=12))
def test_widths_are_those_of_the_standard_library(shape: str) -> None:
    assert max_width(shape) == standard.parse(shape).getwidth()[1]
