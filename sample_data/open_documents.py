"""Writes OpenDocument files by hand (ISO/IEC 26300), as packages and flat."""

import io
import zipfile
from typing import Final

from sample_data.zips import MOMENT

_KINDS: Final = {
    "office": "office",
    "text": "text",
    "table": "table",
    "draw": "drawing",
    "presentation": "presentation",
}
_SPACES: Final = " ".join(f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for prefix, space in _KINDS.items())
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def open_document(kind: str, body: str, *, flat: bool = False) -> bytes:
    """A document of this kind: `text`, `spreadsheet` or `presentation`."""
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    inside = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    if flat:
        return f'{_HEAD}<office:document {_SPACES} office:mimetype="{media_type}">{inside}</office:document>'.encode()
    manifest = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media_type}"/>'
    manifest += '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    members = {
        "mimetype": media_type,
        "content.xml": f"{_HEAD}<office:document-content {_SPACES}>{inside}</office:document-content>",
        "META-INF/manifest.xml": f"{_HEAD}<manifest:manifest {space}>{manifest}</manifest:manifest>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return held.getvalue()
