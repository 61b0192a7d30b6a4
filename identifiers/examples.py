r"""Example texts of identifiers, composed when they are loaded.

No credential-like example stands whole in a file, or secret scanners would report our own repository. Three notations:

`{+}`                       nothing: splits a literal, `AKIA{+}I44QH8DHB`
`{random:16:A-Z2-7}`        16 characters of the class `A-Z2-7`, made up but always the same
`{base64:AKIA{+}...}`       what stands inside, composed, in base64; after `«` inside, marked from the character with its first bits

The marks `«` and `»` stand around what is to be found.
"""

import random
from base64 import b64encode
from dataclasses import dataclass
from functools import cache

import regex

_RANDOM = regex.compile(r"\{random:(?P<count>[0-9]{1,4}):(?P<characters>[^}]+)\}")
_BASE64 = regex.compile(r"\{base64:(?P<text>[^{}]*)\}")
_RANGE = regex.compile(r"(?s)(?P<low>.)-(?P<high>.)|(?P<one>.)")


@dataclass(frozen=True, slots=True)
class Example:
    """An example text without marks, and the spans that were marked in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def compose(written: str) -> str:
    """The example text that `written` stands for, marks included.

    >>> compose("AK{+}IA")
    'AKIA'
    >>> compose("{random:4:x}"), compose("{base64:{random:4:x}}")
    ('xxxx', 'eHh4eA==')
    """
    if "{" not in written:
        return written
    source = random.Random(written)  # noqa: S311 - made-up examples that must not change, no secrets
    whole = _RANDOM.sub(lambda match: _drawn(match, source), written).replace("{+}", "")
    return _BASE64.sub(lambda match: _in_base64(match["text"]), whole) if "{base64:" in whole else whole


def marked(text: str) -> Example:
    """The text without its marks, and where they were.

    >>> marked("id «12»")
    Example(text='id 12', spans=((3, 5),))

    :raises ValueError: if the marks do not pair
    """
    pieces = regex.split("([«»])", text)
    if pieces[1::2] != ["«", "»"] * (len(pieces) // 4):
        raise ValueError("the marks « and » do not pair")
    plain, spans = "", []
    for index, piece in enumerate(pieces[::2]):
        if index % 2:
            spans.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return Example(plain, tuple(spans))


def _drawn(match: regex.Match[str], source: random.Random) -> str:
    letters = _members(match["characters"])
    return "".join(source.choices(letters, k=int(match["count"])))


def _in_base64(text: str) -> str:
    """`text` in base64; what stands behind a mark `«` in it is marked up to the end."""
    before, mark, rest = text.partition("«")
    encoded = b64encode((before + rest).encode()).decode()
    start = len(before.encode()) * 8 // 6
    return f"{encoded[:start]}«{encoded[start:]}»" if mark else encoded


@cache
def _members(characters: str) -> str:
    """`A-C_` written out: `ABC_`. A hyphen stands first or last."""
    members = ""
    for part in _RANGE.finditer(characters):
        low, high = (part["one"], part["one"]) if part["one"] else (part["low"], part["high"])
        members += "".join(map(chr, range(ord(low), ord(high) + 1)))
    return members
