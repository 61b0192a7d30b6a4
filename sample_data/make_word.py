"""Word-processing documents: one written by a library, one by hand with every place where text can hide."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from random import Random

from docx import Document

from sample_data import made_numbers as numbers
from sample_data.marking import plain, read_marks, trap
from sample_data.people import CARDS, SSN, card, people, phone, ssn
from sample_data.places import Place
from sample_data.sample import Sample, truth_of
from sample_data.word import Block, Boxed, Revised, Table, word_sample
from sample_data.zips import zipped


def samples() -> Iterator[Sample]:
    """Every document."""
    yield _contract()
    yield _letter()


def _contract() -> Sample:
    rng = Random("contract")
    one, two, three, four, five = people(rng, 5)
    order = trap(CARDS, numbers.card(rng), "the head of its column says order number")
    body: list[Block] = [
        "Agreement",
        "",
        f"between {one.listed}, Social Security number {ssn(rng)}, and the lender.",
        Table([["Name", "SSN", "Order number"], [two.name, ssn(rng), order], [three.name, ssn(rng), "none"]]),
        Revised("Paid with card ", f"{card(rng)} ", f"{card(rng)}."),
        Boxed("See the box.", [f"Call us: phone {phone(rng)}", f"or write to {four.email}"]),
        f"Signed by {one.listed}",
    ]
    parts: dict[str, list[Block]] = {
        "header1": [f"Confidential: {five.email}"],
        "footer1": [f"Questions: phone {phone(rng)}"],
        "footnotes": [f"Formerly known under SSN {ssn(rng)}."],
        "comments": [f"Ask {three.email} first.", f"Her SSN is {ssn(rng)}."],
    }
    about = "Body, table, tracked deletion and insertion, text box, header, footer, footnote and comments; every text is cut into two runs"
    return word_sample("docx/contract.docx", about, body, parts)


def _letter() -> Sample:
    rng = Random("docx letter")
    someone = people(rng, 1)[0]
    paragraphs = [
        f"Dear {someone.listed},",
        f"your Social Security number is {ssn(rng)}.",
        f"Part number {trap(SSN, '219-22-999', 'one digit short')}, write to {someone.email}",
    ]
    document = Document()
    for marked in paragraphs:
        document.add_paragraph(plain(marked))
    document.core_properties.created = document.core_properties.modified = datetime(2024, 5, 12)  # noqa: DTZ001 - the library wants it naive
    placed = [
        (mark, Place.of_slice(f"body, paragraph {number}", mark.start, mark.end))
        for number, marked in enumerate(paragraphs, start=1)
        for mark in read_marks(marked)[1]
    ]
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as archive:
        members = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    return Sample("docx/letter.docx", zipped(members), truth_of("A plain letter, written with python-docx", placed))
