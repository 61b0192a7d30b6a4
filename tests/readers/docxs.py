"""Word packages made by hand, so that every element of them is in sight."""

import io
import zipfile

from scanner.model.location import ParagraphLocation
from tests.readers.opening import Found

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def bold(text: str) -> str:
    return f"<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*inside: str) -> str:
    """A paragraph of runs; plain text becomes a run."""
    return "<w:p>" + "".join(piece if piece.startswith("<") else run(piece) for piece in inside) + "</w:p>"


def cell(*paragraphs: str, properties: str = "") -> str:
    return (
        f"<w:tc><w:tcPr>{properties}</w:tcPr>"
        + "".join(piece if piece.startswith("<") else paragraph(piece) for piece in paragraphs)
        + "</w:tc>"
    )


def table(*rows: "list[str]", marked: bool = False) -> str:
    """A table of cells; plain text becomes a cell. `marked`: its first row is repeated on every page."""
    properties = ["<w:trPr><w:tblHeader/></w:trPr>" if marked and not number else "" for number in range(len(rows))]
    filled = ["".join(piece if piece.startswith("<w:tc>") else cell(piece) for piece in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{start}{cells}</w:tr>" for start, cells in zip(properties, filled, strict=True)) + "</w:tbl>"


def body(*blocks: str) -> str:
    return f"<w:document {SPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"


def story(root: str, *blocks: str) -> str:
    return f"<w:{root} {SPACES}>{''.join(blocks)}</w:{root}>"


def package(document: "str | bytes", parts: "dict[str, str | bytes] | None" = None) -> bytes:
    """A package with `document` as its body, and further parts by their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("word/document.xml", document)
        for name, content in (parts or {}).items():
            made.writestr(name, content)
    return target.getvalue()


RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def relationships(*targets: str, external: "tuple[str, ...]" = ()) -> str:
    """Relationships to parts and to places outside."""
    inside = "".join(f'<Relationship Id="i{n}" Type="{OFFICE}/x" Target="{name}"/>' for n, name in enumerate(targets))
    outside = "".join(
        f'<Relationship Id="e{n}" Type="{OFFICE}/hyperlink" Target="{name}" TargetMode="External"/>' for n, name in enumerate(external)
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{inside}{outside}</Relationships>'


def content_types(**kinds: str) -> str:
    """Content types by extension, beside that of relationships."""
    kinds = {"rels": "application/vnd.openxmlformats-package.relationships+xml", **kinds}
    rows = "".join(f'<Default Extension="{extension}" ContentType="{kind}"/>' for extension, kind in kinds.items())
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rows}</Types>'


def whole(members: "dict[str, str | bytes]") -> bytes:
    """A package of just these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def parts(found: Found) -> dict[str, str]:
    """The text of each part, as its locations name it."""
    texts: dict[str, str] = {}
    for segment in found.segments:
        place = segment.locator.at(segment.text, 0, 1)
        assert isinstance(place, ParagraphLocation)
        texts[place.part] = texts.get(place.part, "") + segment.text
    return texts
