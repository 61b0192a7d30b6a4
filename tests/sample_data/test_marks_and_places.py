"""How the truth about samples is written down."""

import pytest

from sample_data.marking import found, plain, read_marks, trap
from sample_data.places import Place
from sample_data.sample import Finding, Sample, Trap, Truth, text_sample
from sample_data.tables import Form, table_sample
from sample_data.trees import plain_tree, tree_places, whole
from sample_data.truth import read_known_misses, read_truth, write_truth


@pytest.mark.parametrize(
    "text",
    [
        "line 3, columns 5-15",
        "lines 3-9, columns 1-30",
        "page 2, line 3, columns 5-15",
        "row 2, column 4 ssn [0:11]",
        "row 2, column 4 [0:11]",
        "Staff, row 2, column 4 ssn [0:11]",
        "comments1, Staff!B6, paragraph 1 [5:16]",
        "record 0 $[3]['Card Number'] [0:16]",
        "body, table 1, row 2, column 3, paragraph 9 [0:11]",
        "a.tar!inner.zip!notes.txt :: line 3, columns 5-15",
    ],
)
def test_a_place_reads_back_as_it_was_written(text: str) -> None:
    assert str(Place.parse(text)) == text


def test_what_is_no_place_is_refused() -> None:
    with pytest.raises(ValueError, match="not a place: somewhere"):
        Place.parse("somewhere")


def test_places_overlap_when_they_share_a_character() -> None:
    place = Place.parse("row 2, column 4 ssn [3:9]")
    assert place.overlaps(Place.parse("row 2, column 4 ssn [8:12]"))
    assert not place.overlaps(Place.parse("row 2, column 4 ssn [9:12]"))
    assert not place.overlaps(Place.parse("row 3, column 4 ssn [3:9]"))
    assert Place.parse("lines 3-9, columns 7-2").overlaps(Place.parse("line 9, columns 1-4"))
    assert not Place.parse("lines 3-9, columns 7-2").overlaps(Place.parse("line 9, columns 3-4"))


def test_marks_are_taken_off_and_placed() -> None:
    text, marks = read_marks(f"a {found('X', 'bc')} {trap('Y Z', 'd', 'why not')}!")
    assert text == "a bc d!"
    assert [(mark.identifiers, mark.why, mark.value, mark.start, mark.end) for mark in marks] == [
        (("X",), "", "bc", 2, 4),
        (("Y", "Z"), "why not", "d", 5, 6),
    ]


def test_lines_end_with_any_of_the_three_line_ends() -> None:
    sample = text_sample("x", f"a\rb\r\nc\n{found('X', 'd')}", "")
    assert [str(finding.place) for finding in sample.truth.findings] == ["line 4, columns 1-1"]


def test_a_byte_order_mark_is_written_and_is_no_column() -> None:
    sample = text_sample("x", found("X", "a"), "", "utf-16")
    assert sample.content == b"\xff\xfea\0"
    assert [str(finding.place) for finding in sample.truth.findings] == ["line 1, columns 1-1"]


def test_rows_count_the_header_and_cells_are_quoted_where_they_must() -> None:
    sample = table_sample("x", [["h", "k"], ["a,b", f"-{found('X', 'c')}"]], "", Form(line_end="\r\n"))
    assert sample.content == b'h,k\r\n"a,b",-c\r\n'
    assert [str(finding.place) for finding in sample.truth.findings] == ["row 2, column 2 k [1:2]"]


def test_paths_of_a_tree_follow_names_and_indices() -> None:
    tree = {"a b": [None, {"c": whole(found("X", "12"))}]}
    assert plain_tree(tree) == {"a b": [None, {"c": 12}]}
    assert [str(place) for _, place in tree_places(tree, 3)] == ["record 3 $['a b'][1].c [0:2]"]


def test_rows_that_differ_only_in_number_share_a_line() -> None:
    places = [Place.parse(f"row {row}, column 1 x [0:9]") for row in (2, 3, 4, 7)]
    truth = Truth(
        "about", "partial(malformed)", tuple(Finding("X", place) for place in places), (Trap(("*",), places[0], "row 9 says so"),)
    )
    text = write_truth([Sample("f", b"", truth)])
    assert "\nX  rows 2-4,7, column 1 x [0:9]\n" in text
    assert read_truth(text) == {"f": truth}


def test_known_misses_are_read_line_by_line() -> None:
    text = "[[file]]\nname = 'a.txt'\nwhy = 'later'\nlines = '''\n+ B  line 1, columns 1-2\n- A  line 9, columns 1-2\n'''\n"
    assert read_known_misses(text) == {"a.txt": ["+ B  line 1, columns 1-2", "- A  line 9, columns 1-2"]}
    assert read_known_misses("file = []") == {}


def test_plain_text_has_no_marks() -> None:
    assert plain(f"{found('X', 'a')}{trap('*', 'b', 'why')}") == "ab"
