"""Word documents: every place that text can be in."""

import http.server
import io
import threading

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import ParagraphLocation
from scanner.model.outcome import Reason
from scanner.readers.budget import MIB, Limits
from scanner.readers.packages import WORD
from tests.readers.docxs import SPACES, body, bold, cell, package, paragraph, run, story, table
from tests.readers.opening import Found, is_sound, opened

SSN = "219-22-9999"
OTHER = "219-22-9998"


def parts(found: Found) -> dict[str, str]:
    """The text of each part, as its locations name it."""
    texts: dict[str, str] = {}
    for segment in found.segments:
        place = segment.locator.at(segment.text, 0, 1)
        assert isinstance(place, ParagraphLocation)
        texts[place.part] = texts.get(place.part, "") + segment.text
    return texts


def test_paragraphs_are_lines_and_know_their_number() -> None:
    found = opened(package(body(paragraph("first"), paragraph(), paragraph("my ssn is ", SSN))), "x.docx")
    assert (found.media_type, parts(found), found.problems) == (WORD, {"body": f"first\nmy ssn is {SSN}\n"}, [])
    assert found.place(SSN) == ParagraphLocation("body", 3, "", 10, 21)


def test_a_document_of_python_docx_is_read() -> None:
    document = docx.Document()
    document.add_paragraph(f"ssn {SSN}")
    document.sections[0].header.paragraphs[0].text = "in the header"
    target = io.BytesIO()
    document.save(target)
    found = opened(target.getvalue(), "anything")
    assert parts(found)["body"] == f"ssn {SSN}\n"
    assert parts(found)["header1"] == "in the header\n"


def test_a_value_over_several_runs_is_one() -> None:
    split = paragraph(
        run("219-"), "<w:bookmarkStart/>", "<w:proofErr/>", run("22"), "<w:hyperlink>" + run("-99") + "</w:hyperlink>", run("99")
    )
    assert parts(opened(package(body(split)), "x.docx")) == {"body": f"{SSN}\n"}


def test_headers_footers_notes_comments_and_the_glossary_are_read() -> None:
    found = opened(
        package(
            body(paragraph("text")),
            {
                "word/header2.xml": story("hdr", paragraph("head")),
                "word/footer1.xml": story("ftr", paragraph("foot")),
                "word/footnotes.xml": story(
                    "footnotes",
                    '<w:footnote w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
                    "<w:footnote>" + paragraph(f"note {SSN}") + "</w:footnote>",
                ),
                "word/endnotes.xml": story("endnotes", "<w:endnote>" + paragraph("end") + "</w:endnote>"),
                "word/comments.xml": story("comments", "<w:comment>" + paragraph("one") + paragraph("two") + "</w:comment>"),
                "word/glossary/document.xml": story(
                    "glossaryDocument",
                    f"<w:docParts><w:docPart><w:docPartBody>{paragraph('part')}</w:docPartBody></w:docPart></w:docParts>",
                ),
            },
        ),
        "x.docx",
    )
    expected = {"header2": "head\n", "footer1": "foot\n", "footnotes": f"note {SSN}\n", "endnotes": "end\n", "comments": "one\ntwo\n"}
    assert parts(found) == {"body": "text\n", **expected, "glossary": "part\n"}
    assert found.place(SSN) == ParagraphLocation("footnotes", 1, "", 5, 16)


def alternate(choice: str, fallback: str) -> str:
    branches = f'<mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{branches}</mc:AlternateContent></w:r>"


def test_a_text_box_is_read_once_and_does_not_cut_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('in the box')}{paragraph(SSN)}</w:txbxContent>"
    both = alternate(f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>", f"<w:pict><v:textbox>{box}</v:textbox></w:pict>")
    found = opened(package(body(paragraph("before ", both, "after"))), "x.docx")
    assert parts(found) == {"body": "before after\n", "body/textbox": f"in the box\n{SSN}\n"}
    assert found.place(SSN) == ParagraphLocation("body/textbox", 2, "", 0, 11)


def test_an_empty_choice_gives_way_to_the_fallback() -> None:
    assert parts(opened(package(body(paragraph(alternate("<w:drawing/>", "<w:t>only here</w:t>")))), "x.docx")) == {"body": "only here\n"}


def test_old_vml_boxes_and_boxes_in_boxes_are_read() -> None:
    inner = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('inner')}</w:txbxContent></v:textbox></w:pict></w:r>"
    outer = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('outer ', inner)}</w:txbxContent></v:textbox></w:pict></w:r>"
    found = parts(opened(package(body(paragraph(outer))), "x.docx"))
    assert sorted(found["body/textbox"].split("\n")) == ["", "inner", "outer "]


