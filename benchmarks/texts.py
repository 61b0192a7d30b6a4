"""Text without columns: events in JSON Lines, logs, prose, and source code."""

import glob
import os
from collections import Counter
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks import columns
from benchmarks.columns import Rng, Strings
from benchmarks.planted import Block, sprinkle

_LINES: Final = 6_000
_RUN: Final = 60
_EVENTS: Final = ["page.view", "cart.add", "order.placed", "session.start", "search"]
_METHODS: Final = ["GET", "GET", "POST"]
_CODES: Final = ["200", "200", "304", "404", "500"]
_AGENTS: Final = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
    "curl/8.5.0",
    "kube-probe/1.29",
]


def event_lines(rng: Rng, _first: bool = False) -> Block:
    """Events of a web service; two in five name a user by e-mail address, one in a hundred holds a card number."""
    card = columns.join(
        '{"cardNumber":"', columns.cards(rng, _LINES), '","expires":"', columns.pick(rng, _LINES, ["2027-04", "2028-11"]), '"}'
    )
    payment, cards = sprinkle(rng, _constant("null"), card, 0.01)
    user, emails = sprinkle(rng, _constant(""), columns.join('"email":"', columns.emails(rng, _LINES), '",'), 0.4)
    pieces = [
        '{"id":"', columns.uuids(rng, _LINES), '","at":"', columns.moments(rng, _LINES), '","type":"', columns.pick(rng, _LINES, _EVENTS),
        '","trace":{"id":"', columns.hexadecimal(rng, _LINES, 32), '","span":"', columns.hexadecimal(rng, _LINES, 16), '","sampled":true}',
        ',"user":{', user, '"key":"u', columns.digits(rng, _LINES, 7), '","country":"', columns.pick(rng, _LINES, ["SE", "DE"]), '"}',
        ',"page":{"path":"/', columns.words(rng, _LINES), "/", columns.words(rng, _LINES), '","took_ms":',
        columns.decimals(rng.integers(1, 999, _LINES)), ',"score":0.', columns.digits(rng, _LINES, 6), "}",
        ',"items":[{"sku":"KX-', columns.digits(rng, _LINES, 6), '","count":', columns.digits(rng, _LINES, 1), '},{"sku":"AB-',
        columns.digits(rng, _LINES, 6), '","count":1}],"payment":', payment, ',"text":"', columns.sentences(rng, _LINES, 10), '"}',
    ]  # fmt: skip
    # A leading zero is no JSON number.
    line = pc.replace_substring(columns.join(*pieces), '"count":0', '"count":2')
    return _block(line, Counter({"EMAIL_ADDRESS": emails, "CREDIT_CARD_NUMBER": cards}))


def log_lines(rng: Rng, _first: bool = False) -> Block:
    """Lines of an application, of nginx and of Kubernetes, mixed. One in fifty names an address (`from`), one in five hundred an
    applicant's number; every line of nginx begins with an address.
    """
    app, planted = _app_lines(rng)
    nginx = columns.join(
        columns.addresses(rng, _LINES), " - - [", columns.moments(rng, _LINES), '] "', columns.pick(rng, _LINES, _METHODS), " /",
        columns.words(rng, _LINES), "/", columns.decimals(rng.integers(1, 99_999, _LINES)), "?page=", columns.digits(rng, _LINES, 1),
        ' HTTP/1.1" ', columns.pick(rng, _LINES, _CODES), " ", columns.decimals(rng.integers(100, 90_000, _LINES)),
        ' "-" "', columns.pick(rng, _LINES, _AGENTS), '"',
    )  # fmt: skip
    kubernetes = columns.join(
        columns.pick(rng, _LINES, ["I", "I", "W", "E"]), columns.digits(rng, _LINES, 4), " ", columns.moments(rng, _LINES), "       1 ",
        columns.words(rng, _LINES), ".go:", columns.decimals(rng.integers(1, 2000, _LINES)), '] "', columns.sentences(rng, _LINES, 4),
        '" pod="default/', columns.words(rng, _LINES), "-", columns.hexadecimal(rng, _LINES, 10), "-", columns.hexadecimal(rng, _LINES, 5),
        '" podUID="', columns.uuids(rng, _LINES), '"',
    )  # fmt: skip
    kinds = rng.choice(3, _LINES, p=[0.6, 0.2, 0.2]).astype(np.int32)
    ssns, addresses = (np.count_nonzero(mask & (kinds == 0)) for mask in planted)
    counts = Counter({"IPV4_ADDRESS": int(addresses + np.count_nonzero(kinds == 1)), "USA_SOCIAL_SECURITY_NUMBER": int(ssns)})
    return _block(pc.choose(pa.array(kinds), app, nginx, kubernetes), counts)


