"""Slides, OpenDocument files, RTF and old Office documents: what a letter and a talk say, in each of them."""

from collections.abc import Iterator, Sequence
from random import Random
from xml.sax.saxutils import escape

from sample_data import made_numbers as numbers
from sample_data.binary_workbooks import binary_workbook, old_comment, old_workbook
from sample_data.marking import Mark, found, plain, read_marks, trap
from sample_data.old_office import old_document, old_message, old_slides
from sample_data.open_documents import open_document
from sample_data.people import BIRTH, CARDS, NAME, SSN, born, card, people, phone, ssn
from sample_data.places import Place
from sample_data.sample import Sample, truth_of
from sample_data.slides import slide_show
from sample_data.stories import Stories
from sample_data.tables import Rows


def samples() -> Iterator[Sample]:
    """Every document."""
    yield _talk()
    yield _open_letter("open/letter.odt")
    yield _open_letter("open/flat.fodt")
    yield _open_talk()
    yield _open_sheets()
    yield _rich()
    yield _old_letter()
    yield _old_talk()
    yield _message()
    yield _workbook("sheets/old.xls")
    yield _workbook("sheets/binary.xlsb")


def _letter(rng: Random) -> list[str]:
    someone = people(rng, 1)[0]
    return [
        f"Dear {someone.listed},",
        f"your Social Security number is {ssn(rng)}, your card number {card(rng)}.",
        f"Part number {trap(SSN, '219-22-999', 'one digit short')}, write to {someone.email}",
    ]


def _rows(rng: Random, count: int = 4) -> Rows:
    rows = [["full name", "ssn", "order number"]]
    why = "the head of its column says order number"
    return [*rows, *([someone.listed, ssn(rng), trap(CARDS, numbers.card(rng), why)] for someone in people(rng, count))]


def _talk() -> Sample:
    rng, told = Random("talk"), Stories()
    one, two = people(rng, 2)
    slides = [
        ([told.say("slide1", "Results of the year")], []),
        ([told.say("slide2", f"Call {one.listed}: phone {phone(rng)}")], told.table("slide2", _rows(rng))),
    ]
    notes = {2: told.say("slide2/notes", f"Her SSN is {ssn(rng)}.")}
    comments = {1: told.say("slide1/comments", f"Ask {two.email} first.")}
    about = "Slides with a table, notes and a comment; the file of the second one has the lower number"
    return Sample("slides/talk.pptx", slide_show(slides, notes, comments), truth_of(about, told.placed))


def _open_letter(name: str) -> Sample:
    rng, told = Random(name), Stories()
    blocks = [f"<text:p>{escape(told.say('body', line))}</text:p>" for line in _letter(rng)]
    noted = f"<office:annotation><text:p>{told.say('comments', f'Her SSN is {ssn(rng)}.')}</text:p></office:annotation>"
    blocks.append(f"<text:p>{noted}{told.say('body', f'phone {phone(rng)}')}</text:p>")
    blocks.append(_open_table("Staff", told.table("body", _rows(rng))))
    about = "A letter with a table and a comment" + (", in one XML file" if name.endswith(".fodt") else "")
    return Sample(name, open_document("text", "".join(blocks), flat=name.endswith(".fodt")), truth_of(about, told.placed))


def _open_table(name: str, rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row) for row in rows)
    return f'<table:table table:name="{name}">{"".join(f"<table:table-row>{row}</table:table-row>" for row in cells)}</table:table>'


def _open_talk() -> Sample:
    rng, told = Random("open talk"), Stories()
    frame = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    pages = f"<draw:page>{frame.format(told.say('slide1', 'Results'))}</draw:page><draw:page>"
    pages += frame.format(told.say("slide2", f"phone {phone(rng)}"))
    pages += f"<presentation:notes>{frame.format(told.say('slide2/notes', f'Her SSN is {ssn(rng)}.'))}</presentation:notes></draw:page>"
    about = "Two slides, the second one with notes"
    return Sample("open/talk.odp", open_document("presentation", pages), truth_of(about, told.placed))


def _open_sheets() -> Sample:
    """Days and numbers with their values, of which cells show less; a row that stands for two."""
    rng = Random("open sheets")
    rows: Rows = [["full name", "date of birth", "card number"]]
    rows = [*rows, *([someone.listed, born(rng), card(rng)] for someone in people(rng, 3))]
    written = "".join(f"<table:table-row>{''.join(map(_open_cell, row))}</table:table-row>" for row in rows)
    table = f'<table:table table:name="Staff">{written.replace("<table:table-row>", _REPEATED, 1)}</table:table>'
    placed = list(sheet_places("Staff", rows))
    about = "A sheet: days as other programs show them, long numbers of which cells show a rounded one"
    return Sample("open/staff.ods", open_document("spreadsheet", table), truth_of(about, placed))


_REPEATED = '<table:table-row table:number-rows-repeated="1">'