def inserted(text: str) -> str:
    return f"<w:ins>{run(text)}</w:ins>"


def deleted(text: str) -> str:
    return f'<w:del><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def test_a_replaced_value_is_found_before_and_after_with_its_keyword() -> None:
    found = opened(package(body(paragraph("ssn: ", deleted(SSN), inserted(OTHER), " since May"))), "x.docx")
    assert parts(found) == {"body": f"ssn: {OTHER} since May\n", "body/deleted": f"ssn: {SSN} since May\n"}
    assert found.place(SSN) == ParagraphLocation("body/deleted", 1, "", 5, 16)


def test_what_no_deletion_touches_is_not_found_twice() -> None:
    found = parts(opened(package(body(paragraph(f"ssn {SSN}, mail ann@example.org, ", deleted("an old "), "note"))), "x.docx"))
    assert found["body/deleted"] == "ssn " + " " * 12 + " mail " + " " * 16 + " an old note\n"


def test_a_number_of_which_a_group_was_deleted_is_whole_in_the_old_paragraph() -> None:
    found = parts(opened(package(body(paragraph("card 4111 1111 ", deleted("1111 1111"), inserted("1111 1112")))), "x.docx"))
    assert found == {"body": "card 4111 1111 1111 1112\n", "body/deleted": "card 4111 1111 1111 1111\n"}


def test_a_digit_deleted_inside_a_number_leaves_both_numbers_whole() -> None:
    found = parts(opened(package(body(paragraph("ssn 219-22-99", deleted("8"), inserted("9"), "9"))), "x.docx"))
    assert found == {"body": "ssn 219-22-9999\n", "body/deleted": "ssn 219-22-9989\n"}


@given(st.lists(st.tuples(st.text("a1 -@", max_size=6), st.sampled_from(["", "ins", "del"])), max_size=7))
def test_the_old_paragraph_has_every_character_in_its_place_or_blanked(pieces: list[tuple[str, str]]) -> None:
    made = {"": run, "ins": inserted, "del": deleted}
    found = parts(opened(package(body(paragraph("x", *[made[change](text) for text, change in pieces]))), "x.docx"))
    current = "x" + "".join(text for text, change in pieces if change != "del")
    old = "x" + "".join(text for text, change in pieces if change != "ins")
    assert found["body"] == current + "\n"
    if any(change == "del" and text.strip() for text, change in pieces):
        shown = found["body/deleted"][:-1]
        assert len(shown) == len(old)
        assert all(here in (there, " ") for here, there in zip(shown, old, strict=True))
        at = 1
        for text, change in pieces:
            if change == "del" and text.strip():
                assert shown[at : at + len(text)] == text
            at += len(text) if change != "ins" else 0
    else:
        assert "body/deleted" not in found


def test_moved_text_is_read_where_it_went() -> None:
    moved = f"<w:moveFrom>{run(SSN)}</w:moveFrom>"
    assert parts(opened(package(body(paragraph("was here", moved), paragraph(f"<w:moveTo>{run(SSN)}</w:moveTo>"))), "x.docx")) == {
        "body": f"was here\n{SSN}\n"
    }


def test_signs_between_runs_are_kept_as_space_and_hyphen() -> None:
    signs = "<w:tab/>", "<w:br/>", "<w:noBreakHyphen/>", "<w:softHyphen/>", "<w:sym/>"
    letters = "".join(f"<w:t>{letter}</w:t>{sign}" for letter, sign in zip("abcde", signs, strict=True))
    assert parts(opened(package(body(paragraph(f"<w:r>{letters}<w:t>f</w:t></w:r>"))), "x.docx")) == {"body": "a\tb\nc-de f\n"}


