"""Workbooks made by hand, so that every element of them is in sight."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from scanner.readers.xlsx_sheet import letters_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'


def text(value: str, reference: str = "") -> str:
    """A cell with a text of its own."""
    return f'<c{_at(reference)} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: object, style: int | None = None, reference: str = "") -> str:
    """A cell with a number."""
    return f"<c{_at(reference)}{'' if style is None else f' s={quoteattr(str(style))}'}><v>{value}</v></c>"


def shared(index: int, reference: str = "") -> str:
    """A cell that refers to a shared text."""
    return f'<c{_at(reference)} t="s"><v>{index}</v></c>'


def typed(kind: str, value: str, reference: str = "") -> str:
    """A cell of any type."""
    return f'<c{_at(reference)} t="{kind}"><v>{escape(value)}</v></c>'


def _at(reference: str) -> str:
    return f' r="{reference}"' if reference else ""


def row(*cells: str, at: int | None = None) -> str:
    """A row; plain text becomes a cell."""
    filled = "".join(cell if cell.startswith("<") else text(cell) if cell else "<c/>" for cell in cells)
    return f"<row{'' if at is None else f' r={quoteattr(str(at))}'}>{filled}</row>"


def sheet(*rows: str, behind: str = "") -> str:
    """A sheet of rows, and what stands behind them in its part."""
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{"".join(rows)}</sheetData>{behind}</worksheet>'


def grid(table: Iterable[Sequence[str]]) -> str:
    """A sheet of texts, each at its place."""
    return sheet(
        *(
            row(*(text(value, f"{letters_of(column)}{line}") for column, value in enumerate(values, 1) if value), at=line)
            for line, values in enumerate(table, 1)
        )
    )


def strings(*items: str) -> str:
    """Shared texts; plain ones become one run."""
    filled = "".join(f"<si>{item if item.startswith('<') else f'<t>{escape(item)}</t>'}</si>" for item in items)
    return f'<sst xmlns="{MAIN}">{filled}</sst>'


def styles(*codes: "int | str") -> str:
    """Styles whose numbers are the places of `codes`: the number of a built-in format, or the code of one."""
    own = "".join(
        f'<numFmt numFmtId="{200 + place}" formatCode={quoteattr(code)}/>' for place, code in enumerate(codes) if isinstance(code, str)
    )
    used = "".join(f'<xf numFmtId="{200 + place if isinstance(code, str) else code}"/>' for place, code in enumerate(codes))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'


def relationships(targets: "dict[str, str]", external: "tuple[str, ...]" = ()) -> str:
    """Relationships by their id."""
    inside = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/x" Target="{target}"/>' for key, target in targets.items())
    outside = "".join(
        f'<Relationship Id="e{place}" Type="{OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>'
        for place, target in enumerate(external)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}{outside}</Relationships>'


def workbook(
    sheets: "dict[str, str]", parts: "dict[str, str | bytes] | None" = None, *, inside: str = "", states: "dict[str, str] | None" = None
) -> bytes:
    """A workbook of `sheets` by their names, and further parts by theirs; sheets lie before the texts that they share.

    :param inside: further elements of the part `workbook.xml`
    """
    entries = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{place}" state="{(states or {}).get(name, "visible")}" r:id="r{place}"/>'
        for place, name in enumerate(sheets, 1)
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets>{inside}</workbook>',
        "xl/_rels/workbook.xml.rels": relationships({f"r{place}": f"worksheets/sheet{place}.xml" for place in range(1, len(sheets) + 1)}),
        **{f"xl/worksheets/sheet{place}.xml": content for place, content in enumerate(sheets.values(), 1)},
        **(parts or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()
