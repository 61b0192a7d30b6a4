"""OpenDocument: every place where text can stand, and where it says that it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import CellLocation, ParagraphLocation
from scanner.model.outcome import Reason
from scanner.readers.budget import Limits
from tests.readers.docxs import parts
from tests.readers.odfs import SHEETS, SLIDES, SPACES, TEXT, cell, content, flat, package, paragraph, row, table
from tests.readers.opening import Found, opened

SSN = "219-22-9999"
OTHER = "219-22-9998"


def columns(found: Found) -> list[tuple[tuple[str, ...], list[str | None]]]:
    return [(names, values) for _, names, values in found.columns]


def test_paragraphs_are_lines_and_know_their_number() -> None:
    found = opened(package(TEXT, "<text:h>title</text:h>", paragraph("ssn ", "<text:span>219-22</text:span>", "-9999")), "x.odt")
    assert found.texts == {(): f"title\nssn {SSN}\n"}
    assert found.place(SSN) == ParagraphLocation("body", 2, "", 4, 15)
    assert found.problems == []


def test_spaces_tabs_and_breaks_are_characters() -> None:
    said = paragraph("a", '<text:s text:c="3"/>', "b", "<text:tab/>", "c", "<text:line-break/>", "d\n   e")
    assert opened(package(TEXT, said), "x.odt").texts[()] == "a   b\tc\nd e\n"


def test_what_hangs_on_a_paragraph_does_not_cut_it() -> None:
    note = "<text:note text:note-class='{}'><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    comment = f"<office:annotation><dc:creator>Ann</dc:creator><dc:date>2024</dc:date>{paragraph('remark')}</office:annotation>"
    box = f"<draw:frame><draw:text-box>{paragraph('in a box')}</draw:text-box><svg:desc>a picture</svg:desc></draw:frame>"
    whole = paragraph(
        "ssn 219-", comment, note.format("footnote", paragraph("below")), box, note.format("endnote", paragraph("end")), "22-9999"
    )
    assert parts(opened(package(TEXT, whole), "x.odt")) == {
        "body": f"ssn {SSN}\n",
        "comments": "Ann\nremark\n",
        "footnotes": "below\n",
        "endnotes": "end\n",
        "body/textbox": "in a box\n",
        "body/descriptions": "a picture\n",
    }


def test_deleted_text_fields_and_links_are_read() -> None:
    found = opened(
        package(
            TEXT,
            f"<text:tracked-changes><text:deletion>{paragraph(f'was {SSN}')}</text:deletion></text:tracked-changes>",
            '<text:user-field-decl text:name="secret" office:string-value="declared"/>',
            paragraph('<text:hidden-text text:string-value="hidden"/>', '<text:a xlink:href="https://x.example/a">', "there", "</text:a>"),
            paragraph('<draw:control><form:text form:current-value="typed in"/></draw:control>'),
        ),
        "x.odt",
    )
    assert parts(found) == {
        "body": "there\n",
        "body/deleted": f"was {SSN}\n",
        "body/values": "declared\nhidden\ntyped in\n",
        "links": "https://x.example/a\n",
    }


def test_headers_footers_and_properties_are_read() -> None:
    styles = f"<office:document-styles {SPACES}><office:master-styles><style:master-page><style:header>{paragraph('head')}</style:header>"
    styles += f"<style:footer>{paragraph('foot')}</style:footer></style:master-page></office:master-styles></office:document-styles>"
    meta = f"<office:document-meta {SPACES}><office:meta><dc:creator>Ann</dc:creator><meta:editing-cycles>3</meta:editing-cycles>"
    meta += f'<meta:user-defined meta:name="ssn">{SSN}</meta:user-defined></office:meta></office:document-meta>'
    found = opened(package(TEXT, paragraph("x"), parts={"styles.xml": styles, "meta.xml": meta, "settings.xml": "<x>no</x>"}), "x.odt")
    assert parts(found) == {"body": "x\n", "header": "head\n", "footer": "foot\n", "meta": f"creator: Ann\nssn: {SSN}\n"}
    assert found.problems == []


def test_a_table_of_data_becomes_columns_under_its_headings() -> None:
    found = opened(package(TEXT, table("t", row("name", "ssn"), row("Ann", SSN), row("Bob", OTHER)), paragraph("behind")), "x.odt")
    assert columns(found) == [(("name",), ["Ann", "Bob"]), (("ssn",), [SSN, OTHER])]
    assert found.column_segments[1].locator.at(1, 0, 11) == ParagraphLocation("body", 6, "table 1, row 3, column 2", 0, 11)
    assert found.texts[()] == "behind\n"


def test_marked_rows_head_a_table_and_tables_in_tables_keep_their_places() -> None:
    marked = f"<table:table-header-rows>{row('name', 'city')}</table:table-header-rows>"
    assert columns(opened(package(TEXT, table("t", marked, row("Ann", "Rome"))), "x.odt")) == [(("name",), ["Ann"]), (("city",), ["Rome"])]
    inner = f"<table:table-cell>{table('in', row('deep', SSN))}</table:table-cell>"
    found = opened(package(TEXT, table("t", row("a", "b"), row("c", inner))), "x.odt")
    assert (found.columns, found.texts[()]) == ([], f"a\tb\nc\tdeep\n{SSN}\n")
    assert found.place(SSN) == ParagraphLocation("body", 5, "table 2, row 1, column 2", 0, 11)


def test_a_long_table_goes_on_under_its_headings() -> None:
    rows = [row("name", "ssn"), *[row(f"n{number}", SSN) for number in range(40_000)]]
    found = opened(package(TEXT, table("t", *rows)), "x.odt")
    assert {names for names, _ in columns(found)} == {("name",), ("ssn",)}
    assert sum(len(values) for names, values in columns(found) if names == ("ssn",)) == 40_000
    assert found.column_segments[-1].locator.at(len(found.columns[-1][2]) - 1, 0, 11) == ParagraphLocation(
        "body", 80_002, "table 1, row 40001, column 2", 0, 11
    )
    assert found.texts == {}


def test_slides_have_notes_comments_and_tables() -> None:
    page = f"<draw:page><draw:frame><draw:text-box>{paragraph(f'ssn {SSN}')}</draw:text-box></draw:frame>"
    page += f"<office:annotation>{paragraph('why?')}</office:annotation><presentation:notes><draw:frame><draw:text-box>"
    page += f"{paragraph('say')}</draw:text-box></draw:frame></presentation:notes></draw:page>"
    found = opened(package(SLIDES, "<draw:page/>", page), "x.odp")
    assert parts(found) == {"slide2": f"ssn {SSN}\n", "slide2/comments": "why?\n", "slide2/notes": "say\n"}
    assert found.place(SSN) == ParagraphLocation("slide2", 1, "", 4, 15)


def test_a_sheet_is_a_table_under_its_headings() -> None:
    found = opened(
        package(SHEETS, table("Staff", row("name", "ssn"), row("Ann", SSN), row("Bob", OTHER)), table("My Sheet", row("ssn"), row(SSN))),
        "x.ods",
    )
    assert columns(found) == [(("name",), ["Ann", "Bob"]), (("ssn",), [SSN, OTHER]), (("ssn",), [SSN])]
    assert found.column_segments[1].locator.at(1, 0, 11) == CellLocation(3, 2, "ssn", "Staff!B3", 0, 11)
    assert found.column_segments[2].locator.at(0, 0, 11) == CellLocation(2, 1, "ssn", "'My Sheet'!A2", 0, 11)


@pytest.mark.parametrize(
    ("made", "read"),
    [
        (cell("4.11E+15", "float", "4111111111111111"), "4111111111111111"),
        (cell("219-22-9999", "float", "219229999"), "219-22-9999"),
        (cell("00501", "float", "501"), "00501"),
        (cell("12.05.24", "date", "2024-05-12"), "2024-05-12"),
        (cell("noon", "date", "2024-05-12T12:00:00"), "2024-05-12 12:00:00"),
        (cell("TRUE", "boolean"), "TRUE"),
        (cell("", "string", "not shown"), "not shown"),
        (cell("50%", "percentage", "0.5"), "0.5"),
    ],
)
def test_every_kind_of_cell_is_its_text(made: str, read: str) -> None:
    found = opened(package(SHEETS, table("S", row("value"), row(made), row("text below"))), "x.ods")
    assert columns(found)[0][1][-2] == read


def test_repeated_cells_and_rows_are_where_they_are_shown() -> None:
    found = opened(
        package(
            SHEETS,
            table(
                "S",
                row("name", "x", "ssn"),
                row(cell(number_columns_repeated="2"), SSN, repeated=2),
                row(cell(number_columns_repeated="16384"), repeated=1000),
                row(cell("Ann", number_columns_repeated="2"), OTHER),
            ),
        ),
        "x.ods",
    )
    assert columns(found)[-1] == (("ssn",), [SSN, SSN, OTHER])
    assert found.column_segments[-1].locator.at(1, 0, 11) == CellLocation(3, 3, "ssn", "S!C3", 0, 11)
    assert found.column_segments[-1].locator.at(2, 0, 11) == CellLocation(1004, 3, "ssn", "S!C1004", 0, 11)


def test_a_sheet_that_repeats_itself_beyond_measure_is_stopped() -> None:
    bomb = row(cell("x", number_columns_repeated="16384"), repeated=1_048_576)
    found = opened(package(SHEETS, table("S", bomb, bomb)), "x.ods", Limits(ratio_after=1_000_000))
    assert found.failure is not None
    assert found.failure.reason in {Reason.BUDGET_RATIO, Reason.BUDGET_BYTES}


def test_comments_drawings_and_formulas_know_their_cell() -> None:
    drawn = f"<draw:custom-shape>{paragraph('drawn')}</draw:custom-shape>"
    noted = f"<office:annotation>{paragraph(SSN)}</office:annotation>{drawn}{paragraph('shown')}"
    noted = f'<table:table-cell office:value-type="string">{noted}</table:table-cell>'
    found = opened(package(SHEETS, table("S", row("a", noted), row(cell("no", formula='of:=IF([.A1];"yes it is";"no")')))), "x.ods")
    assert found.place(SSN) == ParagraphLocation("comments", 1, "S!B1", 0, 11)
    assert parts_beside_cells(found) == {"comments": f"{SSN}\n", "body/textbox": "drawn\n", "S/formulas": "yes it is\n"}


def parts_beside_cells(found: Found) -> dict[str, str]:
    """The text of each part that is no sheet."""
    texts: dict[str, str] = {}
    for segment in found.segments:
        place = segment.locator.at(segment.text, 0, 1)
        if isinstance(place, ParagraphLocation):
            texts[place.part] = texts.get(place.part, "") + segment.text
    return texts


@pytest.mark.parametrize("kind", [TEXT, SHEETS, SLIDES])
def test_a_flat_document_gives_what_a_package_gives(kind: str) -> None:
    blocks = {
        TEXT: (paragraph(f"ssn {SSN}"), table("t", row("name", "ssn"), row("Ann", SSN), row("Bob", OTHER))),
        SHEETS: (table("S", row("name", "ssn"), row("Ann", SSN)),),
        SLIDES: (f"<draw:page><draw:frame><draw:text-box>{paragraph(SSN)}</draw:text-box></draw:frame></draw:page>",),
    }[kind]
    one, other = opened(flat(kind, *blocks), "x.fodt"), opened(package(kind, *blocks), "x.odt")
    assert one.media_type == "application/vnd.oasis.opendocument.flat"
    assert (one.texts, one.columns, one.problems) == (other.texts, other.columns, [])


def test_pictures_inside_a_flat_document_are_not_taken_for_text() -> None:
    picture = "<draw:frame><draw:image><office:binary-data>QUJDRA==</office:binary-data></draw:image></draw:frame>"
    assert opened(flat(TEXT, paragraph("a", picture, "b")), "x").texts[()] == "ab\n"


def test_embedded_objects_macros_and_other_files_are_read() -> None:
    found = opened(
        package(
            TEXT,
            paragraph("x"),
            parts={
                "Object 1/content.xml": content(SHEETS, table("Data", row("ssn"), row(SSN))),
                "Basic/Standard/Module1.xml": f'<script:module xmlns:script="s">pin = "{OTHER}"</script:module>',
                "Pictures/1.png": b"\x89PNG",
                "Versions/Version1": package(TEXT, paragraph("older")),
                "META-INF/manifest.xml": "<manifest/>",
                "layout-cache": b"\0\1\2",
            },
        ),
        "x.odt",
    )
    assert columns(found) == [(("ssn",), [SSN])]
    assert OTHER in found.texts[("Basic/Standard/Module1.xml",)]
    assert found.texts[("Versions/Version1",)] == "older\n"
    assert found.problems == []


@pytest.mark.parametrize("sealed", [{"content.xml": b"\x93\x12\xff\0noise"}, {"encrypted-package": b"\x93\x12\xff\0noise"}])
def test_a_document_with_a_password_is_encrypted(sealed: dict[str, str | bytes]) -> None:
    manifest = f"<manifest:manifest {SPACES}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    failure = opened(package(TEXT, parts={**sealed, "META-INF/manifest.xml": manifest}), "x.odt").failure
    assert failure is not None
    assert failure.reason is Reason.ENCRYPTED


def test_a_document_that_only_says_it_is_encrypted_is_read() -> None:
    manifest = "<m><encryption-data/></m>"
    assert opened(package(TEXT, paragraph(SSN), parts={"META-INF/manifest.xml": manifest}), "x.odt").texts[()] == f"{SSN}\n"


def test_damage_costs_its_markup_only() -> None:
    found = opened(package(TEXT, paragraph("before"), f"<text:p>cut {SSN}", paragraph("behind"), "</text:h>", paragraph("last")), "x.odt")
    assert found.reasons == [(Reason.MALFORMED, ("content.xml",))]
    assert {"before", "behind", "last"} <= set(found.texts[()].split("\n"))
    assert SSN in found.texts[()]


def test_rows_behind_damage_are_rows_again() -> None:
    rows = [row(f"n{number}", SSN) for number in range(20)]
    found = opened(
        package(SHEETS, table("S", row("name", "ssn"), *rows[:10], "<table:table-row><oops</table:table-row>", *rows[10:])), "x.ods"
    )
    assert found.reasons == [(Reason.MALFORMED, ("content.xml",))]
    assert sum(values.count(SSN) for _, values in columns(found)) == 20


def test_entities_are_refused_and_nothing_is_fetched() -> None:
    hostile = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "&b;&b;">]>' + content(TEXT, f"<text:p>{SSN} &b;&c;</text:p>")
    found = opened(package(TEXT, parts={"content.xml": hostile}), "x.odt")
    assert SSN in found.texts[()]
    assert "root:" not in found.texts[()]
    assert found.reasons == [(Reason.MALFORMED, ("content.xml",))]


def test_comments_inside_comments_belong_to_the_outer_ones() -> None:
    deep = "<office:annotation><text:p>" * 5_000 + SSN + "</text:p></office:annotation>" * 5_000
    found = opened(package(TEXT, paragraph(deep)), "x.odt")
    assert parts(found) == {"comments/textbox": f"{SSN}\n"}


def test_deep_nesting_is_read_in_time() -> None:
    sections = "<text:section>" * 20_000 + paragraph(SSN) + "</text:section>" * 20_000
    assert opened(package(TEXT, sections), "x.odt").texts[()] == f"{SSN}\n"
    tables = (
        "<table:table><table:table-row><table:table-cell>" * 5_000
        + paragraph(SSN)
        + "</table:table-cell></table:table-row></table:table>" * 5_000
    )
    assert opened(package(TEXT, tables), "x.odt").texts[()] == f"{SSN}\n"


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=5), min_size=2, max_size=4), min_size=1, max_size=6
    )
)
def test_what_is_written_into_cells_is_read_from_them(rows: list[list[str]]) -> None:
    found = opened(package(SHEETS, table("S", *(row(*map(cell, cells)) for cells in rows))), "x.ods")
    read = "\n".join((*found.texts.values(), *(value for _, values in columns(found) for value in values if value)))
    assert all(text in read for cells in rows for text in cells)
