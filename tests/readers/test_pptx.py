"""Presentations: every place where text can stand, and where it says that it stands."""

import pytest

from scanner.model.location import ParagraphLocation
from scanner.model.outcome import Reason
from scanner.readers.budget import Limits
from tests.readers.docxs import parts
from tests.readers.opening import opened
from tests.readers.pptxs import SPACES, paragraph, presentation, relationships, shape, slide, table

SSN = "219-22-9999"
OTHER = "219-22-9998"


def test_paragraphs_know_their_slide_and_their_number() -> None:
    found = opened(presentation(slide(shape("one")), slide(shape("title", f"ssn {SSN}"))), "x.pptx")
    assert found.media_type.endswith("presentationml.presentation")
    assert found.place(SSN) == ParagraphLocation("slide2", 2, "", 4, 15)
    assert found.problems == []


def test_slides_are_numbered_as_they_are_shown() -> None:
    found = opened(presentation(slide(shape("first file")), slide(shape("second file")), order=(2, 1)), "x.pptx")
    assert parts(found) == {"slide2": "first file\n", "slide1": "second file\n"}


def test_a_value_over_several_runs_and_a_break_are_one_paragraph() -> None:
    found = opened(presentation(slide(shape(paragraph("ssn 219-", "22-9999", "\n", "next")))), "x.pptx")
    assert found.texts[()] == f"ssn {SSN}\nnext\n"


def test_notes_and_comments_belong_to_their_slide() -> None:
    legacy = f'<p:cmLst {SPACES}><p:cm authorId="0"><p:pos x="1" y="1"/><p:text>old {SSN}</p:text></p:cm></p:cmLst>'
    modern = f'<p188:cmLst xmlns:p188="urn:x" {SPACES}><p188:cm><p188:reply><p188:txBody>{paragraph("reply")}</p188:txBody></p188:reply>'
    modern += f"<p188:txBody>{paragraph('new')}</p188:txBody></p188:cm></p188:cmLst>"
    found = opened(
        presentation(
            slide(shape("a")),
            slide(shape("b")),
            parts={
                "ppt/slides/_rels/slide2.xml.rels": relationships(
                    {"r1": "../notesSlides/notesSlide1.xml", "r2": "../comments/comment1.xml", "r3": "../comments/modernComment_1.xml"}
                ),
                "ppt/notesSlides/notesSlide1.xml": slide(shape("say this"), root="notes"),
                "ppt/comments/comment1.xml": legacy,
                "ppt/comments/modernComment_1.xml": modern,
                "ppt/commentAuthors.xml": f'<p:cmAuthorLst {SPACES}><p:cmAuthor id="0" name="Ann Author" initials="AA"/></p:cmAuthorLst>',
            },
        ),
        "x.pptx",
    )
    assert parts(found) == {
        "slide1": "a\n",
        "slide2": "b\n",
        "slide2/notes": "say this\n",
        "slide2/comments": f"old {SSN}\nreply\nnew\n",
        "commentAuthors": "Ann Author\n",
    }


def test_a_table_of_data_becomes_columns_under_its_headings() -> None:
    found = opened(presentation(slide(table(["name", "ssn"], ["Ann", SSN], ["Bob", OTHER]), shape("behind"))), "x.pptx")
    assert [(names, values) for _, names, values in found.columns] == [(("name",), ["Ann", "Bob"]), (("ssn",), [SSN, OTHER])]
    assert found.column_segments[1].locator.at(1, 0, 11) == ParagraphLocation("slide1", 6, "table 1, row 3, column 2", 0, 11)
    assert found.texts[()] == "behind\n"


def test_a_first_row_that_is_styled_heads_wide_tables_only() -> None:
    wide = opened(presentation(slide(table(["name", "city", "age"], ["Ann", "Rome", "42"], styled=True))), "x.pptx")
    assert [names for _, names, _ in wide.columns] == [("name",), ("city",), ("age",)]
    form = opened(presentation(slide(table(["name", "Ann"], ["city", "Rome"], styled=True))), "x.pptx")
    assert (form.columns, form.texts[()]) == ([], "name\tAnn\ncity\tRome\n")


def test_cells_that_span_others_keep_a_table_text_and_lose_nothing() -> None:
    merged = f'<a:tc gridSpan="2"><a:txBody>{paragraph("both")}</a:txBody></a:tc>'
    found = opened(presentation(slide(table([merged, '<a:tc hMerge="1"/>'], ["ssn", SSN]))), "x.pptx")
    assert (found.columns, found.texts[()]) == ([], f"both\nssn\t{SSN}\n")


def test_what_a_fallback_repeats_is_read_once() -> None:
    both = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    said = slide(both.format(shape("once"), shape("once")), both.format("<p:pic/>", shape("instead")), shape("after"))
    assert opened(presentation(said), "x.pptx").texts[()] == "once\ninstead\nafter\n"


