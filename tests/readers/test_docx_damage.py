"""Word documents that are damaged, hostile or locked: what can be read is, and the rest is told."""

import http.server
import threading

from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import ParagraphLocation
from scanner.model.outcome import Reason
from scanner.readers.budget import MIB, Limits
from tests.readers.docxs import body, package, paragraph, run, story
from tests.readers.opening import is_sound, opened

SSN = "219-22-9999"
OTHER = "219-22-9998"
DAMAGED = [(Reason.MALFORMED, ("word/document.xml",))]


def test_damaged_xml_is_read_to_the_damage_and_behind_it_without_markup() -> None:
    damaged = body(
        *[paragraph(f"number {number}") for number in range(50)], "<w:p><w:r><w:t>cut</w:r></w:p>", paragraph(f"ssn {SSN} &amp; more")
    )
    found = opened(package(damaged), "x.docx")
    assert found.reasons == DAMAGED
    assert found.texts[()].split("\n") == [*[f"number {number}" for number in range(50)], "cut", f"ssn {SSN} & more", ""]
    assert found.place(SSN) == ParagraphLocation("body", 52, "", 4, 15)


def test_xml_that_ends_early_is_read_to_its_end() -> None:
    found = opened(package(body(paragraph("one"), paragraph("two"), paragraph("three"))[:-60]), "x.docx")
    assert found.reasons == DAMAGED
    assert found.texts[()].split("\n")[:2] == ["one", "two"]


def test_elements_nested_too_deep_are_read_without_markup() -> None:
    deep = "<w:smartTag>" * 400 + run(SSN) + "</w:smartTag>" * 400
    found = opened(package(body(paragraph("first"), f"<w:p>{deep}</w:p>")), "x.docx")
    assert (found.texts[()], found.reasons) == (f"first\n{SSN}\n", DAMAGED)


def test_an_external_entity_is_never_fetched() -> None:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}/x"
        doctype = f'<!DOCTYPE d SYSTEM "{address}.dtd" [<!ENTITY a SYSTEM "{address}"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        found = opened(package(doctype + body(paragraph(f"ssn {SSN} &a; &b;"))), "x.docx")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert asked == []
    assert f"ssn {SSN} &a; &b;" in found.texts[()]
    assert "root:" not in found.texts[()]
    assert found.reasons == DAMAGED


def test_a_billion_laughs_are_not_laughed() -> None:
    entities = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
    found = opened(package(f"<!DOCTYPE d [{entities}]>" + body(paragraph(f"&l11; {SSN}"))), "x.docx")
    assert SSN in found.texts[()]
    assert len(found.texts[()]) < 2000
    assert found.reasons == DAMAGED


def test_a_part_that_is_too_large_is_said_and_the_others_are_read() -> None:
    large = story("hdr", *[paragraph("x" * 100)] * 200)
    found = opened(package(body(paragraph(SSN)), {"word/header1.xml": large}), "x.docx", Limits(memory_bytes=10_000))
    assert found.texts == {(): f"{SSN}\n"}
    assert found.reasons == [(Reason.BUDGET_MEMORY, ("word/header1.xml",))]


def test_a_compressed_bomb_of_a_part_is_stopped() -> None:
    found = opened(package(body(paragraph(SSN), paragraph(" " * 20 * MIB))), "x.docx", Limits(ratio_after=MIB))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_RATIO


def test_a_truncated_package_gives_the_parts_that_are_left() -> None:
    whole = package(body(paragraph(SSN)), {"word/header1.xml": story("hdr", paragraph("head"))})
    found = opened(whole[: whole.rindex(b"PK\1\2") - 60], "x.docx")
    assert found.texts == {(): f"{SSN}\nhead\n"}
    assert found.reasons == [(Reason.MALFORMED, ())]


def test_an_encrypted_document_is_reported() -> None:
    from tests.readers.test_ole import compound

    failure = opened(compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), "x.docx").failure
    assert failure is not None
    assert failure.reason is Reason.ENCRYPTED


@given(st.binary(max_size=300))
def test_any_bytes_as_a_body_end_in_text_or_problems(document: bytes) -> None:
    parts: dict[str, str | bytes] = dict.fromkeys(("word/header1.xml", "customXml/item1.xml", "word/_rels/document.xml.rels"), document)
    assert is_sound(opened(package(document, parts), "x.docx"))


@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_damaged_byte_in_the_body_loses_little(at: int, byte: int) -> None:
    document = bytearray(body(*[paragraph(f"number {number} stands here") for number in range(20)]).encode())
    document[at % len(document)] = byte
    found = opened(package(bytes(document)), "x.docx")
    assert found.texts[()].count("stands here") >= 18
