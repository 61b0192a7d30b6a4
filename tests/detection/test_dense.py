"""Columns that are settled at once give what looking at each value gives."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from identifiers import load_catalogue
from identifiers.model import Identifier
from scanner.detection.columns import ColumnFound, ColumnSearch
from scanner.detection.detector import make_prefilter
from scanner.detection.keywords import index_keywords
from scanner.detection.matcher import Matcher
from scanner.detection.names import NameReader
from scanner.detection.rules import make_rules
from scanner.model.location import CellLocation
from scanner.model.segment import ColumnSegment
from tests.detection.rulesets import ALL

Makers = dict[str, Callable[[random.Random], str]]
NEVER = 1 << 60


@dataclass(frozen=True)
class Cells:
    """A locator of one column."""

    def at(self, index: int, start: int, end: int) -> CellLocation:
        return CellLocation(index + 1, 1, start=start, end=end)


def number(rng: random.Random, digits: int) -> str:
    return "".join(rng.choices("0123456789", k=digits))


def card(rng: random.Random) -> str:
    body = rng.choice(["4539", "5105", "3714"]) + number(rng, 11)
    return body + luhn.calc_check_digit(body)


MAKERS: Makers = {
    "ssn": lambda rng: f"{number(rng, 3)}-{number(rng, 2)}-{number(rng, 4)}",
    "card": card,
    "digits": lambda rng: number(rng, rng.choice([9, 15, 16, 16, 16, 19])),
    "address": lambda rng: f"user.{number(rng, 5)}@{rng.choice(['mail', 'card', 'ab', 'ssn'])}.example.com",
    "badge": lambda rng: rng.choice(["F-", "employee P-", "x"]) + number(rng, 8),
    "note": lambda rng: rng.choice([f"card {card(rng)}", f"my ssn is {number(rng, 9)}", "nothing é here", "", f"see {number(rng, 16)}."]),
    "internet": lambda rng: ".".join(str(rng.randrange(256)) for _ in range(4)),
    "account": lambda rng: rng.choice(["NL91ABNA0417164300", "GB82WEST12345698765432"]) + rng.choice(["", number(rng, 1)]),
}


class Both:
    """The dense way and the ordinary way over the same ruleset."""

    def __init__(self, identifiers: tuple[Identifier, ...]) -> None:
        rules = make_rules(identifiers)
        index = index_keywords(rules)
        prefilter = make_prefilter(rules, index.keywords)
        names = NameReader(rules, index, prefilter)
        self.dense = ColumnSearch(Matcher(rules, index), prefilter, index, names, dense=True)
        self.rules = rules
        self.ordinary = ColumnSearch(Matcher(rules, index), prefilter, index, names, dense=False)

    def voting(self, found: ColumnFound | None) -> dict[object, int]:
        """The counts that columns vote by."""
        if found is None:
            return {}
        return {key: count for key, count in found.shapes.items() if count and self.rules[key[0]].pattern.chance <= 0.5}


def told(found: ColumnFound | None) -> dict[tuple[str, int, int, int, tuple[str, ...]], int]:
    """(text, rule, start, end, evidence) -> confidence."""
    if found is None:
        return {}
    everything: dict[tuple[str, int, int, int, tuple[str, ...]], int] = {}
    for place, matches in found.matches.items():
        text = found.values.texts[place].as_py()
        everything |= {(text, match.rule.index, match.start, match.end, match.evidence): match.confidence for match in matches}
    for whole in found.whole:
        for place in whole.places.tolist():
            text = found.values.texts[place].as_py()
            everything[text, whole.rule.index, 0, len(text), whole.evidence] = whole.confidence
    return everything


SMALL = Both(ALL)
CATALOGUE = Both(load_catalogue())


@pytest.mark.parametrize("both", [SMALL, CATALOGUE], ids=["small", "catalogue"])
@given(
    seed=st.integers(0, 10_000),
    kinds=st.lists(st.sampled_from(sorted(MAKERS)), min_size=1, max_size=3),
    name=st.sampled_from(["", "ssn", "card number", "order id", "email", "ip", "id"]),
)
@settings(max_examples=25, deadline=None)
def test_both_ways_agree(both: Both, seed: int, kinds: list[str], name: str) -> None:
    rng = random.Random(seed)
    column = ColumnSegment(pa.array([MAKERS[rng.choice(kinds)](rng) for _ in range(400)]), "1", (name,) if name else (), Cells())

    dense, ordinary = both.dense.find(column), both.ordinary.find(column)

    assert told(dense) == told(ordinary)
    assert both.voting(dense) == both.voting(ordinary)


@pytest.mark.parametrize("kind", ["ssn", "card", "address"])
def test_a_column_of_one_kind_is_settled_at_once(kind: str) -> None:
    rng = random.Random(7)
    column = ColumnSegment(pa.array([MAKERS[kind](rng) for _ in range(2000)]), "1", (kind,), Cells())

    found = SMALL.dense.find(column)

    assert found is not None
    assert sum(len(whole.places) for whole in found.whole) > 10 * len(found.matches)
