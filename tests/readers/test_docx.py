"""Word documents: every place that text can be in."""

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import ParagraphLocation
from scanner.model.outcome import Reason
from scanner.readers.budget import Limits
from scanner.readers.packages import WORD
from tests.readers.docxs import SPACES, body, package, paragraph, parts, run, story
from tests.readers.opening import opened

SSN = "219-22-9999"
OTHER = "219-22-9998"


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


@pytest.mark.parametrize("name", ["x.docm", "x.dotx", "x.dotm", "x"])
def test_documents_with_macros_and_templates_are_documents(name: str) -> None:
    assert opened(package(body(paragraph("text"))), name).media_type == WORD


def test_the_names_of_namespaces_do_not_matter() -> None:
    renamed = body(paragraph("text")).replace("w:", "ns0:").replace("xmlns:w=", "xmlns:ns0=")
    assert "ns0:body" in renamed
    assert SPACES.replace("xmlns:w=", "xmlns:ns0=") in renamed
    assert parts(opened(package(renamed), "x.docx")) == {"body": "text\n"}
