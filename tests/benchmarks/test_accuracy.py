"""How accuracy is measured: the corpus is fixed, and reports count where they fit."""

import pathlib
import random
from fnmatch import filter as matching

import pytest
import regex

from benchmarks.accuracy.build import HERE, PARTS, Item, build, digest_of_locked
from benchmarks.accuracy.generators import GENERATORS
from benchmarks.accuracy.others import Item as OthersItem
from benchmarks.accuracy.others import dialled, documented, faked, measure
from benchmarks.accuracy.ours import find
from benchmarks.accuracy.peer_finders import placed
from benchmarks.accuracy.peers import labels
from benchmarks.accuracy.report import scores, tree_lines
from benchmarks.accuracy.score import Found, expected, judge, optional_unless, wilson
from benchmarks.accuracy.shapes import from_shape
from benchmarks.accuracy.trees import measure_trees
from identifiers import load_catalogue


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


def test_every_right_label_is_an_identifier_and_every_generator_of_a_family_exists() -> None:
    ids = {each.id for each in load_catalogue()}
    assert {label for _, right in expected().values() for label in right} <= ids
    assert expected().keys() <= GENERATORS.keys()


def test_what_a_peer_means_exists() -> None:
    ids = {each.id for each in load_catalogue()}
    families = {family for family, _ in expected().values()}
    for meanings in labels().values():
        for one in (one for means in meanings.values() for one in means):
            assert one.removeprefix("family:") in families if one.startswith("family:") else matching(ids, one), one


def test_the_corpus_has_the_size_it_should() -> None:
    lines = [path.read_text(encoding="utf-8") for part in PARTS for path in pathlib.Path(HERE, "corpus", part).iterdir()]
    assert sum(text.count("{{") for text in lines) > 1_400
    assert sum(line.count(" = [[") for text in lines for line in text.splitlines()) >= 120


@pytest.mark.parametrize(
    ("shape", "pattern"),
    [(r"[A-C]{2}\d-x", r"[A-C]{2}[0-9]-x"), (r"(ab|c)\.<yyyy><mm><dd>", r"(ab|c)\.19[5-9]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])")],
)
def test_a_shape_gives_what_the_expression_says(shape: str, pattern: str) -> None:
    make = from_shape(shape)
    assert all(regex.fullmatch(pattern, make(random.Random(seed))) for seed in range(50))


def test_an_optional_item_counts_neither_for_nor_against() -> None:
    items = [Item("a.txt", "email", sensitive=True, start=5, end=10)]
    report = Found("a.txt", "EMAIL_ADDRESS", 5, 10)
    verdict = judge(optional_unless(items, lambda _: False), [report])
    assert (verdict.total.wanted, verdict.total.reported) == (0, 0)
    assert judge(optional_unless(items, lambda _: True), [report]).total.hits == 1


def test_reports_settle_on_the_cell_they_stand_in() -> None:
    items = [Item("a.csv", "email", sensitive=True, start=10, end=20, row=2, column=1)]
    assert judge(items, [Found("a.csv", "EMAIL_ADDRESS", 12, 18)]).total.hits == 1
    assert judge(items, [Found("a.csv", "EMAIL_ADDRESS", 20, 22)]).total.wrong == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "mail\nto ida@plumtree.org"),
        ("a.json", '{"a": [{"b c": "no"}, {"b c": "to ida@plumtree.org"}]}'),
        ("a.csv", "id,mail\n12,ida@plumtree.org\n13,none\n"),
    ],
)
def test_our_findings_are_placed_by_character_in_texts_records_and_tables(name: str, text: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (found,) = find(str(tmp_path), ("EMAIL_ADDRESS",))
    assert text[found.start : found.end] == "ida@plumtree.org"


def test_a_peer_s_finding_is_placed_by_its_line() -> None:
    assert list(placed("a", "x 12\ny 12\n", "n", 2, "12")) == [("a", "n", 7, 9)]
    assert list(placed("a", "x 12\n", "n", 1, "13")) == []


def test_what_others_give_as_valid_is_counted_by_kind_and_what_no_form_shows_is_listed() -> None:
    asked = [OthersItem("mail", "email", "ida@plumtree.org"), OthersItem("stones", "weight", "12 st")]
    shares, missed = measure(asked, ("EMAIL_ADDRESS",))
    assert shares == {"mail": (3, 3), "stones": (0, 3)}
    assert missed == asked[1:]


def test_others_give_numbers_of_many_kinds() -> None:
    assert OthersItem("stdnum be.nn", "NISS", "85073003328").name in {
        item.name for item in documented() if item.kind.startswith("stdnum be.")
    }
    assert {item.kind for item in dialled()} == {"phonenumbers at home", "phonenumbers from abroad"}
    assert {"Faker ssn", "Faker iban"} <= {item.kind for item in faked(1)}


def test_a_tree_of_the_user_s_is_counted_by_identifier(tmp_path: pathlib.Path) -> None:
    (tmp_path / "code.any").write_text("# by ida@plumtree.org\n" + "x = 1\n" * 1000, encoding="utf-8")
    (tmp_path / "two.py").write_text("# or nina@plumtree.org\n", encoding="utf-8")

    (tree,) = measure_trees(folders=[str(tmp_path)])

    assert (tree.name, tree.files, tree.found) == (str(tmp_path), 2, {"EMAIL_ADDRESS": 2})
    assert tree.per_10_mb_of("EMAIL_ADDRESS") == tree.per_10_mb() == pytest.approx(2e7 / tree.bytes_read)
    assert tree.per_10_mb("EMAIL_ADDRESS") == 0
    assert any("EMAIL_ADDRESS" in line and "two.py:1" in line and "nina" not in line for line in tree_lines([tree]))


def test_single_identifiers_are_recorded() -> None:
    verdict = judge([Item("a.txt", "email", sensitive=True, start=5, end=10)], [Found("a.txt", "EMAIL_ADDRESS", 5, 10)])

    told = scores(verdict)["identifiers"]["EMAIL_ADDRESS"]

    assert (told["items"], told["hits"], told["reported"], told["wrong"]) == (1, 1, 1, 0)
