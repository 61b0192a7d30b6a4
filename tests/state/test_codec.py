"""What is kept as text comes back as it was, but for values."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model.location import CellLocation, LineLocation, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.objects import ObjectFacts, ObjectRef, Owner, StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import SCANNED, Outcome, Problem, Reason, Status
from scanner.model.result import ColumnCount, Detection, ObjectResult
from scanner.state import codec

# Names in archives may carry any character, lone surrogates included.
TEXTS = st.text(max_size=8)
NUMBERS = st.integers(0, 2**53)
MEMBERS = st.lists(TEXTS, max_size=3).map(tuple)
LOCATIONS = st.one_of(
    st.builds(LineLocation, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    st.builds(CellLocation, NUMBERS, NUMBERS, TEXTS, TEXTS, NUMBERS, NUMBERS),
    st.builds(RecordLocation, NUMBERS, TEXTS, NUMBERS, NUMBERS),
    st.builds(PageLocation, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    st.builds(ParagraphLocation, TEXTS, NUMBERS, TEXTS, NUMBERS, NUMBERS),
)
OCCURRENCES = st.builds(
    Occurrence, LOCATIONS, st.sampled_from(Confidence), MEMBERS, TEXTS, TEXTS.filter(str.isascii), MEMBERS, st.one_of(st.none(), TEXTS)
)
COLUMNS = st.builds(ColumnCount, TEXTS, NUMBERS, NUMBERS, NUMBERS, st.sampled_from(Confidence), MEMBERS)


@settings(deadline=None)
@given(st.lists(OCCURRENCES, max_size=4).map(tuple), st.lists(COLUMNS, max_size=3).map(tuple), st.booleans())
def test_occurrences_and_columns(occurrences: tuple[Occurrence, ...], columns: tuple[ColumnCount, ...], capped: bool) -> None:
    kept, counts, more = codec.places_of(codec.places_blob(occurrences, columns, capped=capped))
    assert kept == tuple(replace(one, value=None) for one in occurrences)
    assert (counts, more) == (columns, capped)


@settings(deadline=None)
@given(st.one_of(st.just(SCANNED), st.builds(Outcome, st.sampled_from(Status), st.sampled_from(Reason), TEXTS)))
def test_outcomes(outcome: Outcome) -> None:
    assert codec.outcome_of(codec.outcome_text(outcome)) == outcome
    assert (codec.outcome_text(outcome) is None) is (outcome == SCANNED)


@settings(deadline=None)
@given(st.lists(st.builds(Problem, st.sampled_from(Reason), TEXTS, MEMBERS), max_size=3).map(tuple), st.dictionaries(st.just("A"), NUMBERS))
def test_what_few_objects_have(problems: tuple[Problem, ...], allowed: dict[str, int]) -> None:
    facts = ObjectFacts("aws:kms", "arn", (("k", "v"),), 1, Owner("me", "Me"))
    stored = StoredObject(ObjectRef("s3", "b", "k"), 1, facts=facts)
    found = (Detection("A", 1, Confidence.HIGH, ()),)
    text = codec.more_text(ObjectResult(stored, SCANNED, detections=found, problems=problems, allowed=allowed))
    assert (codec.problems_of(text), codec.allowed_of(text), codec.facts_of(text)) == (problems, allowed, facts)
    plain = codec.more_text(ObjectResult(stored, SCANNED, problems=problems, allowed=allowed))
    assert codec.facts_of(plain) is None
    assert (plain is None) is not bool(problems or allowed)
