"""From what was read, and what was not, to one outcome."""

import pytest

from scanner.engine.judge import judge, leaves_nothing_out, unread
from scanner.model.outcome import SCANNED, Outcome, Problem, Reason, Status

PICTURE = Problem(Reason.UNSUPPORTED_TYPE, "image/png", ("logo.png",))
LOCKED = Problem(Reason.ENCRYPTED, "needs a password", ("a.csv",))


def test_an_object_without_trouble_is_scanned() -> None:
    assert judge(read=True) == SCANNED


def test_an_object_without_anything_in_it_is_scanned() -> None:
    assert judge(read=False) == SCANNED


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (Reason.UNSUPPORTED_TYPE, Status.SKIPPED),
        (Reason.ENCRYPTED, Status.SKIPPED),
        (Reason.EMPTY, Status.SKIPPED),
        (Reason.GONE, Status.SKIPPED),
        (Reason.BUDGET_MEMORY, Status.SKIPPED),
        (Reason.STORAGE_CLASS, Status.SKIPPED),
        (Reason.ACCESS_DENIED, Status.FAILED),
        (Reason.KMS_DENIED, Status.FAILED),
        (Reason.SSE_C, Status.FAILED),
        (Reason.NO_SUCH_BUCKET, Status.FAILED),
        (Reason.CHANGED, Status.FAILED),
        (Reason.IO_ERROR, Status.FAILED),
        (Reason.MALFORMED, Status.FAILED),
        (Reason.CRASH, Status.FAILED),
        (Reason.TIMEOUT, Status.FAILED),
        (Reason.OUT_OF_MEMORY, Status.FAILED),
    ],
)
def test_what_stops_before_anything_was_read_is_skipped_or_failed(reason: Reason, status: Status) -> None:
    assert judge(read=False, stop=Problem(reason, "why")) == Outcome(status, reason, "why")
    assert unread(reason, "why") == Outcome(status, reason, "why")


def test_what_stops_after_something_was_read_is_partial() -> None:
    assert judge(read=True, stop=Problem(Reason.IO_ERROR, "why")) == Outcome(Status.PARTIAL, Reason.IO_ERROR, "why")


def test_a_bad_record_makes_it_partial() -> None:
    problem = Problem(Reason.BAD_RECORDS, "line 3")
    assert judge(read=True, problems=[problem]) == Outcome(Status.PARTIAL, Reason.BAD_RECORDS, "line 3")


def test_several_problems_are_counted_and_the_first_is_told() -> None:
    problems = [Problem(Reason.BAD_RECORDS, "line 3"), Problem(Reason.MALFORMED, "the end")]
    assert judge(read=True, problems=problems).detail == "line 3 (the first of 2 problems)"


def test_a_picture_in_an_archive_is_no_gap() -> None:
    assert judge(read=True, problems=[PICTURE]) == SCANNED


def test_a_locked_member_is_a_gap_and_the_picture_before_it_is_not_counted() -> None:
    assert judge(read=True, problems=[PICTURE, LOCKED]) == Outcome(Status.PARTIAL, Reason.MEMBERS_UNREAD, "needs a password")


def test_a_budget_used_up_by_a_member_is_told_as_such() -> None:
    problem = Problem(Reason.BUDGET_DEPTH, "", ("a.zip",))
    assert judge(read=True, problems=[problem]) == Outcome(Status.PARTIAL, Reason.BUDGET_DEPTH, "budget_depth")


def test_a_malformed_member_does_not_make_the_archive_malformed() -> None:
    problem = Problem(Reason.MALFORMED, "no end", ("a.docx",))
    assert judge(read=True, problems=[problem]).reason is Reason.MEMBERS_UNREAD


def test_an_archive_of_locked_members_only_is_encrypted() -> None:
    outcome = judge(read=False, problems=[LOCKED, LOCKED])
    assert outcome == Outcome(Status.SKIPPED, Reason.ENCRYPTED, "needs a password (the first of 2 problems)")


def test_an_archive_of_pictures_only_is_of_no_supported_type() -> None:
    assert judge(read=False, problems=[PICTURE]) == Outcome(Status.SKIPPED, Reason.UNSUPPORTED_TYPE, "image/png")


def test_an_archive_of_pictures_and_locked_members_is_partial() -> None:
    assert judge(read=False, problems=[PICTURE, LOCKED]).status is Status.PARTIAL


def test_a_change_outweighs_what_may_follow_from_it() -> None:
    outcome = judge(read=True, problems=[Problem(Reason.BAD_RECORDS)], changed=True)
    assert (outcome.status, outcome.reason) == (Status.PARTIAL, Reason.CHANGED)


COMPLETE = [
    SCANNED,
    Outcome(Status.SKIPPED, Reason.EMPTY),
    Outcome(Status.SKIPPED, Reason.EXCLUDED),
    Outcome(Status.SKIPPED, Reason.GONE),
    Outcome(Status.SKIPPED, Reason.SIZE_LIMIT),
    Outcome(Status.SKIPPED, Reason.SPECIAL_FILE),
    Outcome(Status.SKIPPED, Reason.SYMLINK),
    Outcome(Status.SKIPPED, Reason.UNSUPPORTED_TYPE),
]


def test_only_what_nobody_wanted_read_leaves_nothing_out() -> None:
    everything = [SCANNED, *(Outcome(status, reason) for status in Status if status is not Status.SCANNED for reason in Reason)]
    assert [outcome for outcome in everything if leaves_nothing_out(outcome)] == sorted(COMPLETE, key=everything.index)
