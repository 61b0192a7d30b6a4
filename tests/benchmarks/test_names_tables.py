"""The labelled columns of names and addresses: pinned, and judged as well as the documents say."""

from benchmarks.names.labelled import KINDS, is_as_locked, read_tables
from benchmarks.names.tables_run import judge_all


def test_the_locked_columns_are_those_that_were_written_first() -> None:
    assert is_as_locked()


def test_labels_fit_their_tables_and_half_of_the_columns_resemble() -> None:
    for name in ("locked", "open"):
        tables = read_tables(name)
        labels = [label for table in tables for label in table.labels]

        assert len(labels) >= 150
        assert set(labels) <= KINDS.keys()
        assert labels.count("-") * 2 >= len(labels)
        assert all(len(row) == len(table.labels) for table in tables for row in (*table.rows, table.header or table.labels))


def test_locked_columns_are_found_and_no_others() -> None:
    judged = list(judge_all(read_tables("locked"), ("csv",)))
    right = sum(one.wanted == one.found != "" for one in judged)

    assert right >= 0.97 * sum(one.wanted != "" for one in judged)
    assert right >= 0.97 * sum(one.found != "" for one in judged)
