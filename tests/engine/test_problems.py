"""What could not be read in an object, in bounded space."""

from scanner.engine.problems import Problems
from scanner.model.outcome import Problem, Reason


def test_problems_stay_in_the_order_met() -> None:
    problems = Problems()
    problems.add([Problem(Reason.MALFORMED, "b"), Problem(Reason.BAD_RECORDS, "a")])
    problems.add([Problem(Reason.MALFORMED, "b")])
    assert [problem.detail for problem in problems.listed()] == ["b", "a", "b"]


def test_too_many_problems_are_counted_by_reason() -> None:
    problems = Problems(most_listed=1)
    problems.add([Problem(Reason.MALFORMED, "first"), *[Problem(Reason.ENCRYPTED)] * 3, *[Problem(Reason.BAD_RECORDS)] * 2])
    assert problems.listed() == (
        Problem(Reason.MALFORMED, "first"),
        Problem(Reason.BAD_RECORDS, "2 more, not listed"),
        Problem(Reason.ENCRYPTED, "3 more, not listed"),
    )
