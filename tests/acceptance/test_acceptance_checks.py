"""Each check lets a good identifier pass and says what is wrong with a bad one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from identifiers import load_catalogue
from identifiers.model import Boundary, Category, Certainty, Identifier, Pattern
from scanner.acceptance import (
    chunk_edges,
    cross_talk,
    examples_found,
    ignores_quiet,
    keyword_distance,
    linear_time,
    longest_match,
    name_context,
    prefilter_agreement,
)
from scanner.acceptance.bench import Bench
from scanner.acceptance.failure import Failure
from scanner.acceptance.runner import CHECKS, Check, check_identifiers
from scanner.detection.detector import Detector
from scanner.detection.prefilter import Hits, Present
from scanner.detection.settings import DetectionSettings
from tests.acceptance.making import EMPLOYEE, found_alone


def messages(check: Check, identifier: Identifier, *others: Identifier) -> list[str]:
    return [failure.message for failure in check(identifier, Bench((identifier, *others)))]


@pytest.mark.parametrize("name", CHECKS)
def test_the_employee_id_of_the_announcement_passes(name: str) -> None:
    assert messages(CHECKS[name], EMPLOYEE) == []


@pytest.mark.parametrize("keyword", ["straße", "όνομας", "ıd no", "hasło do bazy", "社会保障番号"])
def test_keywords_of_all_scripts_are_found_in_texts_and_names(keyword: str) -> None:
    foreign = replace(EMPLOYEE, keywords=(keyword,), matches=(f"{keyword}: «F-12345678»",))

    assert check_identifiers((foreign,)) == []


def test_names_in_examples_are_no_cross_talk() -> None:
    judged = next(one for one in load_catalogue() if one.id == "NAME")
    signed = replace(EMPLOYEE, patterns=(Pattern("Mr [A-Z][a-z]+ [A-Z][a-z]+"),), matches=("employee «Mr Peter Miller»",), ignores=())

    assert messages(cross_talk.check, signed, judged) == []


def test_an_example_with_another_span_than_the_marked_one_fails() -> None:
    wrong = replace(EMPLOYEE, matches=("employee F-«12345678»",))

    assert messages(examples_found.check, wrong) == [
        "matches 1: expected '12345678' (characters 11 to 19); found 'F-12345678' (characters 9 to 19)"
    ]


def test_an_example_without_its_keyword_fails() -> None:
    assert messages(examples_found.check, replace(EMPLOYEE, matches=("badge «F-12345678»",))) == [
        "matches 1: expected 'F-12345678' (characters 6 to 16); found nothing"
    ]


@pytest.mark.parametrize(("category", "warning"), [(Category.CUSTOM, True), (Category.PERSONAL, False)])
def test_having_no_example_is_a_warning_for_users_and_a_failure_for_the_catalogue(category: Category, warning: bool) -> None:
    bare = replace(EMPLOYEE, matches=(), category=category)

    assert list(examples_found.check(bare, Bench((bare,)))) == [
        Failure("EMPLOYEE_ID", "examples", "has no examples, so nothing can be tried; add `matches`", warning=warning)
    ]


def test_a_text_to_ignore_in_which_something_is_found_fails() -> None:
    assert messages(ignores_quiet.check, replace(EMPLOYEE, ignores=("no employee", "employee P-12345678"))) == [
        "ignores 2: expected nothing; found 'P-12345678' (characters 9 to 19)"
    ]


def test_a_distance_that_the_match_alone_uses_up_fails() -> None:
    assert messages(keyword_distance.check, replace(EMPLOYEE, max_distance=10)) == [
        "max_distance is 10, counted to the end of the match; expected more than the 10 characters of the match"
    ]


def test_a_pattern_that_takes_in_the_gap_to_its_keyword_fails() -> None:
    greedy = Pattern(r"\s*[FP]-\d{8}", boundary=Boundary.NONE, max_length=60)

    assert messages(keyword_distance.check, replace(EMPLOYEE, patterns=(greedy,), matches=("employee« F-12345678»",)))


def test_a_value_that_only_the_text_around_it_makes_one_is_said_to_be_untried() -> None:
    dependent = Pattern(r"(?<=no\. )[FP]-\d{8}", boundary=Boundary.NONE, max_length=10)

    assert messages(keyword_distance.check, replace(EMPLOYEE, patterns=(dependent,), matches=("employee no. «F-12345678»",))) == [
        "no marked value has the shape of a pattern without the text around it, so no keyword could be tried"
    ]


def test_a_keyword_that_the_label_contradicts_fails() -> None:
    # With the keyword the match is sure to a medium degree, and the label takes one step away.
    medium = Pattern(r"[FP]-\d{8}", supported=Certainty.MEDIUM, boundary=Boundary.NONE, max_length=10)
    contradicted = replace(EMPLOYEE, patterns=(medium,), not_names=("employee",), max_distance=30)

    [message] = messages(keyword_distance.check, contradicted)

    assert message == (
        "'F-12345678' with the keyword 'employee' 30 characters before it: expected a match with the keyword as evidence; found nothing"
    )


def test_a_keyword_that_says_nothing_over_a_column_fails() -> None:
    deaf = replace(EMPLOYEE, patterns=(Pattern(r"[FP]-\d{8}", supported=Certainty.LOW, boundary=Boundary.NONE, max_length=10),))

    assert messages(name_context.check, deaf) == [
        "'F-12345678' under the name 'employee': expected a match by this name; found nothing",
        "'F-12345678' under the name 'EMPLOYEE': expected a match by this name; found nothing",
        "'F-12345678' under the name 'Employee': expected a match by this name; found nothing",
    ]


def test_a_keyword_that_is_in_every_name_fails() -> None:
    assert messages(name_context.check, replace(EMPLOYEE, keywords=("xyz",), matches=("xyz «F-12345678»",))) == [
        "'F-12345678' under the name 'xyz': expected nothing, since a keyword is required; found pattern, name:xyz"
    ]


@pytest.mark.parametrize(("category", "warning"), [(Category.CUSTOM, True), (Category.PERSONAL, False)])
def test_another_identifier_that_claims_an_example_is_named(category: Category, warning: bool) -> None:
    mine = found_alone("[A-Z]-[0-9]{4}", "id «K-1234»", category=category)
    other = replace(found_alone("[A-Z]-[0-9]{4}"), id="OTHER")

    assert list(cross_talk.check(mine, Bench((mine, other)))) == [
        Failure("ALONE", "cross-talk", "matches 1: expected nobody else; OTHER claims 'K-1234' (characters 3 to 9)", warning=warning)
    ]


def test_another_identifier_elsewhere_in_an_example_claims_nothing() -> None:
    mine = found_alone("[A-Z]-[0-9]{4}", "id «K-1234» of 99")
    other = replace(found_alone("[0-9]{2}(?![0-9])"), id="OTHER")

    assert messages(cross_talk.check, mine, replace(other, patterns=(replace(other.patterns[0], boundary=Boundary.WORD),))) == []


def test_a_group_of_globs_allows_pairs_across_it() -> None:
    group = cross_talk.AllowedGroup(("*_PHONE", "*_FAX"), "the same numbers")

    assert group.holds("US_PHONE", "UK_FAX")
    assert group.holds("UK_FAX", "US_PHONE")
    assert not group.holds("US_PHONE", "UK_PHONE")
    assert cross_talk.AllowedGroup(("*_PHONE",), "the same numbers").holds("US_PHONE", "UK_PHONE")


def test_a_pattern_longer_than_declared_fails_at_an_edge() -> None:
    endless = found_alone("[0-9]+", f"id «{'7' * 3000}»", max_length=8)

    [message] = messages(chunk_edges.check, endless)

    assert message.startswith("matches 1, cut at character ")


def test_an_example_that_a_longer_text_hides_fails() -> None:
    shy = found_alone(r"(?<![\s\S])[0-9]{4}", "«1234»")

    assert messages(chunk_edges.check, shy) == ["matches 1: expected the same inside a longer text; it is not found there"]


def test_a_pattern_longer_than_declared_is_named() -> None:
    endless = found_alone("[0-9]+x", "id «77x»", max_length=8)

    assert messages(longest_match.check, endless) == [
        "pattern 1: expected at most 8 characters as max_length says; found a match of 11; use {m,n} in place of * and +"
    ]


def test_a_limit_that_only_groups_overstep_is_found() -> None:
    grouped = found_alone("[0-9]{3}(?:-[0-9]{3})*", "id «123-456»", max_length=15)

    assert messages(longest_match.check, grouped)


class BlindBench(Bench):
    """Where the fast prefilter sees nothing."""

    def alone(self, identifier: Identifier) -> Detector:
        return Detector((identifier,), DetectionSettings(key=b"key"), prefilter=lambda *_: Blind())


class Blind:
    unfiltered: frozenset[int] = frozenset()

    def scan(self, data: memoryview) -> Hits:
        assert data.contiguous
        return Hits()

    def present(self, data: memoryview) -> Present:
        assert data.contiguous
        return Present(frozenset(), frozenset(), digits=False, tokens=False)

    def words(self, data: memoryview) -> list[tuple[int, int, int]]:
        assert data.contiguous
        return []

    def shapes(self, data: memoryview) -> dict[int, list[int]]:
        assert data.contiguous
        return {}

    def near(self, data: memoryview) -> frozenset[int]:
        assert data.contiguous
        return frozenset()

    def serialise(self) -> bytes:
        return b""


def test_prefilters_that_differ_are_told_with_what_only_one_saw() -> None:
    found: Iterator[Failure] = prefilter_agreement.check(EMPLOYEE, BlindBench((EMPLOYEE,)))

    assert next(found).message == (
        "'Employee F-12345678 started': expected the same with and without Vectorscan; "
        "found (9, 19, ('pattern', 'keyword:employee')) only without it"
    )


def test_time_that_grows_with_the_square_fails() -> None:
    # From each digit to the end of the run, and no `x` there.
    slow = Pattern("[0-9]{1,19999}[xy]", boundary=Boundary.NONE, max_length=20_000)

    [message] = messages(linear_time.check, replace(EMPLOYEE, patterns=(slow,), matches=("employee «777777x»",)))

    assert message.startswith("a text of '777777' over and over: expected ")


def test_all_checks_run_over_all_identifiers_in_order() -> None:
    bad = replace(EMPLOYEE, id="BAD", matches=("badge «F-12345678»",))

    failures = check_identifiers((bad, EMPLOYEE))

    assert {failure.identifier for failure in failures if not failure.warning} == {"BAD"}
    assert failures[0].check == "examples"


def test_an_other_of_the_same_id_does_not_compete_with_the_one_under_test() -> None:
    assert check_identifiers((EMPLOYEE,), (replace(EMPLOYEE, name="as it was before"),)) == []
