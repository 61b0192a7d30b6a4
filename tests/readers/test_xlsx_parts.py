"""What a workbook holds beside its cells."""

import io
import zipfile

import pytest

from scanner.model.location import ParagraphLocation
from scanner.model.outcome import Reason
from tests.readers.opening import Found, opened
from tests.readers.xlsxs import grid, relationships, row, shared, sheet, strings, text, typed, workbook

SSN = "219-22-9999"
TABLE = grid([["name", "ssn"], ["Anna", "219-22-9998"]])


def with_part(name: str, content: "str | bytes", sheets: "dict[str, str] | None" = None) -> Found:
    return opened(workbook(sheets or {"People": TABLE}, {name: content}), "x.xlsx")


PARTS = {
    "xl/comments1.xml": (
        '<comments><author>Ann</author><comment ref="B2"><text><r><t>219-22</t></r><r><t>-9999</t></r></text></comment></comments>',
        ParagraphLocation("comments1", 2, "comments1!B2", 0, 11),
    ),
    "xl/threadedComments/threadedComment1.xml": (
        f'<ThreadedComments><threadedComment ref="C3"><text>{SSN}</text></threadedComment></ThreadedComments>',
        ParagraphLocation("threadedComment1", 1, "threadedComment1!C3", 0, 11),
    ),
    "xl/persons/person.xml": (
        f'<personList><person displayName="{SSN}" id="1"/></personList>',
        ParagraphLocation("person", 1, "", 0, 11),
    ),
    "xl/drawings/drawing1.xml": (
        "<xdr:wsDr><xdr:sp><a:p><a:r><a:t>219-22</a:t></a:r><a:r><a:t>-9999</a:t></a:r></a:p></xdr:sp></xdr:wsDr>",
        ParagraphLocation("drawing1", 1, "", 0, 11),
    ),
    "xl/drawings/vmlDrawing1.vml": (
        f"<xml><v:shape style='x'><div>{SSN}</div></v:shape></xml>",
        ParagraphLocation("vmlDrawing1", 1, "", 0, 11),
    ),
    "xl/charts/chart1.xml": (
        f"<c:chartSpace><a:p><a:r><a:t>{SSN}</a:t></a:r></a:p><c:v>1</c:v></c:chartSpace>",
        ParagraphLocation("chart1", 1, "", 0, 11),
    ),
    "xl/externalLinks/externalLink1.xml": (
        f'<externalLink><externalBook><sheetData><cell r="A1"><v>{SSN}</v></cell></sheetData></externalBook></externalLink>',
        ParagraphLocation("externalLink1", 1, "", 0, 11),
    ),
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        f'<pivotCacheDefinition><cacheField name="ssn"><sharedItems><s v="{SSN}"/></sharedItems></cacheField></pivotCacheDefinition>',
        ParagraphLocation("pivotCacheDefinition1", 2, "", 5, 16),
    ),
    "xl/pivotCache/pivotCacheRecords1.xml": (
        f'<pivotCacheRecords><r><x v="0"/><s v="{SSN}"/></r></pivotCacheRecords>',
        ParagraphLocation("pivotCacheRecords1", 1, "", 0, 11),
    ),
    "xl/connections.xml": (
        f'<connections><connection id="1"><dbPr connection="{SSN}"/></connection></connections>',
        ParagraphLocation("connections", 2, "", 12, 23),
    ),
    "docProps/core.xml": (
        f"<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:creator>{SSN}</dc:creator></cp:coreProperties>",
        ParagraphLocation("core", 1, "", 9, 20),
    ),
    "docProps/custom.xml": (
        f'<Properties xmlns:v="v"><property name="ssn"><v:lpwstr>{SSN}</v:lpwstr></property></Properties>',
        ParagraphLocation("custom", 1, "", 5, 16),
    ),
    "customXml/item1.xml": (f"<data><ssn>{SSN}</ssn></data>", ParagraphLocation("item1", 1, "", 5, 16)),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_read_at_its_place(name: str) -> None:
    content, place = PARTS[name]
    found = with_part(name, content)
    assert (found.failure, found.problems) == (None, [])
    assert found.place(SSN) == place


