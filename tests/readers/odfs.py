"""OpenDocument files made by hand, so that every element of them is in sight."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

SPACES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for prefix, space in {
            "office": "office",
            "text": "text",
            "table": "table",
            "draw": "drawing",
            "style": "style",
            "svg": "svg-compatible",
            "presentation": "presentation",
            "meta": "meta",
            "form": "form",
            "manifest": "manifest",
        }.items()
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
TEXT, SHEETS, SLIDES = "text", "spreadsheet", "presentation"


def paragraph(*inside: str) -> str:
    return "<text:p>" + "".join(piece if piece.startswith("<") else escape(piece) for piece in inside) + "</text:p>"


def cell(text: str = "", kind: str = "string", value: str = "", **attributes: str) -> str:
    """A cell of a sheet or a table; attributes of `table:` by their names with `_` for `-`."""
    where = {"date": "date-value", "string": "string-value"}.get(kind, "value")
    said = f' office:{where}="{value}"' if value else ""
    more = "".join(f" table:{name.replace('_', '-')}={quoteattr(content)}" for name, content in attributes.items())
    typed = f' office:value-type="{kind}"' if text or value else ""
    return f"<table:table-cell{typed}{said}{more}>{paragraph(text) if text else ''}</table:table-cell>"


def row(*cells: str, repeated: int = 1) -> str:
    """A row; plain text becomes a cell."""
    filled = "".join(piece if piece.startswith("<") else cell(piece) for piece in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{filled}</table:table-row>'


def table(name: str, *rows: str) -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def content(kind: str, *blocks: str) -> str:
    body = f"<office:body><office:{kind}>{''.join(blocks)}</office:{kind}></office:body>"
    return f"<office:document-content {SPACES}>{body}</office:document-content>"


def flat(kind: str, *blocks: str) -> bytes:
    body = f"<office:body><office:{kind}>{''.join(blocks)}</office:{kind}></office:body>"
    root = f'office:document {SPACES} office:mimetype="application/vnd.oasis.opendocument.{kind}"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>{body}</office:document>'.encode()


def package(kind: str, *blocks: str, parts: "Mapping[str, str | bytes] | None" = None) -> bytes:
    """A package with these blocks in its body, and further members by their names."""
    members = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content(kind, *blocks), **(parts or {})}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, data in members.items():
            made.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return target.getvalue()