def test_content_controls_and_formulas_are_read() -> None:
    inline = f"<w:sdt><w:sdtContent>{run(SSN)}</w:sdtContent></w:sdt>"
    control = f"<w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>{paragraph('block ', inline)}</w:sdtContent></w:sdt>"
    formula = paragraph("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")
    assert parts(opened(package(body(control, formula)), "x.docx")) == {"body": f"block {SSN}\nx=1\n"}


def field(instruction: str, shown: str) -> str:
    halves = (instruction[:5], instruction[5:])
    text = "".join(f'<w:r><w:instrText xml:space="preserve">{half}</w:instrText></w:r>' for half in halves)
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return marks[0] + text + marks[1] + run(shown) + marks[2]


def test_field_instructions_with_arguments_are_notes_of_their_paragraph() -> None:
    database = 'DATABASE \\c "DSN=pay;UID=sa;PWD=hunter2" \\s "select"'
    found = opened(
        package(body(paragraph("x"), paragraph(field(database, "table")), paragraph(field("PAGE \\* MERGEFORMAT", "7")))), "x.docx"
    )
    assert parts(found) == {"body": "x\ntable\n7\n", "body/notes": database + "\n"}
    assert found.place("hunter2") == ParagraphLocation("body/notes", 2, "", 32, 39)


def test_link_targets_are_given_unless_the_text_shows_them() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="1" TargetMode="External" Target="mailto:ann@example.org?subject=x"/>'
        '<Relationship Id="2" TargetMode="External" Target="https://user:word@example.org/"/>'
        '<Relationship Id="3" Target="styles.xml"/></Relationships>'
    )
    shown = paragraph("write to ann@example.org. Or: ", field('HYPERLINK "mailto:bob@example.org"', "bob@example.org"))
    found = opened(package(body(shown), {"word/_rels/document.xml.rels": relations}), "x.docx")
    assert parts(found) == {"body": "write to ann@example.org. Or: bob@example.org\n", "links": "https://user:word@example.org/\n"}


def test_descriptions_of_pictures_and_word_art_are_notes() -> None:
    drawing = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="passport of Ann" title="scan"/></wp:inline></w:drawing></w:r>'
    art = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
    assert parts(opened(package(body(paragraph("x", drawing, art))), "x.docx"))["body/notes"] == "scan\npassport of Ann\nDRAFT\n"


def test_properties_variables_and_bound_data_are_read_with_their_names() -> None:
    found = opened(
        package(
            body(paragraph("x")),
            {
                "docProps/core.xml": '<cp xmlns:dc="d"><dc:creator>Ann Example</dc:creator><dc:created>2024-01-01</dc:created></cp>',
                "docProps/app.xml": "<Properties><Company>Example</Company><Words>1234567</Words></Properties>",
                "docProps/custom.xml": f'<Properties><property name="ssn"><lpwstr>{SSN}</lpwstr></property></Properties>',
                "word/settings.xml": story("settings", '<w:docVars><w:docVar w:name="key" w:val="value"/></w:docVars>'),
                "customXml/item1.xml": f'<person id="7"><ssn>{OTHER}</ssn></person>',
                "word/styles.xml": story("styles", "<w:style/>"),
            },
        ),
        "x.docx",
    )
    assert parts(found) == {
        "body": "x\n",
        "core": "creator: Ann Example\n",
        "app": "Company: Example\n",
        "custom": f"ssn: {SSN}\n",
        "settings": "key: value\n",
        "item1": f"id: 7\nssn: {OTHER}\n",
    }


def test_charts_and_diagrams_are_read_and_drawings_of_diagrams_are_not_read_twice() -> None:
    text = '<d xmlns:a="x"><a:p x="123456789"><a:t>Ann</a:t></a:p></d>'
    extra: dict[str, str | bytes] = {"word/diagrams/data1.xml": text, "word/diagrams/drawing1.xml": text, "word/charts/chart1.xml": text}
    assert parts(opened(package(body(paragraph("x")), extra), "x.docx")) == {"body": "x\n", "data1": "Ann\n", "chart1": "Ann\n"}


