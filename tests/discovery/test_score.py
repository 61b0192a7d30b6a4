"""The formula of docs/sensitivity-scores.md: its bands, its examples, and that more evidence never moves a score the wrong way."""

from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from identifiers.model import Severity
from scanner.discovery.score import Band, BucketEvidence, FoundKind, Score, score_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "sensitivity-scores.md").read_text("utf-8")
SEVERITIES = (Severity.LOW, Severity.MEDIUM, Severity.HIGH)


def sensitive(severity: Severity, occurrences: int, share: float) -> BucketEvidence:
    return BucketEvidence(1000, 100, 10, share, found={"X": FoundKind(severity, occurrences, 10)})


@pytest.mark.parametrize(
    ("evidence", "value", "band"),
    [
        (BucketEvidence(0, 0, 0), 1, Band.NOT_SENSITIVE),
        (BucketEvidence(10, 0, 0), 50, Band.UNKNOWN),
        (BucketEvidence(0, 0, 0, listed=False), 50, Band.UNKNOWN),
        (BucketEvidence(10, 0, 0, failed=2), -1, Band.ERROR),
        (BucketEvidence(10, 1, 0, failed=9), 42, Band.NOT_SENSITIVE),
        (BucketEvidence(1000, 1000, 0), 1, Band.NOT_SENSITIVE),
        (BucketEvidence(1000, 1000, 0, listed=False), 1, Band.NOT_SENSITIVE),
        (sensitive(Severity.LOW, 1, 0.0), 51, Band.SENSITIVE),
        (sensitive(Severity.HIGH, 100_000, 1.0), 99, Band.SENSITIVE),
        (sensitive(Severity.HIGH, 10**9, 1.0), 99, Band.SENSITIVE),
    ],
)
def test_ends_of_the_bands(evidence: BucketEvidence, value: int, band: Band) -> None:
    assert (score_of(evidence).value, score_of(evidence).band) == (value, band)


def test_the_examples_of_the_page_come_out_as_it_says() -> None:
    clean = regex.findall(r"^\| ([\d,]+) \| ([\d,]+) \| (\d+) \|$", PAGE, regex.MULTILINE)
    found = regex.findall(r"^\| (low|medium|high) \| ([\d,]+) \| (\d+) % \| (\d+) \|$", PAGE, regex.MULTILINE)

    assert len(clean) > 4
    assert len(found) > 5
    for objects, analysed, score in clean:
        evidence = BucketEvidence(int(objects.replace(",", "")), int(analysed.replace(",", "")), 0)
        assert (objects, analysed, score_of(evidence).value) == (objects, analysed, int(score))
    for severity, occurrences, share, score in found:
        evidence = sensitive(Severity(severity), int(occurrences.replace(",", "")), int(share) / 100)
        assert (severity, occurrences, score_of(evidence).value) == (severity, occurrences, int(score))


@given(objects=st.integers(1, 10**7), analysed=st.integers(1, 10**5), more=st.integers(0, 1000))
def test_more_clean_objects_never_raise_a_score(objects: int, analysed: int, more: int) -> None:
    first = score_of(BucketEvidence(max(objects, analysed), analysed, 0)).value
    then = score_of(BucketEvidence(max(objects, analysed + more), analysed + more, 0)).value

    assert then >= 1
    assert first <= 49
    if objects >= analysed + more:
        assert then <= first


@given(
    severity=st.sampled_from(SEVERITIES),
    occurrences=st.integers(1, 10**7),
    share=st.floats(0, 1),
    worse=st.sampled_from(SEVERITIES),
    more=st.integers(0, 10**6),
)
def test_worse_and_more_never_lower_a_score(severity: Severity, occurrences: int, share: float, worse: Severity, more: int) -> None:
    score = score_of(sensitive(severity, occurrences, share)).value

    assert 51 <= score <= 99
    assert score_of(sensitive(severity, occurrences + more, share)).value >= score
    assert score_of(sensitive(severity, occurrences, 1.0)).value >= score
    if SEVERITIES.index(worse) >= SEVERITIES.index(severity):
        assert score_of(sensitive(worse, occurrences, share)).value >= score


def test_a_score_says_what_decided_it() -> None:
    assert score_of(sensitive(Severity.HIGH, 58, 0.2)) == Score(
        82, "high severity, 58 occurrences of 1 kind in 10 of 100 analysed objects; about 20% of all objects hold some"
    )
