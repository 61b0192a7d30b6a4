"""The hint says what the closest thing to a match lacks."""

from dataclasses import replace

import pytest

from identifiers.model import Boundary, Certainty, Identifier, Pattern, ValidatorRef
from scanner.acceptance.why_nothing import why_nothing
from tests.acceptance.making import EMPLOYEE

SSN = replace(
    EMPLOYEE,
    id="SSN",
    patterns=(Pattern(r"\d{3}-\d{2}-\d{4}", ValidatorRef("us_ssn"), chance=0.9, boundary=Boundary.NUMBER, max_length=11),),
    ignore_values=frozenset({"078051120"}),
)
UNSURE = replace(SSN, id="UNSURE", patterns=(replace(SSN.patterns[0], alone=Certainty.LOW),))


@pytest.mark.parametrize(
    ("identifier", "text", "hint"),
    [
        (
            EMPLOYEE,
            "badge F-12345678",
            "'F-12345678' (characters 6 to 16) has the shape, but none of its keywords stands in the text: employee",
        ),
        (
            EMPLOYEE,
            "F-12345678 is an employee",
            "'F-12345678' (characters 0 to 10) has the shape, but the keyword 'employee' does not stand before it, where it must",
        ),
        (SSN, "employee 666-22-9999", "'666-22-9999' (characters 9 to 20) has the shape, but the check us_ssn refuses it"),
        (SSN, "employee 078-05-1120", "'078-05-1120' (characters 9 to 20) is one of its ignore_values or contains one of its ignore_words"),
        (
            SSN,
            "employee 1219-22-9999",
            "'219-22-9999' (characters 10 to 21) has the shape, but is part of something longer (boundary 'number')",
        ),
        (
            UNSURE,
            "219-22-9999",
            "'219-22-9999' (characters 0 to 11) is too unsure to be reported: pattern, check:us_ssn; --min-confidence low shows it",
        ),
    ],
)
def test_one_thing_is_missing(identifier: Identifier, text: str, hint: str) -> None:
    assert [(found.identifier, found.message) for found in why_nothing((identifier,), text)] == [(identifier.id, hint)]


def test_a_keyword_that_is_too_far_away_is_measured() -> None:
    [hint] = why_nothing((EMPLOYEE,), "employee" + " " * 41 + "F-12345678")

    assert hint.message.startswith("'F-12345678' (characters 49 to 59) has the shape, but the keyword 'employee' is 51 characters away")
    assert hint.message.endswith(", counted to the end of the match; max_distance is 50")


def test_a_shape_that_does_not_occur_gives_no_hint() -> None:
    assert why_nothing((EMPLOYEE, SSN), "employee 12345678") == []


def test_the_value_that_comes_closest_is_told() -> None:
    [hint] = why_nothing((SSN,), "666-22-9999 and 219-22-9999")

    assert hint.message == "'219-22-9999' (characters 16 to 27) has the shape, but none of its keywords stands in the text: employee"


def test_a_keyword_on_the_right_side_counts_before_one_on_the_wrong_side() -> None:
    [hint] = why_nothing((EMPLOYEE,), "employee" + "." * 60 + "F-12345678 employee")

    assert "is 70 characters away" in hint.message


def test_what_would_be_found_by_itself_was_taken_by_another() -> None:
    [hint] = why_nothing((EMPLOYEE,), "employee F-12345678")

    assert hint.message == "'F-12345678' (characters 9 to 19) has the shape, but a surer match overlaps it"


def test_many_keywords_are_counted_after_the_first_five() -> None:
    [hint] = why_nothing((replace(EMPLOYEE, keywords=("one", "two", "three", "four", "five", "six", "seven")),), "F-12345678")

    assert hint.message.endswith("one, two, three, four, five and 2 more")