def test_a_comment_says_to_which_cell_it_belongs() -> None:
    comments = f'<comments><commentList><comment ref="B2"><text><t>{SSN}</t></text></comment></commentList></comments>'
    parts: dict[str, str | bytes] = {
        "xl/comments7.xml": comments,
        "xl/worksheets/_rels/sheet1.xml.rels": relationships({"x": "../comments7.xml"}),
    }
    assert opened(workbook({"My people": TABLE}, parts), "x.xlsx").place(SSN) == ParagraphLocation("comments7", 1, "'My people'!B2", 0, 11)


def test_a_copy_of_a_threaded_comment_is_read_once() -> None:
    plain = (
        "<comments><author>Ann</author><author>tc={1}</author>"
        f'<comment ref="B2" authorId="1"><text><t>Copy: {SSN}</t></text></comment>'
        '<comment ref="B3" authorId="0"><text><t>219-22-9997</t></text></comment></comments>'
    )
    threaded = f'<ThreadedComments><threadedComment ref="B2"><text>{SSN}</text></threadedComment></ThreadedComments>'
    both: dict[str, str | bytes] = {"xl/comments1.xml": plain, "xl/threadedComments/threadedComment1.xml": threaded}
    found = opened(workbook({"S": TABLE}, both), "x.xlsx")
    assert [found.texts[()].count(value) for value in (SSN, "219-22-9997", "tc=")] == [1, 1, 0]
    assert opened(workbook({"S": TABLE}, {"xl/comments1.xml": plain}), "x.xlsx").texts[()].count(SSN) == 1


def test_headers_hints_and_texts_in_formulas_are_notes_of_their_sheet() -> None:
    behind = (
        f'<dataValidations><dataValidation prompt="hint {SSN}"><formula1>"a,b"</formula1></dataValidation></dataValidations>'
        '<hyperlinks><hyperlink ref="A1" tooltip="tip"/></hyperlinks><headerFooter>'
        '<oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Secret &amp;&amp; more&amp;R&amp;P</oddHeader></headerFooter>'
    )
    found = opened(workbook({"S": sheet(row("1"), behind=behind)}), "x.xlsx")
    assert [segment.text for segment in found.segments if "hint" in segment.text] == [f"hint {SSN}\na,b\ntip\nSecret & more\n"]
    assert found.place(SSN) == ParagraphLocation("S/notes", 1, "", 5, 16)


def test_names_that_stand_for_values_are_read() -> None:
    defined = f'<definedNames><definedName name="area">S!$A$1</definedName><definedName name="ssn">"{SSN}"</definedName></definedNames>'
    found = opened(workbook({"S": sheet(row("1"))}, inside=defined), "x.xlsx")
    assert found.place(SSN) == ParagraphLocation("workbook", 3, "", 6, 17)
    assert "area" not in found.texts[()]


def test_names_of_sheets_are_read_too() -> None:
    found = opened(workbook({"Sheet1": TABLE, f"SSN {SSN}": TABLE}), "x.xlsx")
    assert found.place(SSN) == ParagraphLocation("workbook", 2, "", 4, 15)
    assert "Sheet1" not in found.texts[()]


def test_links_lead_out_of_the_workbook() -> None:
    found = with_part("xl/worksheets/_rels/sheet1.xml.rels", relationships({}, ("mailto:ann@example.org",)))
    assert found.place("ann@example.org") == ParagraphLocation("links", 1, "", 7, 22)


def test_a_link_that_a_cell_shows_is_not_told_twice() -> None:
    parts: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships({}, ("mailto:ann@example.org", "mailto:bo@example.org"))
    }
    found = opened(workbook({"S": grid([["e-mail", "who"], ["ann@example.org", "Bo"]])}, parts), "x.xlsx")
    assert found.texts[()] == "e-mail\twho\nmailto:bo@example.org\n"


def test_what_a_fallback_repeats_is_read_once() -> None:
    box = f"<a:p><a:r><a:t>{SSN}</a:t></a:r></a:p>"
    drawing = f"<wsDr><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></wsDr>"
    assert with_part("xl/drawings/drawing1.xml", drawing).texts[()].count(SSN) == 1


