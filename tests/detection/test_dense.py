"""Columns that are settled at once give what looking at each value gives."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from identifiers import load_catalogue
from identifiers.model import Identifier
from scanner.detection.allowed import AllowedValues, AllowList, allowed_values, folded
from scanner.detection.columns import ColumnFound, ColumnSearch
from scanner.detection.detector import make_prefilter
from scanner.detection.keywords import index_keywords
from scanner.detection.matcher import Matcher
from scanner.detection.names import NameReader
from scanner.detection.rules import make_rules
from scanner.model.location import CellLocation
from scanner.model.segment import ColumnSegment
from tests.detection.rulesets import ALL

# Cards that are drawn often enough to be allowed or not.
KNOWN = [body + luhn.calc_check_digit(body) for body in (f"45391488034{number:04d}" for number in range(200))]
Makers = dict[str, Callable[[random.Random], str]]


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
    "known": lambda rng: rng.choice(KNOWN),
    "digits": lambda rng: number(rng, rng.choice([9, 15, 16, 16, 16, 19])),
    "address": lambda rng: f"user.{number(rng, 5)}@{rng.choice(['mail', 'card', 'ab', 'ssn'])}.example.com",
    "badge": lambda rng: rng.choice(["F-", "employee P-", "x"]) + number(rng, 8),
    "note": lambda rng: rng.choice([f"card {card(rng)}", f"my ssn is {number(rng, 9)}", "nothing é here", "", f"see {number(rng, 16)}."]),
    "internet": lambda rng: ".".join(str(rng.randrange(256)) for _ in range(4)),
    "account": lambda rng: rng.choice(["NL91ABNA0417164300", "GB82WEST12345698765432"]) + rng.choice(["", number(rng, 1)]),
}


class Both:
    """The dense way and the ordinary way over the same ruleset."""

    def __init__(self, identifiers: tuple[Identifier, ...], allow: AllowList | None = None) -> None:
        rules = make_rules(identifiers)
        index = index_keywords(rules)
        prefilter = make_prefilter(rules, index.keywords)
        names = NameReader(rules, index, prefilter)
        matcher = Matcher(rules, index, allowed_values(allow) if allow else None)
        self.dense = ColumnSearch(matcher, prefilter, index, names, dense=True)
        self.rules = rules
        self.ordinary = ColumnSearch(matcher, prefilter, index, names, dense=False)

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


def waved(found: ColumnFound | None) -> Counter[tuple[int, str, int]]:
    """(rule, support, confidence) -> values that are allowed."""
    counts: Counter[tuple[int, str, int]] = Counter()
    for whole in found.allowed if found else ():
        counts[whole.rule.index, whole.support, whole.confidence] += len(whole.places)
    return counts


SMALL = Both(ALL)
CATALOGUE = Both(load_catalogue())
# Every other number, address and note; one expression that runs in compiled code and one that does not.
ALLOW = AllowList(
    frozenset(map(folded, [*KNOWN, "my SSN is 123456789", "nl91abna0417164300"])),
    (r"[0-9]{3}-?[0-9]{2}-?[0-9]{3}[0-4]", r"(?i)USER\..*[13579]@[^c].*", r"[0-9]*[02468]"),
)
SMALL_ALLOWED = Both(ALL, ALLOW)


@pytest.mark.parametrize("both", [SMALL, CATALOGUE, SMALL_ALLOWED], ids=["small", "catalogue", "small with an allow list"])
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
    assert waved(dense) == waved(ordinary)


@pytest.mark.parametrize("kind", ["ssn", "card", "address"])
def test_a_column_of_one_kind_is_settled_at_once(kind: str) -> None:
    rng = random.Random(7)
    column = ColumnSegment(pa.array([MAKERS[kind](rng) for _ in range(2000)]), "1", (kind,), Cells())

    found = SMALL.dense.find(column)

    assert found is not None
    assert sum(len(whole.places) for whole in found.whole) > 10 * len(found.matches)


@pytest.mark.parametrize("blank", ["", " ", "\t", "  ", " \n "])
def test_allowed_values_are_the_same_one_by_one_and_all_at_once(blank: str) -> None:
    values = [
        f"{blank}Ann{blank}Miller",
        f"ANN MILLER{blank}",
        "Ann Millers",
        "7-12",
        "7-123",
        f"7-12{blank}",
        "STRASSE",
        "",
        "a\x1fb",
        "A B",
    ]
    texts = [folded(text) for text in ("ann\n miller", "straße", "a b")]
    allowed = AllowedValues(AllowList(frozenset(texts), (r"[0-9]-[0-9]{2}", r"(?:.)\b-[0-9]{3}")))

    assert allowed.among(pa.array(values)).tolist() == [value in allowed for value in values]


def test_allowed_values_are_set_apart_at_once() -> None:
    bodies = [f"45391488{number:07d}" for number in range(2000)]
    values = [body + luhn.calc_check_digit(body) for body in bodies]
    allow = AllowList(frozenset(values[:500]))

    found = Both(ALL, allow).dense.find(ColumnSegment(pa.array(values), "1", ("card",), Cells()))

    assert found is not None
    assert sum(len(whole.places) for whole in found.allowed) == 500
    assert not found.matches
    assert {found.values.texts[place].as_py() for whole in found.whole for place in whole.places.tolist()} == set(values) - set(
        values[:500]
    )
