"""Which characters atoms stand for."""

from identifiers.characters import alphabet, members, sample
from identifiers.shape import Atom, parse


def test_members_are_those_that_the_regex_module_matches() -> None:
    assert members(Atom("[A-C]", "")) == frozenset("ABC")
    assert members(Atom("[A-C]", "i")) == frozenset("ABCabc")
    assert members(Atom(r"\d", "")) == frozenset("0123456789")
    assert "٣" in members(Atom(r"\d", "u"))
    assert members(Atom("п", "")) == frozenset("п")


def test_the_alphabet_of_a_regex_leaves_out_what_only_looks_around() -> None:
    assert alphabet(parse("a(?:b|c){2}(?=d)")) == frozenset("abc")


def test_a_sample_is_matched() -> None:
    assert sample(parse(r"id=[A-F]{2}(?:long|x)\.?")) == "id=AAx"