def test_descriptions_of_pictures_and_hints_of_links_are_read() -> None:
    found = opened(presentation(slide(shape("x", properties=f'descr="photo of {SSN}"'))), "x.pptx")
    assert found.place(SSN) == ParagraphLocation("slide1/descriptions", 1, "", 9, 20)


def test_charts_diagrams_masters_and_properties_are_read() -> None:
    found = opened(
        presentation(
            slide(shape("x")),
            parts={
                "ppt/slides/_rels/slide1.xml.rels": relationships(
                    {"r1": "../charts/chart1.xml", "r2": "../diagrams/data1.xml"}, (f"mailto:{SSN}@x.org",)
                ),
                "ppt/charts/chart1.xml": f"<c:chartSpace {SPACES}><a:p><a:t>Title</a:t></a:p><c:pt><c:v>4111</c:v></c:pt></c:chartSpace>",
                "ppt/diagrams/data1.xml": f"<dgm:dataModel {SPACES}><dgm:pt><dgm:t>{paragraph('box')}</dgm:t></dgm:pt></dgm:dataModel>",
                "ppt/diagrams/drawing1.xml": f"<dsp:drawing xmlns:dsp='urn:d' {SPACES}>{paragraph('box')}</dsp:drawing>",
                "ppt/slideMasters/slideMaster1.xml": slide(shape("footer"), root="sldMaster"),
                "ppt/tags/tag1.xml": f'<p:tagLst {SPACES}><p:tag name="K" val="value"/></p:tagLst>',
                "ppt/theme/theme1.xml": f"<a:theme {SPACES}>{paragraph('no')}</a:theme>",
                "docProps/core.xml": "<c:coreProperties xmlns:c='urn:c' xmlns:d='urn:d'><d:creator>Ann</d:creator></c:coreProperties>",
            },
        ),
        "x.pptx",
    )
    assert parts(found) == {
        "slide1": "x\n",
        "slide1/chart1": "Title\n4111\n",
        "slide1/diagram": "box\n",
        "slideMaster1": "footer\n",
        "tag1": "value\n",
        "core": "creator: Ann\n",
        "links": f"mailto:{SSN}@x.org\n",
    }


def test_embedded_files_are_members_and_pictures_are_not_looked_at() -> None:
    inner: dict[str, str | bytes] = {"ppt/embeddings/oleObject1.txt": f"ssn {SSN}", "ppt/media/image1.png": b"\x89PNG"}
    found = opened(presentation(slide(shape("x")), parts=inner), "x.pptx")
    assert found.texts[("ppt/embeddings/oleObject1.txt",)] == f"ssn {SSN}"
    assert found.problems == []


def test_a_presentation_of_pictures_only_is_said_to_be_unread() -> None:
    found = opened(presentation(slide(), parts={"ppt/media/image1.png": b"\x89PNG"}), "x.pptx")
    assert found.reasons == [(Reason.MEMBERS_UNREAD, ())]


@pytest.mark.parametrize("kind", ["slideshow", "template"])
def test_shows_and_templates_are_presentations(kind: str) -> None:
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.{kind}.main+xml"/></Types>'
    found = opened(presentation(slide(shape(SSN)), parts={"[Content_Types].xml": types}), "x")
    assert found.texts[()] == f"{SSN}\n"


def test_a_damaged_slide_loses_its_markup_only() -> None:
    damaged = slide(shape("before"), f"<p:sp><a:p><a:t>cut {SSN}</a:p></p:sp>", shape("behind"))
    found = opened(presentation(damaged, slide(shape("other"))), "x.pptx")
    assert found.reasons == [(Reason.MALFORMED, ("ppt/slides/slide1.xml",))]
    assert {"before", f"cut {SSN}", "behind", "other"} <= set(found.texts[()].split("\n"))


def test_entities_are_refused_and_nothing_is_fetched() -> None:
    doctype = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    found = opened(presentation(doctype + slide(shape(f"<a:p><a:t>{SSN} &b;&l;</a:t></a:p>"))), "x.pptx")
    assert SSN in found.texts[()]
    assert "root:" not in found.texts[()]
    assert found.reasons == [(Reason.MALFORMED, ("ppt/slides/slide1.xml",))]


def test_a_bomb_of_a_slide_is_stopped() -> None:
    bomb = slide(*[shape("x" * 1000)] * 2000)
    found = opened(presentation(bomb), "x.pptx", Limits(ratio_after=100_000))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_RATIO


def test_deep_nesting_is_read() -> None:
    deep = "<p:grpSp>" * 20_000 + shape(SSN) + "</p:grpSp>" * 20_000
    assert opened(presentation(slide(deep)), "x.pptx").texts[()] == f"{SSN}\n"
    paragraphs = "<a:p>" * 20_000 + f"<a:t>{SSN}</a:t>" + "</a:p>" * 20_000
    assert opened(presentation(slide(paragraphs)), "x.pptx").texts[()] == f"{SSN}\n"
