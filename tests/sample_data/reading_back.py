"""What stands at a place of a document, as other programs than Dowse read it."""

import io
import json
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import fastavro
import olefile
import pyarrow as pa
import python_calamine
import regex
import zstandard
from lxml import etree
from lxml import html as lxml_html
from pyarrow import feather, ipc, orc

AVRO_MARK = b"sample of blocks"


def cell_at(name: str, content: bytes, anchor: str) -> str:
    """A cell of a sheet, or of a table in a text: `Staff, row 2, column 4 ssn`."""
    match = regex.fullmatch(r"(.+), row (\d+), column (\d+) (.*)", anchor)
    assert match
    rows = table(name, content, match[1])
    assert rows[0][int(match[3]) - 1] == match[4]
    return rows[int(match[2]) - 1][int(match[3]) - 1]


@cache
def table(name: str, content: bytes, which: str) -> list[list[str]]:
    number = int(which.rpartition(" ")[2]) - 1 if which.startswith("table ") else 0
    if name.endswith(".html"):
        document: Any = lxml_html.document_fromstring(content.decode())
        rows = document.xpath("//table")[number].xpath("./tr|./tbody/tr")
        return [[str(cell.text_content()) for cell in row] for row in rows]
    if name.endswith(".md"):
        lines = [line.strip("|").split("|") for line in content.decode().splitlines() if line.startswith("| ")]
        return [[cell.strip() for cell in line] for line in lines]
    if name.endswith(".ods"):
        root = xml(content, "content.xml")
        return [[open_cell(cell) for cell in row.iter("{*}table-cell")] for row in root.iter("{*}table-row")]
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(which)
    return [[shown(cell) for cell in row] for row in sheet.to_python()]


def open_cell(cell: Any) -> str:
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    return str(cell.get(f"{office}date-value") or cell.get(f"{office}value") or "".join(cell.itertext()))


def shown(cell: object) -> str:
    """Numbers of nine digits are Social Security numbers in the samples."""
    text = str(int(cell)) if isinstance(cell, float) else str(cell)
    digits = text.zfill(9)
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}" if isinstance(cell, float) and len(digits) == 9 else text


def paragraph_at(name: str, content: bytes, anchor: str) -> str:
    """A paragraph of a part: `slide2, table 1, row 2, column 1, paragraph 5`."""
    part, _, rest = anchor.partition(", ")
    paragraphs = PARTS[name.rpartition(".")[2]](content)[part]
    return paragraphs[int(rest.rpartition("paragraph ")[2]) - 1]


@cache
def open_parts(content: bytes) -> dict[str, list[str]]:
    root = etree.fromstring(content) if content.startswith(b"<?xml") else xml(content, "content.xml")
    pages = list(root.iter("{*}page"))
    parts: dict[str, list[str]] = {}
    for paragraph in root.iter("{*}p"):
        above = [etree.QName(element).localname for element in paragraph.iterancestors()]
        page = next((f"slide{pages.index(element) + 1}" for element in paragraph.iterancestors() if element in pages), "body")
        part = "comments" if "annotation" in above else f"{page}/notes" if "notes" in above else page
        own = [paragraph.text or "", *((child.tail or "") for child in paragraph)]
        parts.setdefault(part, []).append("".join(own))
    return parts


@cache
def slide_parts(content: bytes) -> dict[str, list[str]]:
    shown_as = {}
    relations = {str(one.get("Id")): str(one.get("Target")) for one in xml(content, "ppt/_rels/presentation.xml.rels")}
    for number, slide in enumerate(xml(content, "ppt/presentation.xml").iter("{*}sldId"), 1):
        identity = next(value for key, value in slide.attrib.items() if str(key).endswith("}id"))
        shown_as[f"slide{number}"] = "ppt/" + relations[str(identity)]
    parts = {part: drawn(content, file) for part, file in shown_as.items()}
    for part, file in shown_as.items():
        for one in xml(content, file.replace("slides/", "slides/_rels/") + ".rels"):
            kind = {"notesSlide": "notes", "comments": "comments"}[str(one.get("Type")).rpartition("/")[2]]
            parts[f"{part}/{kind}"] = drawn(content, "ppt/" + str(one.get("Target")).removeprefix("../"))
    return parts


def drawn(content: bytes, file: str) -> list[str]:
    root = xml(content, file)
    paragraphs = [*root.iter("{*}p"), *root.iter("{*}text")]
    return ["".join(str(text) for text in paragraph.itertext()) for paragraph in paragraphs if paragraph.tag.endswith(("main}p", "}text"))]