def _open_cell(marked: str) -> str:
    text = plain(marked)
    if text[4:5] + text[7:8] == "--":
        year, month, day = text.split("-")
        shown = f"<text:p>{day}.{month}.{year[2:]}</text:p>"
        return f'<table:table-cell office:value-type="date" office:date-value="{text}">{shown}</table:table-cell>'
    if text.isdecimal():
        return f'<table:table-cell office:value-type="float" office:value="{text}"><text:p>{float(text):.2E}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def sheet_places(sheet: str, rows: Rows) -> Iterator[tuple[Mark, Place]]:
    """Every mark in the cells of a sheet, or of a table in a text, with its cell."""
    names = [plain(cell) for cell in rows[0]]
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            for mark in read_marks(cell)[1]:
                yield mark, Place.of_slice(f"{sheet}, row {number}, column {column} {names[column - 1]}", mark.start, mark.end)


def _rich() -> Sample:
    rng, told = Random("rich"), Stories()
    one = people(rng, 1)[0]
    body = [_rtf(told.say("body", line)) + "\\par\n" for line in _letter(rng)]
    hidden = told.say("body", f"Herr {found(NAME, 'Müßig')}, phone {phone(rng)}")
    body.append(f"{{\\v {_rtf(hidden)}}}{{\\footnote {_rtf(told.say('footnotes', f'Formerly SSN {ssn(rng)}.'))}}}\\par\n")
    body += [_rtf_row(row) for row in told.table("body", _rows(rng))]
    info = f"{{\\info{{\\author {_rtf(told.say('information', f'author: {one.listed}')[8:])}}}}}"
    content = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}" + info + "".join(body) + "}"
    about = "A letter with hidden text in two ways to write letters, a footnote, a table, and its author"
    return Sample("rtf/letter.rtf", content.encode("ascii"), truth_of(about, told.placed))


def _rtf_row(row: Sequence[str]) -> str:
    cells = "".join(f"\\pard\\intbl {_rtf(cell)}\\cell" for cell in row)
    return f"\\trowd\\cellx2000\\cellx4000\\cellx6000{cells}\\row\n"


def _rtf(text: str) -> str:
    """Letters beyond ASCII as bytes of the code page, one of them in Unicode."""
    plain_text = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    return "".join(
        letter if letter.isascii() else f"\\u{ord(letter)}?" if letter == "ß" else f"\\'{ord(letter):02x}" for letter in plain_text
    )


def _old_letter() -> Sample:
    rng, told = Random("old letter"), Stories()
    body = "".join(told.say("body", line) + "\r" for line in _letter(rng))
    stories = {"body": body, "footnotes": told.say("footnotes", f"Formerly SSN {ssn(rng)}.") + "\r"}
    stories["header"] = told.say("header", f"Confidential: phone {phone(rng)}") + "\r"
    return Sample("docx/letter.doc", old_document(stories), truth_of("A letter of Word 97, with a footnote and a header", told.placed))


def _old_talk() -> Sample:
    rng, told = Random("old talk"), Stories()
    slides = [[told.say("slide1", "Results")], [told.say("slide2", f"SSN {ssn(rng)}"), told.say("slide2", f"phone {phone(rng)}")]]
    return Sample("slides/talk.ppt", old_slides(slides), truth_of("Two slides of PowerPoint 97", told.placed))


def _message() -> Sample:
    rng, told = Random("message"), Stories()
    someone = people(rng, 1)[0]
    texts = {
        "0037": "New customer",
        "1000": "\r\n".join(told.say("body", line) for line in _letter(rng)),
        "__recip_version1.0_#00000000/3003": told.say("recipient1", f"address: {someone.email}")[9:],
    }
    return Sample("outlook/customer.msg", old_message(texts), truth_of("A message of Outlook, with a recipient", told.placed))


def _workbook(name: str) -> Sample:
    rng = Random(name)
    rows: Rows = [["full name", "ssn", "card number", "e-mail"]]
    rows = [*rows, *([someone.listed, ssn(rng), card(rng), someone.email] for someone in people(rng, 6))]
    other: Rows = [
        ["iban", "next visit"],
        [found("GERMANY_BANK_ACCOUNT_NUMBER", numbers.german_iban(rng)), trap(BIRTH, "2025-03-12", "a visit")],
    ]
    sheets = {sheet: [[plain(cell) for cell in row] for row in cells] for sheet, cells in (("Staff", rows), ("Suppliers", other))}
    placed = [*sheet_places("Staff", rows), *sheet_places("Suppliers", other)]
    if name.endswith(".xlsb"):
        return Sample(name, binary_workbook(sheets), truth_of("Two sheets in binary parts; numbers stored as numbers", placed))
    told = Stories()
    comment = told.say("Staff/comments", f"Her old SSN was {ssn(rng)}.", "Staff!B2, ")
    content = old_workbook(sheets, {"Staff": old_comment(1, 1, comment)})
    return Sample(name, content, truth_of("Two sheets of Excel 97 with a comment; numbers stored as numbers", [*placed, *told.placed]))
