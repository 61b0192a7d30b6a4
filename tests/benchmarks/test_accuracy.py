import pathlib

import pytest

from benchmarks.accuracy.build import HERE, PARTS, Item, build, digest_of_locked
from benchmarks.accuracy.score import Found, expected, judge, wilson


def test_nobody_edits_the_locked_part_silently() -> None:
    assert pathlib.Path(HERE, "locked.sha256").read_text(encoding="utf-8").strip() == digest_of_locked()


@pytest.mark.parametrize("part", PARTS)
def test_the_corpus_is_the_same_each_time_and_every_sensitive_item_has_a_family(part: str, tmp_path: pathlib.Path) -> None:
    items = build(part, str(tmp_path / "a"))
    assert items == build(part, str(tmp_path / "b"))
    assert {item.generator for item in items if item.sensitive} <= expected().keys()
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_reports_count_once_where_they_fit_and_as_false_alarms_elsewhere() -> None:
    items = [
        Item("a.txt", "email", sensitive=True, start=5, end=10),
        Item("a.txt", "card", sensitive=True, start=20, end=36),
        Item("a.txt", "digits9", sensitive=False, start=40, end=49),
    ]
    reports = [Found("a.txt", "EMAIL_ADDRESS", 5, 10), Found("a.txt", "USA_SOCIAL_SECURITY_NUMBER", 40, 49)]
    verdict = judge(items, reports)
    assert (verdict.total.wanted, verdict.total.hits, verdict.total.reported, verdict.total.wrong) == (2, 1, 2, 1)
    assert [item.generator for item in verdict.missed] == ["card"]
    assert verdict.by_family["national id"].wrong == 1


def test_wilson_gives_the_published_interval() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, table I


@pytest.mark.parametrize(("cells", "hits"), [(10, 1), (9, 1), (8, 0)])
def test_a_column_is_one_item_and_found_when_nearly_all_its_cells_are(cells: int, hits: int) -> None:
    items = [Item("a.csv", "email", sensitive=True, row=row, column=1) for row in range(2, 12)]
    verdict = judge(items, [Found("a.csv", "EMAIL_ADDRESS", row=row, column=1) for row in range(2, 2 + cells)])
    assert (verdict.total.wanted, verdict.total.hits, verdict.total.wrong) == (1, hits, 0)


def test_one_wrong_cell_makes_a_false_alarm_of_its_column() -> None:
    items = [Item("a.csv", "digits16", sensitive=False, row=row, column=1) for row in range(2, 12)]
    assert judge(items, [Found("a.csv", "CREDIT_CARD_NUMBER", row=5, column=1)]).total.wrong == 1