def test_embedded_files_are_members_and_pictures_are_not_looked_at() -> None:
    found = opened(
        package(
            body(paragraph("x")),
            {
                "word/embeddings/list.csv": f"name,ssn\nAnn,{SSN}\nBob,{OTHER}\n",
                "word/media/image1.png": b"\x89PNG",
                "word/chunk1.htm": "<p>chunk</p>",
            },
        ),
        "x.docx",
    )
    assert (("word/embeddings/list.csv",), ("ssn",), [SSN, OTHER]) in found.columns
    assert found.texts["word/chunk1.htm",] == "<p>chunk</p>"
    assert found.problems == []


def test_a_document_that_only_shows_pictures_is_said_to_be_unread() -> None:
    found = opened(package(body(paragraph("<w:r><w:drawing/></w:r>")), {"word/media/image1.png": b"\x89PNG"}), "x.docx")
    assert [(problem.reason, problem.detail) for problem in found.problems] == [(Reason.MEMBERS_UNREAD, "it shows pictures and no text")]


PEOPLE = (["Name", "SSN", "City"], ["Ann", SSN, "Rome"], ["Bob", OTHER, "Oslo"])


def test_a_table_of_data_becomes_columns_under_their_headings() -> None:
    found = opened(package(body(paragraph("before"), table(*PEOPLE), paragraph("after"))), "x.docx")
    assert parts(found) == {"body": "before\nafter\n"}
    assert [segment.continues for segment in found.segments] == [False, False]
    assert found.columns == [((), ("Name",), ["Ann", "Bob"]), ((), ("SSN",), [SSN, OTHER]), ((), ("City",), ["Rome", "Oslo"])]
    assert [segment.key for segment in found.column_segments] == ["body table 1 column 1", "body table 1 column 2", "body table 1 column 3"]
    place = found.column_segments[1].locator.at(1, 4, 6)
    assert place == ParagraphLocation("body", 9, "table 1, row 3, column 2", 4, 6)


def test_a_cell_of_several_paragraphs_is_one_value_with_places_in_each() -> None:
    many = cell("first line", SSN)
    found = opened(package(body(table(["Name", "Note", "Number"], ["Ann", many, "12345"], ["Bob", "x", "23456"]))), "x.docx")
    assert found.columns[1][2] == [f"first line\n{SSN}", "x"]
    locator = found.column_segments[1].locator
    assert locator.at(0, 11, 22) == ParagraphLocation("body", 6, "table 1, row 2, column 2", 0, 11)
    assert locator.at(0, 0, 5) == ParagraphLocation("body", 5, "table 1, row 2, column 2", 0, 5)


def test_a_form_with_labels_stays_prose_with_label_and_value_side_by_side() -> None:
    found = opened(package(body(table(["Name", "Ann"], ["SSN", SSN], ["Phone", "555-0100"]))), "x.docx")
    assert (parts(found), found.columns) == ({"body": f"Name\tAnn\nSSN\t{SSN}\nPhone\t555-0100\n"}, [])
    assert found.place(SSN) == ParagraphLocation("body", 4, "table 1, row 2, column 2", 0, 11)


@pytest.mark.parametrize(
    "made",
    [
        table(["Name", "SSN"], ["Ann", SSN], marked=True),
        table([cell(f"<w:p>{bold('Name')}</w:p>"), cell(f"<w:p>{bold('SSN')}</w:p>")], ["Ann", SSN]),
        table(["Name", "SSN"], ["Ann", SSN], ["Bob", OTHER]),
    ],
    ids=["repeated first row", "bold first row", "values of one shape"],
)
def test_two_columns_are_data_when_the_first_row_is_set_apart_or_the_values_are_alike(made: str) -> None:
    assert ((), ("SSN",)) in [column[:2] for column in opened(package(body(made)), "x.docx").columns]