def _app_lines(rng: Rng) -> tuple[Strings, tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]:
    """Lines, and in which of them a number and an address stand."""
    addressed, numbered = rng.random(_LINES) < 0.02, rng.random(_LINES) < 0.002
    message = columns.sentences(rng, _LINES, 7)
    message = pc.if_else(pa.array(addressed), columns.join(message, " from ", columns.addresses(rng, _LINES)), message)
    suffix = pc.if_else(pa.array(numbered), columns.join(" ssn=", columns.ssns(rng, _LINES)), "")
    level = columns.pick(rng, _LINES, ["INFO", "INFO", "INFO", "WARN", "ERROR"])
    process = columns.decimals(rng.integers(100, 30_000, _LINES))
    pieces = [columns.moments(rng, _LINES), " ", level, " [", process, "] ", columns.words(rng, _LINES), ".", columns.words(rng, _LINES)]
    return columns.join(*pieces, ": ", message, " trace=", columns.hexadecimal(rng, _LINES, 32), suffix), (numbered, addressed)


def prose_lines(rng: Rng, _first: bool = False) -> Block:
    """Paragraphs of prose in sentences of eight to twenty words; one line in five hundred holds a phone number."""
    halves = [
        pc.choose(_index(rng, 3), *(columns.sentences(rng, _LINES, length) for length in lengths)) for lengths in ((4, 6, 9), (4, 7, 11))
    ]
    lines = columns.join(pc.utf8_capitalize(halves[0]), columns.pick(rng, _LINES, [" ", ", ", ", ", "; "]), halves[1])
    called = columns.join(lines, " phone ", columns.phones(rng, _LINES))
    lines, phones = sprinkle(rng, lines, called, 0.002)
    ends, _ = sprinkle(rng, columns.pick(rng, _LINES, [".", ".", ".", "?", "!"]), _constant(".\n"), 0.15)
    return _block(columns.join(lines, ends), Counter({"PHONE_NUMBER": phones}))


def source_lines(rng: Rng, _first: bool = False) -> Block:
    """Source code: runs of lines of Python's standard library in random order, so the bytes depend on its version. Nothing is planted."""
    library = _library()
    starts = rng.integers(0, len(library) - _RUN, _LINES // _RUN)
    return Block(b"".join(line for start in starts for line in library[start : start + _RUN]), Counter())


@cache
def _library() -> tuple[bytes, ...]:
    """The lines of the modules of the standard library, tests and packages of others left out."""
    home = os.path.dirname(os.__file__)
    folders = ["", "asyncio", "collections", "concurrent/futures", "email", "encodings", "http", "importlib", "json", "logging", "xml/dom"]
    paths = sorted(path for folder in folders for path in glob.glob(os.path.join(glob.escape(home), folder, "*.py")))
    lines: list[bytes] = []
    for path in paths:
        with open(path, "rb") as file:
            lines += file.read().splitlines(keepends=True)
    return tuple(line.rstrip(b"\r\n") + b"\n" for line in lines)


def _index(rng: Rng, choices: int) -> pa.Array:
    return pa.array(rng.integers(0, choices, _LINES, np.int32))


def _constant(text: str) -> Strings:
    return pa.repeat(text, _LINES)


def _block(lines: Strings, planted: Counter[str]) -> Block:
    return Block(columns.text_of(lines), planted)
