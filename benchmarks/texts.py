"""Text without columns: events in JSON Lines, logs, prose, and something like source code."""

from collections import Counter
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks import columns
from benchmarks.columns import Rng, Strings
from benchmarks.planted import Block, sprinkle

_LINES: Final = 30_000


def event_lines(rng: Rng, _first: bool = False) -> Block:
    """Events of a web service; every one names a user by e-mail address, one in a hundred holds a card number."""
    card = columns.join('{"cardNumber":"', columns.cards(rng, _LINES), '"}')
    payment, cards = sprinkle(rng, _constant("null"), card, 0.01)
    head = columns.join('{"id":"', columns.uuids(rng, _LINES), '","at":"', columns.moments(rng, _LINES))
    user = columns.join('","user":{"email":"', columns.emails(rng, _LINES), '","country":"', columns.pick(rng, _LINES, ["SE", "DE"]))
    page = columns.join('"},"page":{"path":"/', columns.words(rng, _LINES), '","took_ms":', columns.decimals(rng.integers(1, 999, _LINES)))
    tail = columns.join('},"payment":', payment, ',"text":"', columns.sentences(rng, _LINES, 10), '"}')
    return _block(columns.join(head, user, page, tail), Counter({"EMAIL_ADDRESS": _LINES, "CREDIT_CARD_NUMBER": cards}))


def log_lines(rng: Rng, _first: bool = False) -> Block:
    """A service's log: one line in fifty names an address, one in five hundred an applicant's number."""
    message = columns.sentences(rng, _LINES, 7)
    message, addresses = sprinkle(rng, message, columns.join(message, " from ", columns.addresses(rng, _LINES)), 0.02)
    suffix, numbers = sprinkle(rng, _constant(""), columns.join(" ssn=", columns.ssns(rng, _LINES)), 0.002)
    level = columns.pick(rng, _LINES, ["INFO", "INFO", "INFO", "WARN", "ERROR"])
    process = columns.decimals(rng.integers(100, 30_000, _LINES))
    pieces = [columns.moments(rng, _LINES), " ", level, " [", process, "] ", columns.words(rng, _LINES), ".", columns.words(rng, _LINES)]
    lines = columns.join(*pieces, ": ", message, " trace=", columns.hexadecimal(rng, _LINES, 32), suffix)
    return _block(lines, Counter({"IPV4_ADDRESS": addresses, "USA_SOCIAL_SECURITY_NUMBER": numbers}))


def prose_lines(rng: Rng, _first: bool = False) -> Block:
    """Paragraphs of prose; one line in five hundred holds a phone number."""
    lines = columns.sentences(rng, _LINES, 14)
    called = columns.join(lines, " phone ", columns.phones(rng, _LINES))
    lines, phones = sprinkle(rng, lines, called, 0.002)
    ends, _ = sprinkle(rng, _constant("."), _constant(".\n"), 0.15)
    return _block(columns.join(lines, ends), Counter({"PHONE_NUMBER": phones}))


def source_lines(rng: Rng, _first: bool = False) -> Block:
    """Something like source code: short lines, many names, digests and versions, no value at all."""
    one, two, three = (columns.words(rng, _LINES) for _ in range(3))
    shapes = [
        columns.join("    ", one, " = ", two, ".", three, "(", columns.decimals(rng.integers(0, 4096, _LINES)), ")"),
        columns.join("def ", one, "_", two, "(self, ", three, ": int) -> str:"),
        columns.join("    # ", columns.sentences(rng, _LINES, 8)),
        columns.join(
            '    "',
            one,
            "==",
            columns.digits(rng, _LINES, 1),
            ".",
            columns.digits(rng, _LINES, 2),
            '"  # sha256:',
            columns.hexadecimal(rng, _LINES, 64),
        ),
        columns.join("    if ", one, " is None and ", two, " > 0:"),
        _constant(""),
    ]
    chosen = pa.array(rng.integers(0, len(shapes), _LINES, np.int32))
    return _block(pc.choose(chosen, *shapes), Counter())


def _constant(text: str) -> Strings:
    return pa.repeat(text, _LINES)


def _block(lines: Strings, planted: Counter[str]) -> Block:
    return Block(columns.text_of(lines), planted)
