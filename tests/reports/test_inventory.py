"""Datasets and their columns, as data catalogues have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import RecordLocation
from scanner.model.objects import ObjectRef
from scanner.model.occurrence import Confidence
from scanner.model.result import ColumnCount, Detection, ObjectResult
from scanner.readers.locators import path_element
from scanner.reports.datasets import Dataset, dataset_of
from scanner.reports.field_paths import field_names
from scanner.reports.inventory import Inventory
from scanner.reports.severity import count_in
from tests.reports.build import EMAIL, IDENTIFIERS, SSN, cells, detection, occurrence, result, stored


@pytest.mark.parametrize(
    ("key", "name", "partitions"),
    [
        ("sales/year=2026/month=11/part-0.parquet", "lake/sales", ("year", "month")),
        ("sales/year=2026/eu/month=11/a.parquet", "lake/sales", ("year", "month")),
        ("year=2026/a.csv", "lake", ("year",)),
        ("exports/people.csv", "lake/exports/people.csv", ()),
        ("exports/year=2026.csv", "lake/exports/year=2026.csv", ()),
        ("people/part-00000-8f1c.c000.snappy.parquet", "lake/people", ()),
        ("people/000000_0", "lake/people", ()),
        ("people/people-00003-of-00010.parquet", "lake/people/", ()),
        ("people/partners.csv", "lake/people/partners.csv", ()),
        ("people.csv", "lake/people.csv", ()),
    ],
)
def test_partitions_and_parts_of_a_bucket_are_one_dataset(key: str, name: str, partitions: tuple[str, ...]) -> None:
    dataset = dataset_of(ObjectRef("s3", "lake", key))
    assert (dataset.name, dataset.partitions) == (name.removesuffix("/"), partitions)


def test_the_partition_may_be_above_the_folder_that_was_scanned() -> None:
    assert dataset_of(ObjectRef("file", "/srv/sales/year=2026", "month=11/a.csv")) == Dataset(
        "file", "", "/srv/sales", (), ("year", "month")
    )


def test_members_of_a_container_are_datasets_of_their_own() -> None:
    one, other = (dataset_of(ObjectRef("s3", "lake", "in/day=1/a.zip"), (member,)) for member in ("a.csv", "b.csv"))
    assert one != other
    assert (one.name, one.table) == ("lake/in/day=1/a.zip!a.csv", "a.zip!a.csv")


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("$.ssn", ("ssn",)),
        ("$[*].person.ssn", ("person", "ssn")),
        ("$.orders[*]['card no'][2]", ("orders", "card no")),
        ("$.people.*.mail", ("people", "*", "mail")),
        ("$.people.{keys}", ("people",)),
        (r"$['it\'s']", ("it's",)),
        ("$", ()),
    ],
)
def test_the_names_in_a_path(path: str, names: tuple[str, ...]) -> None:
    assert field_names(path) == names


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_the_names_that_make_a_path_come_back(names: list[str]) -> None:
    assert field_names("$" + "[*]".join(map(path_element, names))) == tuple(names)


def counted(name: str, *columns: ColumnCount, kind: str = SSN.id) -> ObjectResult:
    found = Detection(kind, sum(column.count for column in columns), Confidence.HIGH, (), columns)
    return result(found, of=stored(name, store="s3", bucket="lake"))


def inventory(*results: ObjectResult, most: int = 100) -> Inventory:
    gathered = Inventory(most)
    for one in results:
        gathered.add(one, count_in(one.detections, IDENTIFIERS))
    return gathered


def test_columns_of_partitions_add_up() -> None:
    gathered = inventory(
        counted("s/day=1/a.csv", ColumnCount("ssn", 2, 10, 40, Confidence.MEDIUM)),
        counted("s/day=2/a.csv", ColumnCount("ssn", 2, 30, 40, Confidence.HIGH)),
        counted("s/day=2/a.csv", ColumnCount("mail", 1, 5, 40, Confidence.HIGH), kind=EMAIL.id),
    )
    shown = [
        (column.dataset.name, column.name, held.identifier.id, held.count, held.values, held.objects, held.share, held.confidence.name)
        for column, helds in gathered
        for held in helds
    ]
    assert shown == [
        ("lake/s", "mail", "EMAIL_ADDRESS", 5, 40, 1, 0.125, "HIGH"),
        ("lake/s", "ssn", "USA_SOCIAL_SECURITY_NUMBER", 40, 80, 2, 0.5, "HIGH"),
    ]


def test_several_occurrences_in_a_value_are_no_more_than_all_of_it() -> None:
    ((_, (held,)),) = inventory(counted("a.csv", ColumnCount("notes", 1, 90, 40, Confidence.HIGH)))
    assert held.share == 1.0


def test_what_stays_below_its_threshold_has_no_entry() -> None:
    assert list(inventory(counted("a.csv", ColumnCount("id", 1, 2, 2, Confidence.HIGH), kind="EMPLOYEE_ID"))) == []


def test_objects_that_find_no_room_are_counted() -> None:
    gathered = inventory(*(counted(f"{n}.csv", ColumnCount("ssn", 1, 1, 1, Confidence.HIGH)) for n in range(5)), most=3)
    assert (len(gathered), gathered.left_out) == (3, 2)


def test_without_counts_the_listed_occurrences_tell_the_columns() -> None:
    record = occurrence(RecordLocation(4, "$.people[3].ssn"))
    gathered = inventory(result(detection(SSN, 9, [*cells(2), record])))
    assert [(column.name, held.count, held.share) for column, (held,) in gathered] == [("people.ssn", 1, None), ("ssn", 2, None)]