@cache
def rich_parts(content: bytes) -> dict[str, list[str]]:
    text = content.decode("ascii")
    parts = {"information": [f"author: {regex.search(r'author ([^{}]*)', text)[1]}"]}  # type: ignore[index]
    parts["footnotes"] = [said(found) for found in regex.findall(r"\{\\footnote ([^{}]*)\}", text)]
    body = regex.sub(r"\{\\(?:info\{[^{}]*\}|fonttbl\{[^{}]*\}|footnote [^{}]*)\}", "", text)
    parts["body"] = [said(piece) for piece in regex.split(r"\\par(?![a-z])|\\cell(?![a-z])", body)]
    return parts


def said(piece: str) -> str:
    piece = regex.sub(r"\\'([0-9a-f]{2})", lambda found: bytes.fromhex(found[1]).decode("cp1252"), piece)
    piece = regex.sub(r"\\u(\d+)\?", lambda found: chr(int(found[1])), piece)
    return regex.sub(r"\\[a-z]+-?\d* ?|[{}\r\n]", "", piece)


@cache
def old_parts(content: bytes) -> dict[str, list[str]]:
    with olefile.OleFileIO(content) as opened:
        main = opened.openstream("WordDocument").read()
    counts = struct.unpack_from("<3i", main, 0x4C)
    text, parts, at = main[2048:].decode("utf-16-le"), {}, 0
    for part, count in zip(("body", "footnotes", "header"), counts, strict=True):
        parts[part] = text[at : at + count].split("\r")
        at += count
    return parts


@cache
def old_slide_parts(content: bytes) -> dict[str, list[str]]:
    with olefile.OleFileIO(content) as opened:
        data = opened.openstream("PowerPoint Document").read()
    slides = data.split(struct.pack("<HH", 0xF, 0x03EE))[1:]
    found: dict[str, list[str]] = {}
    for number, slide in enumerate(slides, 1):
        atoms = slide.split(struct.pack("<HH", 0, 0x0FA0))[1:]
        found[f"slide{number}"] = [atom[4 : 4 + int.from_bytes(atom[:4], "little")].decode("utf-16-le") for atom in atoms]
    return found


@cache
def message_parts(content: bytes) -> dict[str, list[str]]:
    with olefile.OleFileIO(content) as opened:
        body = opened.openstream("__substg1.0_1000001F").read().decode("utf-16-le")
        address = opened.openstream("__recip_version1.0_#00000000/__substg1.0_3003001F").read().decode("utf-16-le")
    return {"body": body.split("\r\n"), "recipient1": [f"address: {address}"]}


@cache
def workbook_parts(content: bytes) -> dict[str, list[str]]:
    with olefile.OleFileIO(content) as opened:
        data = opened.openstream("Workbook").read()
    comment = data.split(struct.pack("<H", 0x1B6))[1]
    return {"Staff/comments": [comment[2 + 18 + 4 + 1 :].decode("utf-16-le", "replace")]}


PARTS = {
    "doc": old_parts,
    "fodt": open_parts,
    "msg": message_parts,
    "odp": open_parts,
    "odt": open_parts,
    "ppt": old_slide_parts,
    "pptx": slide_parts,
    "rtf": rich_parts,
    "xls": workbook_parts,
}


def xml(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def arrow_records(name: str, content: bytes) -> Any:
    """The records of an Arrow, ORC or Avro file."""
    if name.endswith(".feather"):
        return feather.read_table(io.BytesIO(content)).to_pylist()
    if name.endswith(".arrows"):
        return ipc.open_stream(content).read_all().to_pylist()
    return orc.read_table(io.BytesIO(content)).to_pylist() if name.endswith(".orc") else avro_records(content)


def avro_records(content: bytes) -> list[Any]:
    head, *blocks = content.split(AVRO_MARK)
    schema = json.loads(head[head.index(b"{") : head.rindex(b"}") + 1])
    codecs: dict[bytes, Callable[[bytes], bytes]] = {
        b"deflate": lambda data: zlib.decompress(data, -15),
        b"snappy": lambda data: bytes(pa.Codec("snappy").decompress(data[:-4], 1 << 16, asbytes=True)),
        b"zstandard": zstandard.decompress,
    }
    unpack = next(codec for name, codec in codecs.items() if name in head)
    records = []
    for block in blocks[:-1]:
        held = io.BytesIO(block)
        count = fastavro.schemaless_reader(held, "long", None)
        fastavro.schemaless_reader(held, "long", None)
        data = io.BytesIO(unpack(held.read()))
        records += [fastavro.schemaless_reader(data, schema, None) for _ in range(int(str(count)))]
    return records


@cache
def database_column(content: bytes, name: str) -> list[str]:
    """The values of `table.column`."""
    of, _, column = name.partition(".")
    with sqlite3.connect(":memory:") as database:
        database.deserialize(content)
        found = [str(row[0]) for row in database.execute(f"SELECT {column} FROM {of}")]  # noqa: S608 - names of the sample
    database.close()
    return found
