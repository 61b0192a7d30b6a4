"""Few texts are searched one by one, many by Arrow: both must say the same of each."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from identifiers import arrow_regex, load_catalogue
from identifiers.arrow_regex import holds
from identifiers.examples import marked
from scanner.detection.column_rule import ColumnRule
from scanner.detection.rules import make_rules
from scanner.names.headers import Role
from scanner.names.valid import which_hold_one

_PADDING = 200
_RULES = [ColumnRule(rule) for rule in make_rules(load_catalogue())]
_PARTS = sorted({one.part for one in _RULES} - {None}, key=str)
_WHOLE = sorted({rf"\A(?:{one.shape})\z" for one in _RULES if one.shape is not None})


@pytest.fixture(autouse=True)
def _known_expressions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked too seldom to be kept."""
    monkeypatch.setattr(arrow_regex, "_SELDOM", 0)


def _alone_and_among_many(texts: list[str | None], expression: str) -> tuple[list[bool], list[bool]]:
    few = holds(pa.array(texts, pa.string()), expression)
    many = holds(pa.array([*texts, *[""] * _PADDING], pa.string()), expression)
    return few.tolist(), many[: len(texts)].tolist()


def _examples() -> list[str | None]:
    """Values of all identifiers, and the same cut, run together and on lines of their own."""
    examples = (example for identifier in load_catalogue() for example in map(marked, identifier.matches))
    values = [example.text[start:end] for example in examples for start, end in example.spans]
    return [
        *values,
        *[f"{value}\n" for value in values[::7]],
        *[f"x{value}" for value in values[::5]],
        *[value[1:] for value in values[::3]],
    ]


@pytest.mark.parametrize("expressions", [_PARTS, _WHOLE], ids=["part", "whole"])
def test_both_ways_say_the_same_of_all_examples(expressions: list[str]) -> None:
    texts = _examples()[::9]
    for number, expression in enumerate(expressions[::11]):
        chosen = texts[number % 5 :: 5][:40]
        few, many = _alone_and_among_many(chosen, expression)
        assert few == many, expression


@given(
    st.lists(st.one_of(st.none(), st.text(st.sampled_from("A1 .-\n\tzK\x0bé\u212a_"), max_size=12)), max_size=8),
    st.sampled_from([r"\A\s*\z", r"(?i)\Ak+\z", r"\d\s", r"\\z", r"[^0-9A-Za-z_]", r"\pL.*\pL", r"(?i:é)", r"\bA\b", r"\w\W"]),
)
def test_both_ways_say_the_same_of_odd_texts(texts: list[str | None], expression: str) -> None:
    few, many = _alone_and_among_many(texts, expression)
    assert few == many


def test_an_expression_is_compiled_for_keeps_when_it_was_asked_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow_regex, "_SELDOM", 3)
    before = arrow_regex._kept.cache_info().currsize
    sizes = []
    for _ in range(5):
        assert holds(pa.array(["only asked here"], pa.string()), "asked[ ]here").tolist() == [True]
        sizes.append(arrow_regex._kept.cache_info().currsize - before)
    assert sizes == [0, 0, 0, 1, 1]


def test_a_vertical_tab_is_white_space_to_neither() -> None:
    few, many = _alone_and_among_many(["\v", " ", "a\vb"], r"\A[ab]?\s*b?\z")
    assert few == many == [False, True, False]


def test_what_is_missing_holds_nothing() -> None:
    assert holds(pa.array([None, "a"], pa.string()), "a?").tolist() == [False, True]
    assert holds(pa.array([None, *["a"] * _PADDING], pa.string()), "a?").tolist() == [False, *[True] * _PADDING]


@pytest.mark.parametrize("role", [Role.FULL, Role.STREET])
def test_names_and_addresses_are_told_from_blanks_alike(role: Role) -> None:
    texts = ["Anna Berg", "n/a", "  ", "-", None, "Berg Ltd.", "12 High St", "unknown", "x" * 400]
    few = which_hold_one(pa.array(texts, pa.string()), role)
    many = which_hold_one(pa.array([*texts, *[""] * _PADDING], pa.string()), role)
    assert np.array_equal(few, many[: len(texts)])
