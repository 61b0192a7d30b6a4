"""Packages of Word documents, also odd and broken ones."""

import io
import struct
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.model.outcome import Reason
from scanner.readers import docx_package
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Limits
from scanner.readers.docx_package import NOTHING, Package, open_package
from scanner.readers.packages import WORD
from tests.readers.docxs import WORDPROCESSING, body, content_types, package, paragraph, parts, relationships, story, whole
from tests.readers.opening import opened
from tests.readers.zips import Made, archive, deflated

SSN = "219-22-9999"
MAIN = f"{WORDPROCESSING}document.main+xml"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
TYPES = content_types(xml=MAIN, psmdcp=CORE, dat=f"{WORDPROCESSING}header+xml", png="image/png")


def members() -> "dict[str, str | bytes]":
    """A package that python-docx opens, whose properties and header have unusual names."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships("word/document.xml", "package/props/1f0a.psmdcp"),
        "word/document.xml": body(paragraph("text")),
        "word/_rels/document.xml.rels": relationships("odd.dat", "media/a.png", external=("https://user:word@example.org/", "b.html")),
        "word/odd.dat": story("hdr", paragraph(f"head {SSN}")),
        "word/media/a.png": b"\x89PNG",
        "word/alone.xml": story("ftr", paragraph("nothing leads here")),
        "package/props/1f0a.psmdcp": '<p xmlns:dc="d"><dc:creator>Ann Example</dc:creator><dc:created>2024-01-01</dc:created></p>',
    }


def package_of(data: bytes) -> Package:
    return open_package(Content(io.BytesIO(data), "x.docx", len(data), data[:1000], WORD))


def test_parts_their_kinds_and_external_targets_are_known() -> None:
    assert package_of(whole(members())) == Package(
        {
            "word/document.xml": MAIN,
            "word/odd.dat": f"{WORDPROCESSING}header+xml",
            "word/media/a.png": "image/png",
            "package/props/1f0a.psmdcp": CORE,
        },
        {
            "_rels/.rels": (),
            "word/_rels/document.xml.rels": ("https://user:word@example.org/", "b.html"),
            "word/_rels/odd.dat.rels": (),
            "word/media/_rels/a.png.rels": (),
            "package/props/_rels/1f0a.psmdcp.rels": (),
        },
    )


def test_parts_of_unusual_names_are_read_as_what_they_are_and_parts_that_nothing_reaches_too() -> None:
    found = opened(whole(members()), "x.docx")
    assert parts(found) == {
        "body": "text\n",
        "odd": f"head {SSN}\n",
        "alone": "nothing leads here\n",
        "core": "creator: Ann Example\n",
        "links": "https://user:word@example.org/\nb.html\n",
    }
    assert found.problems == []


def test_a_picture_beside_properties_is_still_a_document_without_text() -> None:
    made = members()
    for name in ("word/document.xml", "word/odd.dat", "word/alone.xml"):
        made[name] = story("ftr")
    assert [problem.reason for problem in opened(whole(made), "x.docx").problems] == [Reason.MEMBERS_UNREAD]


def chain(length: int) -> "dict[str, str | bytes]":
    """Parts of which each leads to the next."""
    links = {f"_rels/{number}.xml.rels": relationships(f"{number + 1}.xml") for number in range(length)}
    return {**links, **{f"{number}.xml": "<a/>" for number in range(length + 1)}, "_rels/.rels": relationships("0.xml")}


REFUSED: "dict[str, dict[str, str | bytes]]" = {
    "no content types": {"[Content_Types].xml": "<x/>"},
    "other namespace": {"_rels/.rels": "<Relationships><Relationship/></Relationships>"},
    "missing part": {"_rels/.rels": relationships("nowhere.xml")},
    "missing type": {"[Content_Types].xml": content_types()},
    "no target": {"_rels/.rels": relationships("word/document.xml").replace("Target=", "T=")},
    "damaged": {"_rels/.rels": relationships("word/document.xml")[:-5]},
    "document type": {"_rels/.rels": "<!DOCTYPE r>" + relationships("word/document.xml")},
    "too deep": {"_rels/.rels": "<a>" * 400 + "</a>" * 400},
    "long chain": chain(990),
    "long name": {"x" * 2000: b""},
    "many members": {f"{number}.bin": b"" for number in range(2001)},
    "large relationships": {"_rels/.rels": relationships("word/document.xml") + " " * 3 * MIB},
}


@pytest.mark.parametrize("changed", REFUSED.values(), ids=REFUSED)
def test_what_python_docx_refuses_is_read_all_the_same(changed: "dict[str, str | bytes]") -> None:
    data = whole({**members(), **changed})
    assert package_of(data) == NOTHING
    found = opened(data, "x.docx")
    assert "text\n" in found.texts[()]
    assert "https://user:word@example.org/\nb.html\n" in found.texts[()]
    assert SSN in found.texts["word/odd.dat",]


def test_a_truncated_package_is_not_given_to_python_docx() -> None:
    data = whole(members())
    assert package_of(data[: data.rindex(b"PK\1\2") - 10]) == NOTHING


def stored_block(data: bytes) -> bytes:
    """A block of deflate that is not the last one, `data` as they are (RFC 1951, 3.2.4)."""
    return struct.pack("<BHH", 0, len(data), len(data) ^ 0xFFFF) + data


def test_a_part_of_400_mib_in_a_whole_package_is_refused_by_its_size() -> None:
    start, mebibyte = body("<w:p>").encode().partition(b"</w:body>")[0], zlib.compressobj(9, wbits=-15)
    spaces = mebibyte.compress(b" " * MIB) + mebibyte.flush(zlib.Z_FULL_FLUSH)
    whole_parts = [deflated(name.encode(), content.encode()) for name, content in members().items() if isinstance(content, str)]
    large = Made(b"word/document.xml", stored_block(start) + spaces * 400, start, method=8)
    data = archive(*[large if made.name == large.name else made for made in whole_parts], deflated(b"word/media/a.png", b""))
    assert package_of(data).types["word/document.xml"] == MAIN
    failure = opened(data, "x.docx").failure
    assert failure is not None
    assert failure.reason is Reason.BUDGET_RATIO


def test_relationships_with_entities_are_never_expanded() -> None:
    entities = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
    made = members()
    made["word/_rels/document.xml.rels"] = f"<!DOCTYPE r [{entities}]>" + relationships(external=("&l11;", f"ssn {SSN}"))
    data = whole(made)
    found = opened(data, "x.docx")
    assert package_of(data) == NOTHING
    assert "lollol" not in found.texts[()]
    assert sum(map(len, found.texts.values())) < 2000
    assert found.reasons == [(Reason.MALFORMED, ("word/_rels/document.xml.rels",))]


def test_a_stream_that_cannot_seek_gives_the_same() -> None:
    data = whole(members())
    assert parts(opened(data, "x.docx", seekable=False)) == parts(opened(data, "x.docx"))


@given(st.binary(max_size=200), st.sampled_from(["_rels/.rels", "[Content_Types].xml", "word/_rels/document.xml.rels"]))
@example(junk=b"spreadsheetml.template.main+xml", name="[Content_Types].xml")
def test_any_bytes_as_structure_leave_the_body_readable(junk: bytes, name: str) -> None:
    found = opened(whole({**members(), name: junk}), "x.docx")
    assert "text\n" in found.texts[()]


@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_byte_anywhere_raises_nothing_but_read_errors(at: int, byte: int) -> None:
    data = bytearray(whole(members()))
    data[at % len(data)] = byte
    found = opened(bytes(data), "x.docx", Limits(entries=100))
    assert found.media_type


def test_the_outline_of_a_package_without_relationships_is_nothing() -> None:
    assert package_of(package(body(paragraph("text")))) == NOTHING


def test_a_name_of_which_a_nul_leaves_nothing_is_no_package() -> None:
    assert docx_package._packed({"\0x": b""}) is None
