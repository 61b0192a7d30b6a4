"""Delimited tables: a wide one with little in it, and one that is sensitive all over."""

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from typing import Final

import pyarrow as pa

from benchmarks import columns
from benchmarks.columns import Rng, Strings
from benchmarks.planted import Block, Planted, sprinkle

_ROWS: Final = 2_000
_MEASURES: Final = 10
_DENSE: Final = (
    "USA_SOCIAL_SECURITY_NUMBER",
    "CREDIT_CARD_NUMBER",
    "GERMANY_BANK_ACCOUNT_NUMBER",
    "EMAIL_ADDRESS",
    "PHONE_NUMBER",
    "DATE_OF_BIRTH",
    "IPV4_ADDRESS",
)


def wide_columns(rng: Rng, count: int) -> tuple[dict[str, Strings], Planted]:
    """Forty columns as warehouses have them. 1.5 % of the cells are sensitive: six rows in ten have something.

    Half of the rows name an e-mail address in a column of its own, 8 % a phone number and 2 % an address inside of free text.
    """
    contact, named = sprinkle(rng, _nothing(count), columns.emails(rng, count), 0.5)
    notes = columns.sentences(rng, count, 8)
    notes, phones = sprinkle(rng, notes, columns.join(notes, " phone ", columns.phones(rng, count)), 0.08)
    comments = columns.sentences(rng, count, 5)
    comments, emails = sprinkle(rng, comments, columns.join(comments, " ", columns.emails(rng, count)), 0.02)
    made = {
        "row_id": columns.digits(rng, count, 9),
        "order_id": columns.digits(rng, count, 16),
        "request_id": columns.uuids(rng, count),
        "created_at": columns.moments(rng, count),
        "country": columns.pick(rng, count, ["SE", "DK", "NO", "DE", "FR"]),
        "currency": columns.pick(rng, count, ["SEK", "DKK", "NOK", "EUR"]),
        "status": columns.pick(rng, count, ["open", "paid", "sent", "returned"]),
        "contact": contact,
        **{f"flag_{number}": columns.pick(rng, count, ["true", "false"]) for number in range(5)},
        **{f"measure_{number}": _float(rng, count) for number in range(_MEASURES)},
        **{f"price_{number}": _price(rng, count) for number in range(4)},
        **{f"amount_{number}": columns.digits(rng, count, 5) for number in range(4)},
        "sku": columns.join(columns.pick(rng, count, ["AB", "KX", "TR"]), "-", columns.digits(rng, count, 6)),
        "due_on": columns.dates(rng, count),
        "batch": columns.hexadecimal(rng, count, 12),
        **{f"label_{number}": columns.words(rng, count) for number in range(4)},
        "notes": notes,
        "comments": comments,
    }
    return made, Counter({"PHONE_NUMBER": phones, "EMAIL_ADDRESS": emails + named})


def _nothing(count: int) -> Strings:
    return pa.repeat("", count)


def _price(rng: Rng, count: int) -> Strings:
    return columns.join(columns.decimals(rng.integers(1, 5000, count)), ".", columns.digits(rng, count, 2))


def _float(rng: Rng, count: int) -> Strings:
    return columns.join(columns.decimals(rng.integers(-500, 500, count)), ".", columns.digits(rng, count, 6))


def wide_rows(rng: Rng, first: bool) -> Block:
    """Rows of the wide table."""
    made, planted = wide_columns(rng, _ROWS)
    return _block(made, planted, header=first)


def dense_columns(rng: Rng, count: int) -> tuple[dict[str, Strings], Planted]:
    """Columns in which every value is sensitive, beside names."""
    made = {
        "full_name": columns.names(rng, count),
        "ssn": columns.ssns(rng, count),
        "card_number": columns.cards(rng, count),
        "iban": columns.ibans(rng, count),
        "email": columns.emails(rng, count),
        "phone": columns.phones(rng, count),
        "date_of_birth": columns.birthdays(rng, count),
        "ip_address": columns.addresses(rng, count),
    }
    return made, Counter(dict.fromkeys(_DENSE, count))


def dense_rows(rng: Rng, first: bool) -> Block:
    """Rows of the dense table."""
    made, planted = dense_columns(rng, _ROWS)
    return _block(made, planted, header=first)


def _block(made: Mapping[str, Strings], planted: Planted, *, header: bool) -> Block:
    rows = reduce(lambda left, right: columns.join(left, ",", right), made.values())
    head = ",".join(made).encode() + b"\n" if header else b""
    return Block(head + columns.text_of(rows), planted)
