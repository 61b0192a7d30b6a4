"""Says in words why something was reported."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from scanner.cli.findings_list import head_of, place_of
from scanner.cli.findings_search import Search, the_one
from scanner.cli.printing import print_text
from scanner.model.result import Detection
from scanner.reports.amounts import of
from scanner.reports.escape import visible

# The phrases of docs/evidence.md.
_WORDS: Final[Mapping[str, str]] = {
    "pattern": "has the shape of one",
    "check": "passes the check {}",
    "keyword": "the word {} stands near",
    "name": "the column, path or label over it says {}",
    "not-name": "AGAINST: the column or label says {}, which is something else",
    "column": "in its column {} the check",
    "text": "in its text {} the check",
    "file": "files called {} are known to hold secrets",
}
_SHOWN: Final = 3


def print_explanation(search: Search, name: str) -> None:
    """Evidence by evidence; occurrences with the same evidence together."""
    with search.opened() as (_, findings):
        one = the_one(findings, name)
    for line in head_of(one):
        print_text(line)
    for detection in one.result.detections:
        for line in _explained(detection):
            print_text(line)


def _explained(detection: Detection) -> Iterator[str]:
    yield ""
    yield f"  {detection.identifier}: {of(detection.count, 'occurrence')}"
    kinds = Counter((one.confidence, one.evidence) for one in detection.occurrences)
    for (confidence, evidence), count in kinds.most_common():
        places = [one for one in detection.occurrences if (one.confidence, one.evidence) == (confidence, evidence)][:_SHOWN]
        yield f"    {of(count, 'occurrence')} with {confidence.name.lower()} confidence, because each"
        for phrase in evidence:
            yield f"      - {_in_words(phrase)}"
        for one in places:
            yield f"      {visible(one.mask)}  {place_of(one.location, one.member)}"
        if count > len(places):
            yield f"      and {of(count - len(places), 'more place', 'more places')}"


def _in_words(phrase: str) -> str:
    kind, _, what = phrase.partition(":")
    words = _WORDS.get(kind)
    return visible(words.format(what) if words else phrase)
