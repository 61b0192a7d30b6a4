"""What a summary keeps of a run of any size."""

from identifiers.model import Category, Severity
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports.overview import Overview
from tests.reports.build import CARD, EMAIL, EMPLOYEE, IDENTIFIERS, SSN, cells, detection, result, stored


def overview(*results: ObjectResult, max_rows: int = 100, samples: int = 5) -> Overview:
    gathered = Overview(IDENTIFIERS, max_rows=max_rows, samples=samples)
    for one in results:
        gathered.add(one)
    return gathered


def named(name: str, *detections: object) -> ObjectResult:
    return result(*detections, of=stored(name))  # type: ignore[arg-type]  # Detection, as in build


def test_the_worst_come_first_then_the_most_then_the_first_met() -> None:
    gathered = overview(
        named("few", detection(EMAIL, 1)),
        named("many low", detection(EMAIL, 60, ())),
        named("high one", detection(SSN, 1)),
        named("high two", detection(SSN, 2)),
        named("high one too", detection(SSN, 1)),
    )
    assert [row.name for row in gathered.rows()] == ["high two", "high one", "high one too", "many low", "few"]


def test_only_the_worst_are_kept_when_there_are_too_many() -> None:
    gathered = overview(*(named(f"n{count:03}", detection(SSN, count, ())) for count in range(1, 101)), max_rows=3)
    assert [row.name for row in gathered.rows()] == ["n100", "n099", "n098"]
    assert gathered.findings == 100


def test_only_the_first_occurrences_are_kept() -> None:
    (row,) = overview(named("a", detection(SSN, 900, cells(900))), samples=2).rows()
    assert [one.place for one in row.detections[0].occurrences] == ["row 2, column 3 (ssn)", "row 3, column 3 (ssn)"]
    assert row.count == row.detections[0].count == 900


def test_identifiers_and_categories_count_objects_and_occurrences() -> None:
    gathered = overview(named("a", detection(EMAIL, 2), detection(SSN, 3)), named("b", detection(CARD, 4), detection(EMAIL, 5)))
    assert [(identifier.id, total.objects, total.occurrences, total.severity) for identifier, total in gathered.identifiers()] == [
        ("CREDIT_CARD_NUMBER", 1, 4, Severity.HIGH),
        ("USA_SOCIAL_SECURITY_NUMBER", 1, 3, Severity.HIGH),
        ("EMAIL_ADDRESS", 2, 7, Severity.MEDIUM),
    ]
    personal = gathered.by_category[Category.PERSONAL]
    assert (personal.objects, personal.occurrences) == (2, 10)
    assert gathered.by_severity == {Severity.HIGH: 2, Severity.MEDIUM: 0, Severity.LOW: 0}


def test_what_stays_below_its_threshold_is_no_finding() -> None:
    gathered = overview(named("a", detection(EMPLOYEE, 2)))
    assert (gathered.findings, gathered.rows(), gathered.identifiers()) == (0, [], [])


def test_what_was_not_read_is_grouped_by_reason_failures_first() -> None:
    locked = Outcome(Status.FAILED, Reason.ACCESS_DENIED, "Permission denied")
    picture = Outcome(Status.SKIPPED, Reason.UNSUPPORTED_TYPE)
    gathered = overview(
        result(of=stored("a.png", size=5), outcome=picture),
        result(of=stored("b.png", size=7), outcome=picture),
        result(of=stored("locked/"), outcome=locked),
        result(of=stored("fine")),
    )
    assert [(status, reason, volume.objects, volume.size) for status, reason, volume in gathered.unread()] == [
        (Status.FAILED, "access denied", 1, 1200),
        (Status.SKIPPED, "unsupported type", 2, 12),
    ]
    assert gathered.unread()[0][2].examples == [("/srv/data", "locked/", "Permission denied")]
    assert {status: volume.objects for status, volume in gathered.by_status.items()} == {
        Status.SCANNED: 1,
        Status.PARTIAL: 0,
        Status.SKIPPED: 2,
        Status.FAILED: 1,
    }


def test_examples_end_but_counts_do_not() -> None:
    skipped = [result(of=stored(f"{number}"), outcome=Outcome(Status.SKIPPED, Reason.ENCRYPTED)) for number in range(50)]
    ((_, _, volume),) = overview(*skipped).unread()
    assert (volume.objects, len(volume.examples)) == (50, 20)
