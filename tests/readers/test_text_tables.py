"""Tables in HTML and Markdown: columns where their first row names what is below it; all around them is text, in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import CellLocation, LineLocation
from scanner.model.remarks import ALLOW
from scanner.readers import embedded_tables, html_tables, markdown
from tests.readers.opening import Found, is_sound, opened

SSN = "219-22-9999"
OTHER = "219-22-9998"


def columns(found: Found) -> list[tuple[tuple[str, ...], list[str | None]]]:
    return [(names, values) for _, names, values in found.columns]


def html(body: str) -> Found:
    return opened(f"<!doctype html>\n<html><body>{body}</body></html>".encode(), "x.html")


def test_a_column_of_row_names_needs_no_heading() -> None:
    head = "<thead><tr style='x'><th></th><th>name</th><th>ssn</th></tr></thead>"
    found = opened(f"<div><table>{head}<tr><th>0</th><td>Ann</td><td>{SSN}</td></tr></table></div>".encode(), "x.html")
    assert columns(found) == [((), ["0"]), (("name",), ["Ann"]), (("ssn",), [SSN])]


def rows(*cells: list[str], tag: str = "td") -> str:
    return "".join("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>\n" for row in cells)


def test_a_table_of_html_becomes_columns_and_is_blank_in_the_text() -> None:
    found = html(
        f"\n<p>before {OTHER}</p><table>{rows(['name', 'ssn'], tag='th')}{rows(['Ann', SSN], ['Bob', OTHER])}</table>\n<p>after</p>"
    )
    assert columns(found) == [(("name",), ["Ann", "Bob"]), (("ssn",), [SSN, OTHER])]
    assert found.column_segments[1].locator.at(1, 0, 11) == CellLocation(3, 2, "ssn", "table 1!B3", 0, 11)
    assert "name" in found.texts[()]
    assert SSN not in found.texts[()]
    assert found.texts[()].count(OTHER) == 1
    assert found.place("after") == LineLocation(7, 4, 7, 8)


def test_cells_read_as_a_browser_shows_them() -> None:
    cells = [
        "<a href='mailto:x@y.example'>Ann&nbsp;<b>Lee</b></a>",
        "one<br>two",
        " 219-22-9999\n   x ",
        "<!-- no -->a",
        "<script>no</script>b",
    ]
    found = html(f"<TABLE><thead><tr><th>name<th>note<th>ssn<th>comment<th>code</thead>{rows(cells)}</TABLE>")
    assert [values for _, values in columns(found)] == [["Ann\xa0Lee"], ["one\ntwo"], ["219-22-9999 x"], ["a"], ["b"]]
    assert "mailto:x@y.example" in found.texts[()]


@pytest.mark.parametrize(
    "table",
    [
        rows(["name", "Ann"], ["ssn", SSN]),
        rows(["name", "ssn"], ["Ann", f"<table>{rows(['x', SSN])}</table>"], ["Bob", "y"]),
        f"<tr><th colspan=2>both</th></tr>{rows(['ssn', SSN], ['ssn', OTHER])}",
        rows([SSN, OTHER], [SSN, OTHER]),
        rows(["name", "ssn"], tag="th"),
        f"<tr><th>field</th><th>value</th></tr>{rows(['ssn', SSN], ['phone', '555'])}",
        f"<!-- {ALLOW} -->{rows(['name', 'ssn'], tag='th')}{rows(['Ann', SSN])}",
    ],
    ids=range(7),
)
def test_other_tables_stay_text_and_lose_nothing(table: str) -> None:
    found = html(f"<table>{table}</table>")
    assert found.columns == []
    assert table in found.texts[()]


def test_a_table_inside_the_layout_of_another_is_columns() -> None:
    inner = f"<table>{rows(['name', 'ssn'], tag='th')}{rows(['Ann', SSN], ['Bob', OTHER])}</table>"
    found = html(f"<table><tr><td>menu</td><td>{inner}</td></tr></table>")
    assert columns(found) == [(("name",), ["Ann", "Bob"]), (("ssn",), [SSN, OTHER])]
    assert found.column_segments[0].locator.at(0, 0, 3) == CellLocation(2, 1, "name", "table 2!A2", 0, 3)


def test_a_table_over_the_edges_of_windows_is_one() -> None:
    made = (
        f"<table>{rows(['name', 'ssn'], tag='th')}{''.join(rows([f'n{number}' * 40, SSN]) for number in range(20_000))}</table>tail {OTHER}"
    )
    found = html(made)
    assert sum(len(values) for names, values in columns(found) if names == ("ssn",)) == 20_000
    assert found.texts[()].rstrip("</bodyhtml>").endswith(f"tail {OTHER}")
    assert SSN not in found.texts[()]
    last = found.column_segments[-1]
    assert last.locator.at(len(found.columns[-1][2]) - 1, 0, 11) == CellLocation(20_001, 2, "ssn", "table 1!B20001", 0, 11)


def test_a_table_that_never_ends_is_settled_piece_by_piece() -> None:
    finder = html_tables.HtmlTables()
    filler = "x" * 1_000_000
    given = "<table>" + rows(["name", "ssn"], tag="th") + "".join(rows([filler, SSN]) for _ in range(12)) + "<tr><td>un"
    found = finder.find(given, last=False)
    assert len(given) - found.keep < 100
    assert [len(column.values) for column in found.columns] == [12, 12]
    more = finder.find(given[found.keep :] + f"done</td><td>{OTHER}</td></tr></table>", last=False)
    assert [column.values.to_pylist() for column in more.columns] == [["undone"], [OTHER]]
    assert more.columns[1].locator.at(0, 0, 11) == CellLocation(14, 2, "ssn", "table 1!B14", 0, 11)


@pytest.mark.parametrize(
    "made",
    [
        "<table>" * 50_000 + SSN,
        "<table><tr><td>" * 20_000 + SSN + "</table>" * 20_000,
        "<table>" + '<tr><td a="' * 50_000 + SSN,
        "<table>" + "<!--" * 100_000 + SSN,
        "<table>" + "<td " + "\"'" * 100_000 + SSN,
        "<table><tr>" + "<td>" * 100_000 + SSN,
        "<" * 200_000 + "<table" + SSN,
        "</table>" * 50_000 + SSN,
    ],
    ids=range(8),
)
def test_hostile_html_is_read_in_time(made: str) -> None:
    found = html(made)
    assert is_sound(found)
    assert SSN in found.texts[()] + str(found.columns)


PIECES = [
    "<table>",
    "</table>",
    "<tr>",
    "<th>",
    "<td>",
    "</td>",
    "<thead>",
    "<td colspan=2>",
    "<!--",
    "-->",
    "<script>",
    "name",
    SSN,
    "\n",
    "<br>",
    "a",
    "&amp;",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.integers(1, 50))
def test_however_html_is_cut_nothing_is_lost(made: list[str], cut: int) -> None:
    text = "".join(made)
    finder = html_tables.HtmlTables()
    first = finder.find(text[:cut], last=False)
    rest = text[:cut][first.keep :] + text[cut:]
    second = finder.find(rest, last=True)
    whole = html_tables.HtmlTables().find(text, last=True)
    assert [column.values.to_pylist() for column in (*first.columns, *second.columns)] == [
        column.values.to_pylist() for column in whole.columns
    ]
    assert embedded_tables.blanked(text[: first.keep], first.blanks) + embedded_tables.blanked(
        rest, second.blanks
    ) == embedded_tables.blanked(text, whole.blanks)


def md(text: str) -> Found:
    return opened(text.encode(), "x.md")


def test_a_table_of_markdown_becomes_columns() -> None:
    found = md(
        f"# People\n\nsee {OTHER}\n\n| Name | SSN |\n|------|:---:|\n| Ann | {SSN} |\n| [Bob](https://x.example) | `{OTHER}` |\n\nafter\n"
    )
    assert found.media_type == "text/markdown"
    assert columns(found) == [(("Name",), ["Ann", "Bob"]), (("SSN",), [SSN, OTHER])]
    assert found.column_segments[1].locator.at(0, 0, 11) == CellLocation(2, 2, "SSN", "table 1!B2", 0, 11)
    assert SSN not in found.texts[()]
    assert "(https://x.example)" in found.texts[()]
    assert found.place("after") == LineLocation(10, 1, 10, 5)
    assert found.place(OTHER) == LineLocation(3, 5, 3, 15)


def test_rows_may_be_ragged_and_lack_bars() -> None:
    found = md(f"Name | SSN | Note\n--- | --- | ---\nAnn | {SSN}\nBob | {OTHER} | a \\| b | too much\n")
    assert columns(found) == [(("Name",), ["Ann", "Bob"]), (("SSN",), [SSN, OTHER]), (("Note",), [None, "a | b"])]
    assert "too much" in found.texts[()]


@pytest.mark.parametrize(
    "text",
    [
        f"| Field | Value |\n|---|---|\n| ssn | {SSN} |\n| phone | 555 |\n",
        f"ssn {SSN}\n---\n\ntext | with | bars\n",
        f"| {SSN} | {OTHER} |\n|---|---|\n| {SSN} | {OTHER} |\n",
        "|---|---|\n| a | b |\n",
        f"| name | ssn | note |\n|---|---|---|\n| Ann | {SSN} | {ALLOW} |\n",
    ],
)
def test_what_is_no_table_of_data_stays_text(text: str) -> None:
    found = md(text)
    assert (found.columns, found.texts[()]) == ([], text)


LINES = st.lists(
    st.sampled_from(["| a | b |\n", "|---|---|\n", "| 1 | 2 |\n", "text\n", "\n", "a | b", "\r\n", "|", f"| {SSN} | x |\n"]), max_size=14
)


@given(LINES, st.integers(1, 60))
def test_however_markdown_is_cut_nothing_is_lost(made: list[str], cut: int) -> None:
    text = "".join(made)
    finder = markdown.MarkdownTables()
    cut = text.find("\n", cut) + 1 or len(text)
    first = finder.find(text[:cut], last=False)
    rest = text[:cut][first.keep :] + text[cut:]
    second = finder.find(rest, last=True)
    whole = markdown.MarkdownTables().find(text, last=True)
    assert [column.values.to_pylist() for column in (*first.columns, *second.columns)] == [
        column.values.to_pylist() for column in whole.columns
    ]


@given(st.text("|-: \n\\`a[](", max_size=60))
def test_any_markdown_is_sound(text: str) -> None:
    found = md(text) if text else md("x")
    assert is_sound(found)


@pytest.mark.parametrize(
    "made", ["|" * 300_000, "-|" * 200_000, "| a |\n|-|-|\n" * 10_000, "[" * 200_000 + "\n|-|-|\n" + "[" * 100_000 + "|\n"]
)
def test_hostile_markdown_is_read_in_time(made: str) -> None:
    assert is_sound(md(f"| a | b |\n|---|---|\n{made}\n"))
