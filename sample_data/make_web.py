"""What people write for browsers and share from their phones: HTML, Markdown, books, contacts, calendars, directories, notebooks."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from sample_data import made_numbers as numbers
from sample_data.make_documents import sheet_places
from sample_data.marking import Mark, found, plain, read_marks, trap
from sample_data.people import CARDS, NAME, SSN, people, phone, ssn
from sample_data.places import Place
from sample_data.sample import Sample, line_places, text_sample, truth_of
from sample_data.tables import Rows
from sample_data.trees import Tree, plain_tree, tree_places
from sample_data.zips import zipped


def samples() -> Iterator[Sample]:
    """Every file."""
    yield _page("web/staff.html")
    yield _markdown()
    yield _book()
    yield _contacts()
    yield _calendar()
    yield _directory()
    yield _notebook()


def _rows(rng: Random) -> Rows:
    rows = [["full name", "ssn", "order number"]]
    why = "the head of its column says order number"
    return [*rows, *([someone.listed, ssn(rng), trap(CARDS, numbers.card(rng), why)] for someone in people(rng, 4))]


def _page(name: str) -> Sample:
    """A page: lines for what is text, cells for the table, which lies inside another one."""
    rng = Random(name)
    someone, rows = people(rng, 1)[0], _rows(rng)
    table = "\n".join("<tr>" + "".join(f"<td>{plain(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    lines = [
        "<!DOCTYPE html>",
        f"<html><head><title>Staff</title></head><body><p>Write to {someone.email}</p>",
        f"<table><tr><td>menu</td><td><table>{table}</table></td></tr></table>",
        f"<p>Formerly SSN {ssn(rng)}; part number {trap(SSN, '219-22-999', 'one digit short')}</p></body></html>",
    ]
    text, marks = read_marks("\n".join(lines) + "\n")
    placer = line_places(text)
    placed = [(mark, placer(mark)) for mark in marks]
    placed += sheet_places("table 2", rows)
    return Sample(name, text.encode(), truth_of("A page with a table of data inside one for the layout", placed))


def _markdown() -> Sample:
    rng = Random("markdown")
    rows = _rows(rng)
    head, *others = ["| " + " | ".join(plain(cell) for cell in row) + " |" for row in rows]
    lines = ["# Staff", "", f"Call phone {phone(rng)}.", "", head, "|---|:-:|--:|", *others, "", f"Formerly SSN {ssn(rng)}"]
    text, marks = read_marks("\n".join(lines) + "\n")
    placer = line_places(text)
    placed = [*((mark, placer(mark)) for mark in marks), *sheet_places("table 1", rows)]
    return Sample("web/staff.md", text.encode(), truth_of("Text with a table", placed))


def _book() -> Sample:
    rng = Random("book")
    chapter = text_sample("chapter.xhtml", f"<html><body><p>Her SSN is {ssn(rng)}.</p></body></html>\n", "")
    members = {"mimetype": b"application/epub+zip", "OEBPS/chapter.xhtml": chapter.content}
    truth = replace(chapter.truth.inside("OEBPS/chapter.xhtml"), about="A book of one chapter")
    return Sample("web/book.epub", zipped(members, stored=True), truth)


def _contacts() -> Sample:
    rng = Random("contacts")
    lines: list[str] = []
    for someone in people(rng, 3):
        lines += [
            "BEGIN:VCARD",
            "VERSION:3.0",
            f"N:{found(NAME, f'{someone.last};{someone.first}')};;;",
            f"FN:{someone.listed}",
            f"TEL;TYPE=cell:{phone(rng)}",
        ]
        lines += [f"EMAIL:{someone.email}", f"NOTE:Her SSN is {ssn(rng)}.", "END:VCARD"]
    written, placed = _folded(lines, "\r\n")
    about = "Contacts; lines with Social Security numbers are folded in the middle of them"
    return Sample("contacts/people.vcf", written.encode(), truth_of(about, placed))


def _calendar() -> Sample:
    rng = Random("calendar")
    someone = people(rng, 1)[0]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1@example.org", f"ATTENDEE:mailto:{someone.email}"]
    lines += [f"DESCRIPTION:Bring SSN {ssn(rng)}\\, please. Phone {phone(rng)}", "END:VEVENT", "END:VCALENDAR"]
    written, placed = _folded(lines, "\r\n")
    return Sample("contacts/visit.ics", written.encode(), truth_of("An appointment; a line is folded in the middle of a number", placed))


def _directory() -> Sample:
    rng = Random("directory")
    lines = ["version: 1", ""]
    for number, someone in enumerate(people(rng, 4)):
        lines += [f"dn: uid=u{number},dc=example,dc=org", "objectClass: person", f"cn: {someone.listed}", f"mail: {someone.email}"]
        lines += [f"telephoneNumber: {phone(rng)}", f"ssn: {ssn(rng)}", ""]
    written, placed = _folded(lines, "\n")
    about = "Entries of a directory; lines with Social Security numbers are folded in the middle of them"
    return Sample("contacts/directory.ldif", written.encode(), truth_of(about, placed))


def _folded(lines: Sequence[str], line_end: str) -> tuple[str, list[tuple[Mark, Place]]]:
    """The lines, each with a Social Security number folded in the middle of that, and where the marks are."""
    made: list[str] = []
    placed: list[tuple[Mark, Place]] = []
    for marked in lines:
        text, marks = read_marks(marked)
        fold = next((mark.start + len(mark.value) // 2 for mark in marks if mark.identifiers == (SSN,) and not mark.why), 0)
        for mark in marks:
            ends = [
                (len(made) + 1, at + 1) if not fold or at < fold else (len(made) + 2, at - fold + 2) for at in (mark.start, mark.end - 1)
            ]
            placed.append((mark, Place("", ends[0], ends[1])))
        made += [text[:fold], f" {text[fold:]}"] if fold else [text]
    return line_end.join((*made, "")), placed


def _notebook() -> Sample:
    rng = Random("notebook")
    someone = people(rng, 1)[0]
    cells: list[Tree] = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Customers\n", f"Ask {someone.email}"]},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "source": ["customer = 'x'\n", f"ssn = '{ssn(rng)}'\n"],
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["found\n", f"phone {phone(rng)}\n"]}],
        },
    ]
    tree = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    content = json.dumps(plain_tree(tree), indent=1).encode()
    return Sample("notebooks/customers.ipynb", content, truth_of("A notebook: text, code and what it printed", list(tree_places(tree, 0))))
