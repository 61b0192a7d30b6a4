"""Workbooks: a table below titles, numbers and days as spreadsheets store them, comments, and a sheet that nobody sees."""

from collections.abc import Iterator
from random import Random

from sample_data import made_numbers as numbers
from sample_data.marking import found, trap
from sample_data.people import BIRTH, CARDS, born, card, people, phone, ssn
from sample_data.sample import Sample
from sample_data.workbooks import Sheet, workbook_sample


def samples() -> Iterator[Sample]:
    """Every workbook."""
    yield _staff()


def _staff() -> Sample:
    rng = Random("staff")
    staff = [
        ["Staff of all branches"],
        ["as of", "2024-05-12"],
        [],
        ["name", "ssn", "date of birth", "card number", "order number", "e-mail"],
    ]
    for someone in people(rng, 12):
        order = trap(CARDS, numbers.card(rng), "the head of its column says order number")
        staff.append([someone.listed, ssn(rng), born(rng), card(rng), order, someone.email])
    contacts = [["supplier", "iban", "phone", "next visit"]]
    for someone in people(rng, 5):
        account = found("GERMANY_BANK_ACCOUNT_NUMBER", numbers.german_iban(rng))
        visit = trap(BIRTH, f"2025-0{rng.randint(1, 9)}-{rng.randint(10, 28)}", "a visit")
        contacts.append([f"{someone.last} Trading Inc.", account, phone(rng), visit])
    comments = {"B6": f"Her old SSN was {ssn(rng)}.", "F7": f"now {people(rng, 1)[0].email}"}
    about = "A table below titles; numbers and days stored as numbers; comments; a second sheet that is hidden even from its menu"
    sheets = [Sheet("Staff", staff, header=4, comments=comments), Sheet("Suppliers", contacts, hidden=True)]
    return workbook_sample("sheets/staff.xlsx", about, sheets)
