"""Conditions on buckets and objects: joined as Macie joins them, and what is not known decides nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from scanner.jobs.conditions import checks_of
from scanner.jobs.model import BucketField, Comparator, Condition, Criteria, ObjectField, TagValue

NOW = datetime(2026, 3, 8, tzinfo=UTC)
FACTS: Mapping[BucketField | ObjectField, object] = {
    ObjectField.KEY: "exports/2026/staff.tar.GZ",
    ObjectField.EXTENSION: "exports/2026/staff.tar.GZ",
    ObjectField.SIZE: 1000,
    ObjectField.LAST_MODIFIED: datetime(2026, 3, 1, tzinfo=UTC),
    ObjectField.TAG: (("team", "sales"), ("keep", "")),
}


def condition(field: ObjectField, comparator: str, *values: str) -> Condition:
    return Condition(field, Comparator(comparator), values)


def tagged(comparator: str, *tags: TagValue) -> Condition:
    return Condition(ObjectField.TAG, Comparator(comparator), tags=tags)


@pytest.mark.parametrize(
    ("one", "holds"),
    [
        (condition(ObjectField.KEY, "EQ", "x", "exports/2026/staff.tar.GZ"), True),
        (condition(ObjectField.KEY, "NE", "x", "exports/2026/staff.tar.GZ"), False),
        (condition(ObjectField.KEY, "STARTS_WITH", "exports/"), True),
        (condition(ObjectField.KEY, "STARTS_WITH", "Exports/", "/exports"), False),
        (condition(ObjectField.KEY, "GLOB", "2026/"), True),
        (condition(ObjectField.KEY, "GLOB", "/2026/"), False),
        (condition(ObjectField.KEY, "GLOB", "*.tar.GZ"), True),
        (condition(ObjectField.KEY, "REGEX", r"exports/\d+/.*"), True),
        (condition(ObjectField.KEY, "REGEX", r"\d+"), False),
        (condition(ObjectField.EXTENSION, "EQ", "csv", "gz"), True),
        (condition(ObjectField.EXTENSION, "EQ", ".tar.gz"), True),
        (condition(ObjectField.EXTENSION, "NE", "csv"), True),
        (condition(ObjectField.EXTENSION, "NE", "csv", "gz"), False),
        (condition(ObjectField.SIZE, "EQ", "1kB"), True),
        (condition(ObjectField.SIZE, "NE", "1000"), False),
        (condition(ObjectField.SIZE, "GT", "1000"), False),
        (condition(ObjectField.SIZE, "GTE", "1000"), True),
        (condition(ObjectField.SIZE, "LT", "1001"), True),
        (condition(ObjectField.SIZE, "LTE", "999"), False),
        (condition(ObjectField.LAST_MODIFIED, "EQ", "2026-03-01"), True),
        (condition(ObjectField.LAST_MODIFIED, "GT", "2026-03-01"), False),
        (condition(ObjectField.LAST_MODIFIED, "GTE", "7d"), True),
        (condition(ObjectField.LAST_MODIFIED, "GT", "6d"), False),
        (tagged("EQ", TagValue("team", "sales")), True),
        (tagged("EQ", TagValue("team", "Sales")), False),
        (tagged("EQ", TagValue("owner"), TagValue("keep")), True),
        (tagged("EQ", TagValue(value="sales")), True),
        (tagged("EQ", TagValue("keep", "")), True),
        (tagged("NE", TagValue("team", "legal")), True),
        (tagged("NE", TagValue("team", "legal"), TagValue("keep")), False),
    ],
)
def test_each_comparator(one: Condition, holds: bool) -> None:
    assert checks_of(Criteria(include=(one,)), NOW).wanted(FACTS) is holds
    assert checks_of(Criteria(exclude=(one,)), NOW).wanted(FACTS) is not holds
    assert checks_of(Criteria(exclude_any=(one,)), NOW).wanted(FACTS) is not holds


YES = condition(ObjectField.SIZE, "EQ", "1000")
NO = condition(ObjectField.SIZE, "NE", "1000")
UNKNOWN = Condition(BucketField.PERMISSION, Comparator.EQ, ("PUBLIC",))


@pytest.mark.parametrize(
    ("criteria", "wanted"),
    [
        (Criteria(), True),
        (Criteria(include=(YES, YES)), True),
        (Criteria(include=(YES, NO)), False),
        (Criteria(exclude=(YES, NO)), True),
        (Criteria(exclude=(YES, YES)), False),
        (Criteria(exclude_any=(YES, NO)), False),
        (Criteria(exclude_any=(NO, NO)), True),
        (Criteria(include=(YES,), exclude=(YES,)), False),
        (Criteria(include=(UNKNOWN,)), None),
        (Criteria(include=(UNKNOWN, NO)), False),
        (Criteria(include=(YES,), exclude=(UNKNOWN,)), None),
        (Criteria(exclude=(UNKNOWN, NO)), True),
        (Criteria(exclude_any=(UNKNOWN, YES)), False),
        (Criteria(include=(UNKNOWN,), exclude_any=(YES,)), False),
    ],
)
def test_all_of_what_is_wanted_none_of_what_is_left_out_and_unknown_where_it_hangs_on_that(criteria: Criteria, wanted: bool | None) -> None:
    assert checks_of(criteria, NOW).wanted(FACTS) is wanted