@pytest.mark.parametrize(
    "made",
    [
        table(["Name", SSN, "City"], ["Ann", OTHER, "Oslo"], marked=True),
        table(["Name", "Name", "City"], ["Ann", OTHER, "Oslo"], marked=True),
        table(["Name:", "SSN:", "City:"], ["Ann", OTHER, "Oslo"], marked=True),
        table(["Name", "SSN"], ["Ann", OTHER, "Oslo"], marked=True),
        table([cell("Name", properties='<w:gridSpan w:val="2"/>'), "SSN"], ["Ann", OTHER], marked=True),
        table(["Name", "SSN"], [cell(table(["x"])), OTHER], marked=True),
        table(["Name", "SSN"], marked=True),
        table(["Only"], ["one"], marked=True),
    ],
    ids=["value in the head", "same heading twice", "labels", "ragged", "spanning", "nested", "head only", "one column"],
)
def test_other_tables_are_prose_and_lose_nothing(made: str) -> None:
    found = opened(package(body(made)), "x.docx")
    assert found.columns == []
    assert all(word in parts(found)["body"] for word in ("Name", OTHER) if word in made)


def test_tables_in_tables_and_spanning_cells_have_their_own_places() -> None:
    inner = table(["in", SSN])
    outer = table([cell("wide", properties='<w:gridSpan w:val="2"/>'), "last"], ["a", cell(inner), "c"])
    found = opened(package(body(outer)), "x.docx")
    assert parts(found)["body"] == f"wide\tlast\na\tin\n{SSN}\tc\n"
    assert found.place("last") == ParagraphLocation("body", 2, "table 1, row 1, column 3", 0, 4)
    assert found.place(SSN) == ParagraphLocation("body", 5, "table 2, row 1, column 2", 0, 11)


def test_rows_and_cells_inside_content_controls_are_read() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{cell('a')}</w:sdtContent></w:sdt>{cell(SSN)}</w:tr></w:sdtContent></w:sdt>"
    assert parts(opened(package(body(f"<w:tbl><w:tblPr/>{row}</w:tbl>")), "x.docx")) == {"body": f"a\t{SSN}\n"}


def test_a_match_over_two_paragraphs_is_located_in_the_first() -> None:
    found = opened(package(body(paragraph("4111 1111"), paragraph("1111 1111"))), "x.docx")
    segment = found.segments[0]
    assert segment.locator.at(segment.text, 5, 14) == ParagraphLocation("body", 1, "", 5, 9)


def test_a_long_document_comes_in_several_segments_that_continue() -> None:
    found = opened(package(body(*[paragraph(f"number {number} " + "x" * 90) for number in range(12_000)])), "x.docx", Limits(ratio=10_000))
    assert len(found.segments) == 2
    assert [segment.continues for segment in found.segments] == [False, True]
    assert found.texts[()].count("number") == 12_000
    assert found.place("number 11999 ") == ParagraphLocation("body", 12_000, "", 0, 13)


def test_a_strict_document_is_read() -> None:
    strict = body(paragraph("text")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert parts(opened(package(strict), "x.docx")) == {"body": "text\n"}


def test_blocks_that_nobody_knows_are_read_in_their_place() -> None:
    unknown = f"<w:future>{paragraph('unknown')}</w:future>"
    assert parts(opened(package(body(paragraph("a"), unknown, paragraph("b"), unknown)), "x.docx")) == {"body": "a\nunknown\nb\nunknown\n"}


DAMAGED = [(Reason.MALFORMED, ("word/document.xml",))]


def test_damaged_xml_is_read_to_the_damage_and_behind_it_without_markup() -> None:
    damaged = body(
        *[paragraph(f"number {number}") for number in range(50)], "<w:p><w:r><w:t>cut</w:r></w:p>", paragraph(f"ssn {SSN} &amp; more")
    )
    found = opened(package(damaged), "x.docx")
    assert found.reasons == DAMAGED
    assert found.texts[()].split("\n") == [*[f"number {number}" for number in range(50)], "cut", f"ssn {SSN} & more", ""]
    assert found.place(SSN) == ParagraphLocation("body", 52, "", 4, 15)


def test_xml_that_ends_early_is_read_to_its_end() -> None:
    found = opened(package(body(paragraph("one"), paragraph("two"), paragraph("three"))[:-60]), "x.docx")
    assert found.reasons == DAMAGED
    assert found.texts[()].split("\n")[:2] == ["one", "two"]


def test_elements_nested_too_deep_are_read_without_markup() -> None:
    deep = "<w:smartTag>" * 400 + run(SSN) + "</w:smartTag>" * 400
    found = opened(package(body(paragraph("first"), f"<w:p>{deep}</w:p>")), "x.docx")
    assert (found.texts[()], found.reasons) == (f"first\n{SSN}\n", DAMAGED)


def test_an_external_entity_is_never_fetched() -> None:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}/x"
        doctype = f'<!DOCTYPE d SYSTEM "{address}.dtd" [<!ENTITY a SYSTEM "{address}"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        found = opened(package(doctype + body(paragraph(f"ssn {SSN} &a; &b;"))), "x.docx")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert asked == []
    assert f"ssn {SSN} &a; &b;" in found.texts[()]
    assert "root:" not in found.texts[()]
    assert found.reasons == DAMAGED


