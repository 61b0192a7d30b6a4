"""Writes presentations by hand (ECMA-376): slides of texts and a table each, notes, and comments."""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from sample_data.zips import zipped

_OPEN: Final = "http://schemas.openxmlformats.org"
_RELATION: Final = f"{_OPEN}/officeDocument/2006/relationships"
_SPACES: Final = f'xmlns:p="{_OPEN}/presentationml/2006/main" xmlns:a="{_OPEN}/drawingml/2006/main" xmlns:r="{_RELATION}"'
_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Slides = Sequence[tuple[Sequence[str], Sequence[Sequence[str]]]]


def slide_show(slides: Slides, notes: Mapping[int, str], comments: Mapping[int, str]) -> bytes:
    """A pptx file. The files of slides are numbered from the last one on, which is not how they are shown.

    :param slides: texts and rows of a table, if any
    :param notes: by the number of their slide
    """
    files = {number: len(slides) + 1 - number for number in range(1, len(slides) + 1)}
    members = {
        "[Content_Types].xml": _content_types(slides, notes, comments),
        "_rels/.rels": _relations({"r1": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/presentation.xml": _presentation(len(slides)),
        "ppt/_rels/presentation.xml.rels": _relations(
            {f"r{number}": ("slide", f"slides/slide{file}.xml") for number, file in files.items()}
        ),
    }
    for number, (texts, rows) in enumerate(slides, 1):
        members[f"ppt/slides/slide{files[number]}.xml"] = _slide("sld", texts, rows)
        beside = {"r1": ("notesSlide", f"../notesSlides/notesSlide{number}.xml")} if number in notes else {}
        beside |= {"r2": ("comments", f"../comments/comment{number}.xml")} if number in comments else {}
        members[f"ppt/slides/_rels/slide{files[number]}.xml.rels"] = _relations(beside)
    members |= {f"ppt/notesSlides/notesSlide{number}.xml": _slide("notes", [text], []) for number, text in notes.items()}
    members |= {f"ppt/comments/comment{number}.xml": _comment(text) for number, text in comments.items()}
    return zipped({name: (_HEAD + content).encode() for name, content in members.items()})


def _slide(root: str, texts: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    shapes = "".join(
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Text {number}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/>{_paragraph(text)}</p:txBody></p:sp>"
        for number, text in enumerate(texts, 2)
    )
    return f"<p:{root} {_SPACES}><p:cSld><p:spTree>{shapes}{_table(rows) if rows else ''}</p:spTree></p:cSld></p:{root}>"


def _paragraph(text: str) -> str:
    """In two runs, as programs cut texts anywhere."""
    half = len(text) // 2
    return "<a:p>" + "".join(f"<a:r><a:t>{escape(piece)}</a:t></a:r>" for piece in (text[:half], text[half:])) + "</a:p>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    cells = (("".join(f"<a:tc><a:txBody><a:bodyPr/>{_paragraph(cell)}</a:txBody></a:tc>" for cell in row)) for row in rows)
    grid = '<a:gridCol w="1000"/>' * len(rows[0])
    table = f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(f"<a:tr>{row}</a:tr>" for row in cells)}</a:tbl>'
    return (
        f'<p:graphicFrame><a:graphic><a:graphicData uri="{_OPEN}/drawingml/2006/table">{table}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def _comment(text: str) -> str:
    return f'<p:cmLst {_SPACES}><p:cm authorId="0" idx="1"><p:pos x="0" y="0"/><p:text>{escape(text)}</p:text></p:cm></p:cmLst>'


def _presentation(count: int) -> str:
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="r{number}"/>' for number in range(1, count + 1))
    return f"<p:presentation {_SPACES}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"


def _content_types(slides: Slides, notes: Mapping[int, str], comments: Mapping[int, str]) -> str:
    kinds = {"presentation": "presentation.main"} | {f"slides/slide{number}": "slide" for number in range(1, len(slides) + 1)}
    kinds |= {f"notesSlides/notesSlide{number}": "notesSlide" for number in notes}
    kinds |= {f"comments/comment{number}": "comments" for number in comments}
    rows = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    rows += "".join(f'<Override PartName="/ppt/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in kinds.items())
    return f'<Types xmlns="{_OPEN}/package/2006/content-types">{rows}</Types>'


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    rows = "".join(f'<Relationship Id="{name}" Type="{_RELATION}/{kind}" Target="{target}"/>' for name, (kind, target) in targets.items())
    return f'<Relationships xmlns="{_OPEN}/package/2006/relationships">{rows}</Relationships>'
