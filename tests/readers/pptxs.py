"""Presentations made by hand, so that every element of them is in sight."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_OPEN = "http://schemas.openxmlformats.org"
OFFICE = f"{_OPEN}/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:p="{_OPEN}/presentationml/2006/main" xmlns:a="{_OPEN}/drawingml/2006/main" xmlns:r="{OFFICE}"'
    f' xmlns:mc="{_OPEN}/markup-compatibility/2006" xmlns:c="{_OPEN}/drawingml/2006/chart" xmlns:dgm="{_OPEN}/drawingml/2006/diagram"'
)
TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>'


def paragraph(*runs: str) -> str:
    """A paragraph of runs; `\\n` is a break in its line."""
    return "<a:p>" + "".join("<a:br/>" if run == "\n" else f"<a:r><a:t>{escape(run)}</a:t></a:r>" for run in runs) + "</a:p>"


def shape(*paragraphs: str, properties: str = "") -> str:
    """A shape of paragraphs; plain text becomes one."""
    inside = "".join(piece if piece.startswith("<") else paragraph(piece) for piece in paragraphs)
    return f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title 1" {properties}/></p:nvSpPr><p:txBody><a:bodyPr/>{inside}</p:txBody></p:sp>'


def table(*rows: "list[str]", styled: bool = False) -> str:
    """A table; plain text becomes a cell. `styled`: its first row looks like one of headings."""
    filled = "".join(f"<a:tr>{''.join(map(_cell, row))}</a:tr>" for row in rows)
    style = '<a:tblPr firstRow="1"/>' if styled else ""
    grid = "<a:gridCol/>" * max(map(len, rows))
    framed = f"<a:tbl>{style}<a:tblGrid>{grid}</a:tblGrid>{filled}</a:tbl>"
    return f"<p:graphicFrame><a:graphic><a:graphicData>{framed}</a:graphicData></a:graphic></p:graphicFrame>"


def _cell(cell: str) -> str:
    return cell if cell.startswith("<") else f"<a:tc><a:txBody>{paragraph(cell)}</a:txBody></a:tc>"


def slide(*shapes: str, root: str = "sld") -> str:
    return f"<p:{root} {SPACES}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:{root}>"


def relationships(targets: "dict[str, str]", external: "tuple[str, ...]" = ()) -> str:
    inside = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/x" Target="{target}"/>' for name, target in targets.items())
    outside = "".join(f'<Relationship Id="e{n}" Type="{OFFICE}/x" Target="{to}" TargetMode="External"/>' for n, to in enumerate(external))
    return f'<Relationships xmlns="{_OPEN}/package/2006/relationships">{inside}{outside}</Relationships>'


def presentation(*slides: str, parts: "Mapping[str, str | bytes] | None" = None, order: "tuple[int, ...]" = ()) -> bytes:
    """A package of slides, `slide1.xml` and so on, and further parts by their names.

    :param order: numbers of the files as they are shown; as they come if empty
    """
    numbers = range(1, len(slides) + 1)
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="r{number}"/>' for number in order or numbers)
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relationships(
            {f"r{number}": f"slides/slide{number}.xml" for number in range(1, len(slides) + 1)}
        ),
        **{f"ppt/slides/slide{number}.xml": content for number, content in enumerate(slides, 1)},
        **(parts or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()
