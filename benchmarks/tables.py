"""Delimited tables: a wide one with little in it, and one that is sensitive all over."""

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from typing import Final

from benchmarks import columns
from benchmarks.columns import Rng, Strings
from benchmarks.planted import Block, Planted, sprinkle

_ROWS: Final = 20_000
_MEASURES: Final = 12


def wide_columns(rng: Rng, count: int) -> tuple[dict[str, Strings], Planted]:
    """Forty columns as warehouses have them; 1.5 % of the free texts hold a phone number, 0.5 % an e-mail address."""
    notes = columns.sentences(rng, count, 8)
    notes, phones = sprinkle(rng, notes, columns.join(notes, " phone ", columns.phones(rng, count)), 0.015)
    comments = columns.sentences(rng, count, 5)
    comments, emails = sprinkle(rng, comments, columns.join(comments, " ", columns.emails(rng, count)), 0.005)
    made = {
        "row_id": columns.digits(rng, count, 9),
        "order_id": columns.digits(rng, count, 16),
        "request_id": columns.uuids(rng, count),
        "created_at": columns.moments(rng, count),
        "country": columns.pick(rng, count, ["SE", "DK", "NO", "DE", "FR"]),
        "status": columns.pick(rng, count, ["open", "paid", "sent", "returned"]),
        **{f"flag_{number}": columns.pick(rng, count, ["true", "false"]) for number in range(8)},
        **{f"measure_{number}": _float(rng, count) for number in range(_MEASURES)},
        **{f"amount_{number}": columns.digits(rng, count, 5) for number in range(8)},
        **{f"label_{number}": columns.words(rng, count) for number in range(4)},
        "notes": notes,
        "comments": comments,
    }
    return made, Counter({"PHONE_NUMBER": phones, "EMAIL_ADDRESS": emails})


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
        "email": columns.emails(rng, count),
        "phone": columns.phones(rng, count),
        "ip_address": columns.addresses(rng, count),
    }
    identifiers = ("USA_SOCIAL_SECURITY_NUMBER", "CREDIT_CARD_NUMBER", "EMAIL_ADDRESS", "PHONE_NUMBER", "IPV4_ADDRESS")
    return made, Counter(dict.fromkeys(identifiers, count))


def dense_rows(rng: Rng, first: bool) -> Block:
    """Rows of the dense table."""
    made, planted = dense_columns(rng, _ROWS)
    return _block(made, planted, header=first)


def _block(made: Mapping[str, Strings], planted: Planted, *, header: bool) -> Block:
    rows = reduce(lambda left, right: columns.join(left, ",", right), made.values())
    head = ",".join(made).encode() + b"\n" if header else b""
    return Block(head + columns.text_of(rows), planted)
