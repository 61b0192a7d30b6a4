"""How severe a finding is."""

import pytest

from identifiers.model import Severity
from scanner.reports.severity import count_in, severity_of, worst
from tests.reports.build import EMAIL, EMPLOYEE, IDENTIFIERS, SSN, detection


@pytest.mark.parametrize(
    ("count", "severity"),
    [(1, None), (2, None), (3, Severity.LOW), (9, Severity.LOW), (10, Severity.MEDIUM), (10**9, Severity.MEDIUM)],
)
def test_the_last_threshold_reached_decides(count: int, severity: Severity | None) -> None:
    assert severity_of(EMPLOYEE, count) == severity


def test_only_what_reaches_a_threshold_counts() -> None:
    counted = count_in([detection(EMPLOYEE, 2), detection(SSN, 1)], IDENTIFIERS)
    assert [one.identifier for one in counted] == [SSN]


def test_the_worst_is_not_the_last_nor_the_first() -> None:
    counted = count_in([detection(EMAIL, 1), detection(SSN, 1), detection(EMPLOYEE, 3)], IDENTIFIERS)
    assert worst(counted) is Severity.HIGH
