"""Writes word-processing documents by hand (ECMA-376): every place where text can hide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

from sample_data.marking import Mark, read_marks
from sample_data.places import Place
from sample_data.sample import Sample, truth_of
from sample_data.zips import zipped

_OPEN: Final = "http://schemas.openxmlformats.org"
_SHAPES: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_SPACES: Final = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": f"{_OPEN}/wordprocessingml/2006/main",
        "r": f"{_OPEN}/officeDocument/2006/relationships",
        "mc": f"{_OPEN}/markup-compatibility/2006",
        "wp": f"{_OPEN}/drawingml/2006/wordprocessingDrawing",
        "a": f"{_OPEN}/drawingml/2006/main",
        "wps": _SHAPES,
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION: Final = f"{_OPEN}/officeDocument/2006/relationships"
_PACKAGE: Final = f"{_OPEN}/package/2006"
_AUTHOR: Final = 'w:author="Reviewer" w:date="2024-05-12T06:25:00Z"'

# The parts of a document beside its body: name of the part in findings -> root element.
_ROOTS: Final = {"header1": "hdr", "footer1": "ftr", "footnotes": "footnotes", "comments": "comments"}


@dataclass(frozen=True, slots=True)
class Revised:
    """A paragraph that was changed while changes were tracked.

    What was deleted is found in the paragraph as it was, in a part called `body/deleted`.
    """

    kept: str
    deleted: str = ""
    inserted: str = ""


@dataclass(frozen=True, slots=True)
class Boxed:
    """A paragraph with a text box, which holds paragraphs of its own."""

    beside: str
    box: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of marked cells."""

    rows: Sequence[Sequence[str]]


Block = str | Revised | Boxed | Table


@dataclass(slots=True)
class _Part:
    """One part while it is written: counts its paragraphs and notes where the marks are."""

    name: str
    paragraphs: int = 0
    tables: int = 0
    boxed: int = 0
    placed: list[tuple[Mark, Place]] = field(default_factory=list)

    def write(self, blocks: Sequence[Block]) -> str:
        """The XML of `blocks`, which are counted and noted on the way."""
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        match block:
            case str():
                return self._paragraph(block)
            case Revised():
                return self._revised(block)
            case Boxed():
                return self._boxed(block)
            case Table():
                return self._table(block)

    def _paragraph(self, marked: str, cell: str = "", extra: str = "") -> str:
        self.paragraphs += 1
        return f"<w:p>{_runs(self._noted(marked, self.name, self.paragraphs, cell))}{extra}</w:p>"

    def _revised(self, block: Revised) -> str:
        self.paragraphs += 1
        self._noted(block.kept + block.inserted, self.name, self.paragraphs)
        self._noted(read_marks(block.kept)[0] + block.deleted, f"{self.name}/deleted", self.paragraphs)
        kept, deleted, inserted = (read_marks(piece)[0] for piece in (block.kept, block.deleted, block.inserted))
        gone = (
            f'<w:del w:id="1" {_AUTHOR}><w:r><w:delText xml:space="preserve">{escape(deleted)}</w:delText></w:r></w:del>' if deleted else ""
        )
        come = f'<w:ins w:id="2" {_AUTHOR}>{_runs(inserted)}</w:ins>' if inserted else ""
        return f"<w:p>{_runs(kept)}{gone}{come}</w:p>"

    def _boxed(self, block: Boxed) -> str:
        inner = []
        for marked in block.box:
            self.boxed += 1
            inner.append(f"<w:p>{_runs(self._noted(marked, f'{self.name}/textbox', self.boxed))}</w:p>")
        return self._paragraph(block.beside, extra=_text_box("".join(inner)))

    def _table(self, block: Table) -> str:
        self.tables += 1
        rows = []
        for row_number, row in enumerate(block.rows, start=1):
            named = ((f"table {self.tables}, row {row_number}, column {column}, ", cell) for column, cell in enumerate(row, start=1))
            cells = "".join(f"<w:tc>{self._paragraph(cell, name)}</w:tc>" for name, cell in named)
            rows.append(f"<w:tr>{cells}</w:tr>")
        return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"

    def _noted(self, marked: str, part: str, number: int, cell: str = "") -> str:
        text, marks = read_marks(marked)
        anchor = f"{part}, {cell}paragraph {number}"
        self.placed += [(mark, Place.of_slice(anchor, mark.start, mark.end)) for mark in marks]
        return text


