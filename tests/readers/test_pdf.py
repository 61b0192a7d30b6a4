"""PDF: text in its lines, and what is broken or locked."""

import io
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import PageLocation, ParagraphLocation
from scanner.model.outcome import Reason
from scanner.readers.budget import Limits
from scanner.readers.pdf_pdfminer import SecondOpinion
from scanner.readers.pdf_text import PageLocator, clean, page_ranges
from tests.readers.opening import is_sound, opened
from tests.readers.pdfs import document, encrypted, pages, shown, stream

PICTURE = stream(bytes(3), b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8")


def pictured(*contents: bytes) -> bytes:
    """Pages that can draw the picture `Im`."""
    number = 4 + 2 * len(contents)
    return pages(*contents, page=b"/Resources << /Font << /F1 3 0 R >> /XObject << /Im %d 0 R >> >>" % number, more=[PICTURE])


def test_pages_are_read_in_order_with_their_lines() -> None:
    found = opened(pages(shown("first page", "ssn 219-22-9999"), shown("second page")), "x.pdf")
    assert [segment.text for segment in found.segments] == ["first page\nssn 219-22-9999", "second page"]
    assert [segment.continues for segment in found.segments] == [False, False]
    assert found.place("219-22-9999") == PageLocation(page=1, line=2, start_column=5, end_column=15)
    assert found.place("second") == PageLocation(page=2, line=1, start_column=1, end_column=6)
    assert (found.media_type, found.problems) == ("application/pdf", [])


def test_a_pdf_in_a_stream_that_cannot_seek_is_read() -> None:
    assert opened(pages(shown("text")), "x.pdf", seekable=False).texts == {(): "text"}


def test_a_number_over_two_lines_stays_together() -> None:
    assert opened(pages(shown("4111 1111", "1111 1111")), "x.pdf").texts == {(): "4111 1111\n1111 1111"}


def test_text_beside_the_visible_page_is_read() -> None:
    assert opened(pages(b"BT /F1 12 Tf 2000 2000 Td (ssn 219-22-9999) Tj ET"), "x.pdf").texts == {(): "ssn 219-22-9999"}


def test_a_password_is_needed_or_not() -> None:
    locked = opened(encrypted("ssn 219-22-9999", b"secret"), "x.pdf")
    assert locked.failure is not None
    assert locked.failure.reason is Reason.ENCRYPTED
    assert opened(encrypted("ssn 219-22-9999", b""), "x.pdf").texts == {(): "ssn 219-22-9999"}


def test_what_the_document_says_of_itself_is_on_no_page() -> None:
    data = pages(shown("text"), more=[b"<< /Title (Payroll) /Author (Ann Example) /Producer (Program 1.0) >>"], trailer=b"/Info 6 0 R")
    found = opened(data, "x.pdf")
    assert found.segments[0].text == "Title: Payroll\nAuthor: Ann Example\n"
    assert found.place("Ann Example") == ParagraphLocation("information", 2, "", 8, 19)


def test_form_fields_are_read_with_their_names() -> None:
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (ssn) /TU (Social security number) /V (219-22-9999) /Rect [0 0 100 20] >>"
    data = pages(shown("form"), page=b"/Annots [6 0 R]", catalogue=b"/AcroForm << /Fields [6 0 R] >>", more=[field])
    found = opened(data, "x.pdf")
    assert [segment.text for segment in found.segments] == ["form", "Social security number: 219-22-9999"]
    assert found.place("219-22-9999") == PageLocation(page=1, line=2, start_column=25, end_column=35)


def test_comments_and_links_that_the_page_does_not_show_are_read_once() -> None:
    note = b"<< /Type /Annot /Subtype /Text /Contents (call 555-0100) /Rect [0 0 9 9] >>"
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (mailto:%s@example.org) >> >>"
    data = pages(shown("write to ann@example.org"), page=b"/Annots [6 0 R 7 0 R 8 0 R 6 0 R]", more=[note, link % b"ann", link % b"bob"])
    assert opened(data, "x.pdf").segments[1].text == "call 555-0100\nmailto:bob@example.org"


def test_embedded_files_are_members() -> None:
    more = [
        b"<< /Type /Filespec /F (list.csv) /UF (list.csv) /EF << /F 7 0 R >> >>",
        stream(b"name,ssn\nAnn,219-22-9999\n", b"/Type /EmbeddedFile"),
    ]
    catalogue = b"/Names << /EmbeddedFiles << /Names [(list.csv) 6 0 R] >> >>"
    found = opened(pages(shown("text"), catalogue=catalogue, more=more), "x.pdf")
    assert (("list.csv",), ("ssn",), ["219-22-9999"]) in found.columns


def test_what_was_filled_into_an_xfa_form_is_a_member() -> None:
    more = [stream(b"<data><ssn>219-22-9999</ssn></data>"), stream(b"<template/>")]
    catalogue = b"/AcroForm << /Fields [] /XFA [(template) 7 0 R (datasets) 6 0 R] >>"
    found = opened(pages(shown("Please wait..."), catalogue=catalogue, more=more), "x.pdf")
    assert found.texts["form data.xml",] == "<data><ssn>219-22-9999</ssn></data>"


def test_pages_that_show_only_pictures_are_said_to_be_unread() -> None:
    found = opened(pictured(b"q 100 0 0 100 0 0 cm /Im Do Q", shown("text"), b"q 9 0 0 9 0 0 cm /Im Do Q"), "x.pdf")
    assert [(problem.reason, problem.detail) for problem in found.problems] == [
        (Reason.MEMBERS_UNREAD, "2 of 3 pages show pictures only: 1, 3")
    ]


def test_a_document_of_pictures_only_is_unsupported() -> None:
    found = opened(pictured(b"q 100 0 0 100 0 0 cm /Im Do Q"), "x.pdf")
    assert (found.texts, [problem.reason for problem in found.problems]) == ({}, [Reason.UNSUPPORTED_TYPE])


def test_an_empty_page_is_no_problem() -> None:
    found = opened(pages(b"", shown("text")), "x.pdf")
    assert (found.texts, found.problems) == ({(): "text"}, [])


def test_a_broken_table_of_objects_is_repaired() -> None:
    data = pages(shown("ssn 219-22-9999")).replace(b"startxref\n", b"startxref\n9")
    assert opened(data, "x.pdf").texts == {(): "ssn 219-22-9999"}


@pytest.mark.parametrize("cut", [b"xref\n0", b" /Contents 9 0 R", b"\nendstream\nendobj\n6 0"])
def test_a_truncated_document_gives_the_pages_that_are_left(cut: bytes) -> None:
    data = pages(shown("ssn 219-22-9999"), shown("second page"), shown("third page"))
    found = opened(data[: data.index(cut)], "x.pdf")
    left = {b"xref\n0": 3, b" /Contents 9 0 R": 2, b"\nendstream\nendobj\n6 0": 0}[cut]
    assert [segment.text for segment in found.segments] == ["ssn 219-22-9999", "second page", "third page"][:left]
    assert [problem.reason for problem in found.problems] == [Reason.MALFORMED]


def test_a_page_that_is_missing_costs_only_itself() -> None:
    data = pages(shown("first"), shown("second"), shown("third")).replace(b"/Kids [4 0 R 6 0 R", b"/Kids [4 0 R 1 0 R")
    found = opened(data, "x.pdf")
    assert "first" in found.texts[()]
    assert "third" in found.texts[()]


def test_what_is_no_pdf_behind_its_header_is_malformed() -> None:
    found = opened(b"%PDF-1.7\nand nothing else", "x.pdf")
    assert found.failure is not None
    assert found.failure.reason is Reason.MALFORMED


def test_the_second_opinion_reads_the_same_page() -> None:
    second = SecondOpinion(io.BytesIO(pages(shown("first page"), shown("ssn 219-22-9999"))))
    assert len(second) == 2
    page = second.page(2)
    assert page is not None
    assert page.text.strip() == "ssn 219-22-9999"
    assert second.page(3) is None


def test_text_without_meaning_in_its_font_asks_for_the_second_opinion() -> None:
    assert clean("\ufffd\ufffd\ufffd name").is_garbage
    assert clean("(cid:12)(cid:7)(cid:9) a").is_garbage
    assert clean("\ue001\ue002 ab").is_garbage
    assert not clean("one \ufffd in a sentence").is_garbage
    assert not clean("").is_garbage


def test_the_text_of_all_pages_costs_budget() -> None:
    found = opened(pages(*[shown("some words on a page")] * 30), "x.pdf", Limits(expanded_bytes=200))
    assert found.failure is not None
    assert found.failure.reason is Reason.BUDGET_BYTES
    assert len(found.segments) == 10


def test_hyphens_at_line_ends_are_kept_and_the_lines_still_counted() -> None:
    page = clean("card 4111-1111\ufffe1111-1111\r\nend")
    locator = PageLocator(3, breaks=page.breaks)
    assert page.text == "card 4111-1111-1111-1111\nend"
    assert page.lines == 3
    assert locator.at(page.text, 5, 24) == PageLocation(3, 1, 6, 15)
    assert locator.at(page.text, 15, 19) == PageLocation(3, 2, 1, 4)
    assert locator.at(page.text, 25, 28) == PageLocation(3, 3, 1, 3)


@given(st.lists(st.text(alphabet="ab 1", max_size=8), min_size=1, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_every_character_is_on_the_line_on_which_it_was_drawn(lines: list[str], hyphens: list[bool]) -> None:
    raw = "".join(line + ("\ufffe" if hyphen else "\r\n") for line, hyphen in zip(lines, hyphens, strict=False))
    page = clean(raw)
    at = 0
    for number, (line, hyphen) in enumerate(zip(lines, hyphens, strict=False), 1):
        for column in range(len(line)):
            place = PageLocator(1, breaks=page.breaks).at(page.text, at + column, at + column + 1)
            assert place == PageLocation(1, number, column + 1, column + 1), hyphen
        at += len(line) + 1


def test_page_numbers_are_written_in_short() -> None:
    assert page_ranges([1, 2, 3, 5, 7, 8]) == "1-3, 5, 7-8"


@pytest.mark.parametrize(
    "objects",
    [
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"],
        [b"<< /Type /Catalog /Pages 1 0 R >>"],
        [b"<< /Type /Catalog >>"],
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 9000 >>", b"<< /Type /Page /Parent 2 0 R >>"],
    ],
    ids=["page tree loops", "catalogue as page tree", "no pages", "pages declared that are not there"],
)
def test_documents_that_loop_or_lie_end_soon(objects: list[bytes]) -> None:
    found = opened(document(objects), "x.pdf")
    assert found.texts == {}


@pytest.mark.parametrize("seed", range(3))
def test_damage_anywhere_gives_text_problems_or_a_read_error(seed: int) -> None:
    rng = random.Random(seed)
    whole = pages(shown("first page"), shown("second page"))
    for _ in range(30):
        data = bytearray(whole)
        for _ in range(5):
            data[rng.randrange(20, len(data))] = rng.randrange(256)
        assert is_sound(opened(bytes(data), "x.pdf"))


BROKEN = """
import io
from scanner.readers.base import Content
from scanner.readers.budget import Budget, Limits
from scanner.readers.pdf import read
from tests.readers.pdfs import pages
data = pages(b"BT /F9 12 Tf (secret words) Tj ET [ (secret").replace(b"/Length", b"/Lengt")
list(read(Content(io.BytesIO(data), "x.pdf", len(data), data, "application/pdf"), Budget(Limits(), len(data))))
"""


def test_nothing_of_a_broken_file_is_logged() -> None:
    ended = subprocess.run([sys.executable, "-c", BROKEN], capture_output=True, text=True, check=True, timeout=60)
    assert (ended.stdout, ended.stderr) == ("", "")


def test_pages_that_are_declared_but_not_there_are_told_in_one_line_and_cost_budget() -> None:
    data = pages(shown("text")).replace(b"/Count 1 ", b"/Count 300 ")
    found = opened(data, "x.pdf")
    assert found.texts == {(): "text"}
    assert [problem.detail for problem in found.problems] == ["299 of 300 pages cannot be read: 2-300"]
    limited = opened(data, "x.pdf", Limits(entries=100))
    assert limited.failure is not None
    assert limited.failure.reason is Reason.BUDGET_ENTRIES
