"""Which of several matches that overlap stay."""

import time

from identifiers.model import Boundary, Certainty, Identifier, Pattern
from scanner.detection.match import Match, Support, without_beaten
from scanner.detection.rules import Rule
from scanner.model.occurrence import Confidence
from tests.detection.rulesets import identifier

ONE = identifier("ONE", Pattern("ab12cd", alone=Certainty.HIGH, boundary=Boundary.NONE, max_length=6))
TWO = identifier("TWO", Pattern("cd34ab", alone=Certainty.HIGH, boundary=Boundary.NONE, max_length=6))


def match(of: Identifier, start: int, end: int, *, confidence: Confidence = Confidence.HIGH, reach: int = 0) -> Match:
    rule = Rule(0 if of is ONE else 1, of, of.patterns[0])
    return Match(rule, start, end, start, reach or end, Support.ALONE, confidence, ("pattern",), verified=False)


def test_the_surer_one_stays_wherever_it_stands() -> None:
    weak, strong = match(ONE, 0, 6, confidence=Confidence.LOW), match(TWO, 4, 10)

    assert without_beaten([strong, weak]) == [strong]


def test_two_that_are_equally_good_both_stay_but_only_the_first_of_one_identifier() -> None:
    assert without_beaten([match(ONE, 0, 6), match(TWO, 4, 10)]) == [match(ONE, 0, 6), match(TWO, 4, 10)]
    assert without_beaten([match(ONE, 0, 6), match(ONE, 4, 10)]) == [match(ONE, 0, 6)]


def test_one_that_is_beaten_still_beats_another() -> None:
    low, medium, high = (match(ONE, 6 * n, 6 * n + 8, confidence=confidence) for n, confidence in enumerate(Confidence))

    assert without_beaten([low, medium, high]) == [high]


def test_shapes_that_overlap_behind_their_values_overlap() -> None:
    wide, weak = match(ONE, 0, 6, reach=20), match(TWO, 12, 18, confidence=Confidence.LOW)

    assert without_beaten([wide, weak]) == [wide]


def test_rivals_beat_but_are_not_given_back() -> None:
    # It began before the window, at a negative place.
    rival = match(TWO, -9, 4)

    assert without_beaten([match(ONE, 2, 8, confidence=Confidence.LOW), match(ONE, 10, 16)], [rival]) == [match(ONE, 10, 16)]


def test_a_long_chain_of_overlaps_takes_time_in_proportion() -> None:
    chain = [match(of, start, start + 6) for n in range(5_000) for of, start in ((ONE, 8 * n), (TWO, 8 * n + 4))]

    start = time.process_time()
    kept = without_beaten(chain)

    assert kept == chain
    # Each with each would be a hundred million comparisons.
    assert time.process_time() - start < 3