def test_a_billion_laughs_are_not_laughed() -> None:
    entities = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
    found = opened(package(f"<!DOCTYPE d [{entities}]>" + body(paragraph(f"&l11; {SSN}"))), "x.docx")
    assert SSN in found.texts[()]
    assert len(found.texts[()]) < 2000
    assert found.reasons == DAMAGED


def test_a_part_that_is_too_large_is_said_and_the_others_are_read() -> None:
    large = story("hdr", *[paragraph("x" * 100)] * 200)
    found = opened(package(body(paragraph(SSN)), {"word/header1.xml": large}), "x.docx", Limits(memory_bytes=10_000))
    assert found.texts == {(): f"{SSN}\n"}
    assert found.reasons == [(Reason.BUDGET_MEMORY, ("word/header1.xml",))]


def test_a_compressed_bomb_of_a_part_is_stopped() -> None:
    found = opened(package(body(paragraph(SSN), paragraph(" " * 20 * MIB))), "x.docx", Limits(ratio_after=MIB))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_RATIO


def test_a_truncated_package_gives_the_parts_that_are_left() -> None:
    whole = package(body(paragraph(SSN)), {"word/header1.xml": story("hdr", paragraph("head"))})
    found = opened(whole[: whole.rindex(b"PK\1\2") - 60], "x.docx")
    assert found.texts == {(): f"{SSN}\nhead\n"}
    assert found.reasons == [(Reason.MALFORMED, ())]


def test_an_encrypted_document_is_reported() -> None:
    from tests.readers.test_ole import compound

    failure = opened(compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), "x.docx").failure
    assert failure is not None
    assert failure.reason is Reason.ENCRYPTED


@pytest.mark.parametrize("name", ["x.docm", "x.dotx", "x.dotm", "x"])
def test_documents_with_macros_and_templates_are_documents(name: str) -> None:
    assert opened(package(body(paragraph("text"))), name).media_type == WORD


@given(st.binary(max_size=300))
def test_any_bytes_as_a_body_end_in_text_or_problems(document: bytes) -> None:
    parts: dict[str, str | bytes] = dict.fromkeys(("word/header1.xml", "customXml/item1.xml", "word/_rels/document.xml.rels"), document)
    assert is_sound(opened(package(document, parts), "x.docx"))


@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_damaged_byte_in_the_body_loses_little(at: int, byte: int) -> None:
    document = bytearray(body(*[paragraph(f"number {number} stands here") for number in range(20)]).encode())
    document[at % len(document)] = byte
    found = opened(package(bytes(document)), "x.docx")
    assert found.texts[()].count("stands here") >= 18


def test_the_names_of_namespaces_do_not_matter() -> None:
    renamed = body(paragraph("text")).replace("w:", "ns0:").replace("xmlns:w=", "xmlns:ns0=")
    assert "ns0:body" in renamed
    assert SPACES.replace("xmlns:w=", "xmlns:ns0=") in renamed
    assert parts(opened(package(renamed), "x.docx")) == {"body": "text\n"}
