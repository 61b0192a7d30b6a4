"""The first pass over a text is worth nothing where a shape of the catalogue may be at nearly every place."""

from identifiers import load_catalogue
from scanner.detection.detector import make_prefilter
from scanner.detection.keywords import index_keywords
from scanner.detection.rules import make_rules

# Lines of a log, of a table and of prose, in which hardly anything looks like something.
_PLAIN = (
    b"2026-11-25 08:14:11 INFO worker finished the batch of orders in 412 ms, next run at nine\n"
    b"widget,blue,12.50,in stock,warehouse north,2026-11-25,41827\n"
    b"The committee met on Tuesday and agreed that the garden behind the hall should stay open.\n"
)
_MOST_HITS = 0.05


def test_no_built_in_shape_may_be_nearly_everywhere() -> None:
    rules = make_rules(load_catalogue())
    text = _PLAIN * 40
    hits = make_prefilter(rules, index_keywords(rules).keywords).scan(memoryview(text)).shapes

    assert {rules[rule].identifier.id for rule, ends in hits.items() if len(ends) > _MOST_HITS * len(text)} == set()
