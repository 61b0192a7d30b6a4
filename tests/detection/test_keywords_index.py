"""Keywords keep their letters."""

from identifiers.model import Boundary, Pattern
from scanner.api import detect
from scanner.detection.keywords import index_keywords
from scanner.detection.rules import make_rules
from tests.detection.rulesets import identifier

HOUSE = identifier("HOUSE", Pattern(r"[0-9]{4}", boundary=Boundary.NUMBER, max_length=4), keywords=("Straße",))


def test_a_sharp_s_stays_one_letter() -> None:
    assert index_keywords(make_rules((HOUSE,))).keywords == ("straße",)
    assert [found.identifier for found in detect("straße 1234", identifiers=["HOUSE", HOUSE])] == ["HOUSE"]