def test_names_of_parts_are_taken_as_programs_write_them() -> None:
    parts: dict[str, str | bytes] = {
        "xl\\worksheets\\Sheet1.xml": TABLE,
        "xl/_rels/workbook.xml.rels": relationships({"r1": "/xl/worksheets/sheet1.xml", "r2": "../xl/WorkSheets/sheet2.xml"}),
    }
    whole = workbook({"One": TABLE, "Two": TABLE}, parts)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(target, "w") as made:
        for name in archive.namelist():
            if name != "xl/worksheets/sheet1.xml":
                made.writestr(name, archive.read(name))
    found = opened(target.getvalue(), "x.xlsx")
    assert found.problems == []
    assert {segment.key for segment in found.column_segments} == {"One!1", "One!2", "Two!1", "Two!2"}


def test_shared_texts_that_no_cell_shows_are_found() -> None:
    found = with_part("xl/sharedStrings.xml", strings("shown", f"ssn {SSN}"), {"S": sheet(row(shared(0)))})
    assert found.place(SSN) == ParagraphLocation("sharedStrings", 1, "", 4, 15)
    assert found.texts[()].count("shown") <= 1


def test_an_embedded_file_is_a_member() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("notes.txt", f"ssn {SSN}")
    found = with_part("xl/embeddings/package.zip", inner.getvalue())
    assert found.texts["xl/embeddings/package.zip", "notes.txt"] == f"ssn {SSN}"


def test_what_only_says_how_things_look_is_passed_over() -> None:
    parts: dict[str, str | bytes] = {
        "xl/printerSettings/printerSettings1.bin": b"\0\1\2\3" * 50,
        "xl/media/image1.png": b"\x89PNG\r\n\x1a\n",
        "xl/theme/theme1.xml": f"<a:theme name='{SSN}'/>",
        "xl/calcChain.xml": "<calcChain><c r='A1'/></calcChain>",
    }
    found = opened(workbook({"S": TABLE}, parts), "x.xlsx")
    assert (found.problems, found.failure, SSN in found.texts[()]) == ([], None, False)


def test_a_sheet_that_no_workbook_names_is_read_under_the_name_of_its_file() -> None:
    found = with_part("xl/worksheets/sheet9.xml", sheet(row(text(SSN))))
    assert [segment.key for segment in found.column_segments] == ["People!1", "People!2", "sheet9!1"]


def test_a_sheet_that_is_named_and_missing_is_told() -> None:
    whole = workbook({"Here": TABLE, "Gone": TABLE})
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(target, "w") as made:
        for name in archive.namelist():
            if name != "xl/worksheets/sheet2.xml":
                made.writestr(name, archive.read(name))
    found = opened(target.getvalue(), "x.xlsx")
    assert [(problem.reason, problem.detail) for problem in found.problems] == [
        (Reason.MALFORMED, "1 of the sheets that it names are missing")
    ]
    assert len(found.columns) == 2


def test_a_binary_workbook_is_not_taken_for_one_in_xml() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(
            "[Content_Types].xml", '<Types><Override ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
        )
        made.writestr("xl/workbook.bin", b"\0\1")
    found = opened(target.getvalue(), "x.xlsb")
    assert found.media_type == "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
    assert found.reasons == [(Reason.MALFORMED, ("xl/workbook.bin",))]


def test_results_of_formulas_count_and_texts_that_they_do_not_show() -> None:
    formula = f'<c r="A1" t="str"><f>CONCAT(B1,"-9999","{SSN}")</f><v>219-22-9999</v></c>'
    again = '<c r="B2"><f>IF(A1="219-22-9997","a@b.org")</f></c>'
    found = opened(
        workbook({"S": sheet(f"<row>{formula}{typed('n', '5')}</row><row r='2'>{again}</row><row r='3'>{again}</row>")}), "x.xlsx"
    )
    assert [values for _, _, values in found.columns] == [[SSN], ["5"]]
    assert found.texts[()] == "219-22-9997\na@b.org\n"
    assert found.place("219-22-9997") == ParagraphLocation("S/formulas", 1, "S!B2", 0, 11)


def test_names_of_sheets_in_the_properties_are_not_read_again() -> None:
    titles = "<TitlesOfParts><vt:vector><vt:lpstr>Anna Smith</vt:lpstr></vt:vector></TitlesOfParts>"
    found = with_part("docProps/app.xml", f"<Properties xmlns:vt='v'><Company>Acme</Company>{titles}</Properties>")
    assert "Company: Acme" in found.texts[()]
    assert "Anna Smith" not in found.texts[()]
