"""What becomes of an object, given how the reading of it went. Pure rules; docs/decisions/0007-outcomes.md says why they are so."""

from collections.abc import Sequence
from typing import Final

from scanner.model.outcome import SCANNED, Outcome, Problem, Reason, Status

_BUDGETS: Final = frozenset({Reason.BUDGET_BYTES, Reason.BUDGET_RATIO, Reason.BUDGET_ENTRIES, Reason.BUDGET_DEPTH, Reason.BUDGET_MEMORY})
# Left unread on purpose when nothing of it was read; any other reason is a failure then.
_SKIPPED: Final = _BUDGETS | {
    Reason.EMPTY,
    Reason.UNSUPPORTED_TYPE,
    Reason.ENCRYPTED,
    Reason.EXCLUDED,
    Reason.SPECIAL_FILE,
    Reason.SYMLINK,
    Reason.GONE,
    Reason.SIZE_LIMIT,
    Reason.STORAGE_CLASS,
}
# A picture is no gap in a folder, so it is none in an archive.
_NO_GAP: Final = frozenset({Reason.EMPTY, Reason.UNSUPPORTED_TYPE})
# These mean the same of a member as of the object; other reasons of a member become MEMBERS_UNREAD.
_KEPT_FOR_MEMBERS: Final = _BUDGETS | {Reason.BAD_RECORDS, Reason.RULE_TIMEOUT, Reason.TIMEOUT, Reason.OUT_OF_MEMORY}
# Skipped for one of these, nothing is missing: the user left it out, or there is nothing to read.
_COMPLETE: Final = frozenset(
    {
        Reason.EMPTY,
        Reason.EXCLUDED,
        Reason.GONE,
        Reason.SIZE_LIMIT,
        Reason.SPECIAL_FILE,
        Reason.SYMLINK,
        Reason.UNSUPPORTED_TYPE,
    }
)


def judge(*, read: bool, problems: Sequence[Problem] = (), stop: Problem | None = None, changed: bool = False) -> Outcome:
    """The outcome of one object.

    :param read: whether any segment came out of it
    :param problems: what could not be read inside it, in the order met
    :param stop: why reading ended early
    :param changed: it was changed while it was read, twice
    """
    if stop is not None:
        return _stopped(stop, read=read)
    if changed:
        return Outcome(Status.PARTIAL, Reason.CHANGED, "it was written to while it was read, twice")
    reasons = {problem.reason for problem in problems}
    if not read and len(reasons) == 1 and reasons <= _SKIPPED:
        return Outcome(Status.SKIPPED, problems[0].reason, _told(problems))
    gaps = [problem for problem in problems if problem.reason not in _NO_GAP]
    if gaps:
        return Outcome(Status.PARTIAL, _reason_of_gap(gaps[0]), _told(gaps))
    return SCANNED


def unread(reason: Reason, detail: str = "") -> Outcome:
    """The outcome of an object of which nothing was read."""
    return Outcome(Status.SKIPPED if reason in _SKIPPED else Status.FAILED, reason, detail)


def leaves_nothing_out(outcome: Outcome) -> bool:
    """Whether a run with this outcome in it can still be called complete."""
    return outcome.status is Status.SCANNED or (outcome.status is Status.SKIPPED and outcome.reason in _COMPLETE)


def _stopped(stop: Problem, *, read: bool) -> Outcome:
    return Outcome(Status.PARTIAL, stop.reason, stop.detail) if read else unread(stop.reason, stop.detail)


def _reason_of_gap(gap: Problem) -> Reason:
    return gap.reason if not gap.member or gap.reason in _KEPT_FOR_MEMBERS else Reason.MEMBERS_UNREAD


def _told(problems: Sequence[Problem]) -> str:
    first = problems[0].detail or problems[0].reason.value
    return first if len(problems) == 1 else f"{first} (the first of {len(problems)} problems)"
