"""PDF files."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from sample_data import made_numbers as numbers
from sample_data.marking import found, trap
from sample_data.pdf import Lock, Pages, pdf_sample
from sample_data.people import BIRTH, CARDS, people, phone, ssn
from sample_data.sample import Sample


def samples() -> Iterator[Sample]:
    """Every PDF."""
    yield pdf_sample("pdf/statement.pdf", _statement(), "Three pages, compressed; each line is drawn in two pieces", compressed=True)
    yield pdf_sample("pdf/notice.pdf", _notice("notice"), "One page, not compressed")
    yield pdf_sample("pdf/restricted.pdf", _notice("restricted"), "Encrypted, but it opens without a password", lock=Lock("", "owner"))
    yield pdf_sample("pdf/no_text.pdf", [[]], "A page without any text", compressed=True)
    locked = pdf_sample(
        "pdf/locked.pdf", [["nothing to read without the password"]], "Encrypted with a password", lock=Lock("user", "owner")
    )
    yield replace(locked, truth=replace(locked.truth, outcome="skipped(encrypted)"))
    yield pdf_sample("pdf/really_a_pdf.csv", _notice("csv"), "A PDF under the name of a table: the content decides", compressed=True)


def _statement() -> Pages:
    rng = Random("statement")
    someone = people(rng, 1)[0]
    order = trap(CARDS, numbers.card(rng), "an order number, though its check digit fits")
    first = [
        "Harbour Street Credit Union",
        f"Statement for {someone.listed} (member since 2009)",
        f"Social Security number: {ssn(rng)}",
        "Page 1 of 3",
    ]
    second = [
        f"12 May order number {order} 49.90",
        f"13 May paid with card {found('CREDIT_CARD_NUMBER', numbers.grouped(numbers.card(rng)))} 120.00",
        "Page 2 of 3",
    ]
    third = [f"Questions? Write to {someone.email} or phone {phone(rng)}.", f"Date of birth: {found(BIRTH, '04/03/1971')}", "Page 3 of 3"]
    return [first, second, third]


def _notice(seed: str) -> Pages:
    rng = Random(seed)
    someone = people(rng, 1)[0]
    return [["Notice of change", f"Contact {someone.email}, phone {phone(rng)}", f"SSN {ssn(rng)}"]]