def word_sample(name: str, about: str, body: Sequence[Block], parts: Mapping[str, Sequence[Block]]) -> Sample:
    """A .docx of a body and further parts: `header1`, `footer1`, `footnotes`, `comments`."""
    main = _Part("body")
    texts = {"document": f"<w:document {_SPACES}><w:body>{main.write(body)}{_section(parts)}</w:body></w:document>"}
    placed = main.placed
    for part_name, blocks in parts.items():
        part = _Part(part_name)
        texts[part_name] = _side_part(part_name, part.write(blocks))
        placed += part.placed
    return Sample(name, _package(texts), truth_of(about, placed))


def _package(texts: Mapping[str, str]) -> bytes:
    sides = [name for name in texts if name != "document"]
    files = {
        "[Content_Types].xml": _content_types(sides),
        "_rels/.rels": _relations({"word/document.xml": "officeDocument"}),
        "word/_rels/document.xml.rels": _relations({f"{name}.xml": name.rstrip("1") for name in sides}),
        **{f"word/{name}.xml": text for name, text in texts.items()},
    }
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return zipped({path: (head + xml).encode() for path, xml in files.items()})


def _runs(text: str) -> str:
    """The text in two runs, cut in the middle of whatever stands there; one is bold."""
    middle = (len(text) + 1) // 2
    pieces = ((text[:middle], ""), (text[middle:], "<w:rPr><w:b/></w:rPr>"))
    return "".join(f'<w:r>{style}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece, style in pieces if piece)


def _text_box(paragraphs: str) -> str:
    """A text box as word processors write it: twice, the second time for old programs; it is one box all the same."""
    content = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
    graphic = f'<a:graphic><a:graphicData uri="{_SHAPES}">{shape}</a:graphicData></a:graphic>'
    drawing = f'<w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="Box"/>{graphic}</wp:inline></w:drawing>'
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    choices = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{choices}</mc:AlternateContent></w:r>"


def _side_part(name: str, paragraphs: str) -> str:
    root = _ROOTS[name]
    if name == "footnotes":
        separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        paragraphs = f'{separator}<w:footnote w:id="1">{paragraphs}</w:footnote>'
    elif name == "comments":
        paragraphs = f'<w:comment w:id="0" {_AUTHOR} w:initials="R">{paragraphs}</w:comment>'
    return f"<w:{root} {_SPACES}>{paragraphs}</w:{root}>"


def _section(parts: Iterable[str]) -> str:
    numbered = [(number, name.rstrip("1")) for number, name in enumerate(parts) if name in ("header1", "footer1")]
    references = (f'<w:{kind}Reference w:type="default" r:id="r{number}"/>' for number, kind in numbered)
    return f"<w:sectPr>{''.join(references)}</w:sectPr>"


def _content_types(parts: Iterable[str]) -> str:
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    kinds = {"document": "document.main", **{name: name.rstrip("1") for name in parts}}
    rows = [f'<Default Extension="{extension}" ContentType="{kind}"/>' for extension, kind in defaults.items()]
    rows += [f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()]
    return f'<Types xmlns="{_PACKAGE}/content-types">{"".join(rows)}</Types>'


def _relations(targets: Mapping[str, str]) -> str:
    """The relations of a part: what it points to, and as what."""
    numbered = enumerate(targets.items())
    rows = (f'<Relationship Id="r{number}" Type="{_RELATION}/{kind}" Target="{target}"/>' for number, (target, kind) in numbered)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>'
