"""How the outputs of `dowse posture` word what is in a bucket's record."""

from scanner.posture.judged import Judged
from scanner.posture.records import Record


def sensitive_words(one: Judged) -> str:
    """How many findings of which severity earlier scans had; `not looked at` if none is known."""
    if one.sensitive is None:
        return "not looked at"
    named = zip(("high", "medium", "low"), one.sensitive.counts, strict=True)
    return ", ".join(f"{count} {name}" for name, count in named if count) or "none"


def replicated_word(row: Record) -> str:
    """Whether, and to whom."""
    details = row["replicationDetails"]
    if details["replicated"] is None:
        return "unknown"
    if not details["replicated"]:
        return "no"
    return {True: "outside", False: "within", None: "yes, whose unknown"}[details["replicatedExternally"]]
