"""Columns of made-up values, hundreds of thousands at a time: digits by numpy, joined to text by Arrow."""

import os
from functools import cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Strings: TypeAlias = pa.StringArray
Rng: TypeAlias = np.random.Generator
_Bytes: TypeAlias = npt.NDArray[np.uint8]

_ZERO: Final = ord("0")
_HEX: Final = np.frombuffer(b"0123456789abcdef", np.uint8)
_SYLLABLES: Final = [consonant + vowel for consonant in "bdfghklmnprstv" for vowel in "aeio"]
_VOCABULARY: Final = 20_000
# Frequent words of English, the most frequent first, and words of business after them: some are keywords of identifiers.
_COMMON: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "words.txt")


def join(*pieces: Strings | str) -> Strings:
    """Pieces put together row by row; a plain string stands in every row."""
    return pc.binary_join_element_wise(*(pa.scalar(piece) if isinstance(piece, str) else piece for piece in pieces), "")


def as_strings(matrix: _Bytes) -> Strings:
    """Rows of ASCII codes as strings of one width."""
    count, width = matrix.shape
    offsets = np.arange(0, (count + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(matrix)))


def digits(rng: Rng, count: int, width: int) -> Strings:
    """Numbers of `width` digits, leading zeros included."""
    return as_strings(_digits(rng, count, width) + np.uint8(_ZERO))


def _digits(rng: Rng, count: int, width: int) -> _Bytes:
    return rng.integers(0, 10, (count, width), np.uint8)


def hexadecimal(rng: Rng, count: int, width: int) -> Strings:
    """Lower-case hexadecimal digits."""
    return as_strings(_HEX[rng.integers(0, 16, (count, width), np.uint8)])


def numbered(values: npt.NDArray[np.int64], width: int) -> Strings:
    """Integers as decimal digits, filled up with zeros on the left."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return as_strings((values[:, None] // powers % 10 + _ZERO).astype(np.uint8))


def cards(rng: Rng, count: int) -> Strings:
    """Visa numbers of 16 digits whose check digit holds."""
    matrix = _digits(rng, count, 16)
    matrix[:, :4] = (4, 5, 3, 9)
    doubled = matrix[:, 0::2] * 2
    total = (doubled - 9 * (doubled > 9)).sum(axis=1, dtype=np.int64) + matrix[:, 1:15:2].sum(axis=1, dtype=np.int64)
    matrix[:, 15] = -total % 10
    return as_strings(matrix + np.uint8(_ZERO))


def ssns(rng: Rng, count: int) -> Strings:
    """Social Security numbers that could have been issued."""
    area = rng.integers(100, 666, count)
    return join(numbered(area, 3), "-", numbered(rng.integers(1, 100, count), 2), "-", numbered(rng.integers(1, 10_000, count), 4))


def ibans(rng: Rng, count: int) -> Strings:
    """German bank account numbers whose check digits hold (ISO 7064, MOD 97-10)."""
    accounts = rng.integers(10**17, 10**18, count, np.int64)
    # The country code DE and two zeros after the account, as digits: 131400.
    checks = 98 - (accounts % 97 * 10**6 + 131_400) % 97
    return join("DE", numbered(checks, 2), numbered(accounts, 18))


def birthdays(rng: Rng, count: int) -> Strings:
    """Dates of birth of grown-ups in ISO form."""
    days = pa.array(np.arange("1940-01-01", "2005-01-01", dtype="datetime64[D]").astype(str))
    return days.take(pa.array(rng.integers(0, len(days), count)))


def phones(rng: Rng, count: int) -> Strings:
    """United States phone numbers of the range that is set aside for fiction."""
    area = pick(rng, count, ["212", "312", "415", "617", "702"])
    return join("(", area, ") 555-01", digits(rng, count, 2))


def names(rng: Rng, count: int) -> Strings:
    """Made-up full names."""
    first = pick(rng, count, ["Ada", "Bram", "Chloe", "Dario", "Edda", "Farid", "Greta", "Hugo", "Imani", "Jonas"])
    return join(first, " ", pick(rng, count, ["Albright", "Brandt", "Castell", "Dunmore", "Eklund", "Farrow", "Gilroy"]))


def emails(rng: Rng, count: int) -> Strings:
    """E-mail addresses of domains that are set aside for documentation."""
    return join(
        words(rng, count), ".", words(rng, count), digits(rng, count, 3), "@", pick(rng, count, ["mail.example.org", "example.net"])
    )


def addresses(rng: Rng, count: int) -> Strings:
    """Public IPv4 addresses."""
    parts = [decimals(rng.integers(1, 255, count)) for _ in range(3)]
    return join(pick(rng, count, ["81", "89", "130", "188"]), ".", parts[0], ".", parts[1], ".", parts[2])


def decimals(values: npt.NDArray[np.int64]) -> Strings:
    """Integers as text."""
    return pc.cast(pa.array(values), pa.string())


def moments(rng: Rng, count: int) -> Strings:
    """Moments of 2024 in ISO form, in order."""
    seconds = np.sort(rng.integers(0, 366 * 86_400, count))
    days = pa.array(np.arange("2024-01-01", "2025-01-01", dtype="datetime64[D]").astype(str))
    hour, minute, second = (numbered(seconds // unit % size, 2) for unit, size in ((3600, 24), (60, 60), (1, 60)))
    return join(days.take(pa.array(seconds // 86_400)), "T", hour, ":", minute, ":", second, "Z")


def dates(rng: Rng, count: int) -> Strings:
    """Days of 2024 and 2025 in ISO form."""
    days = pa.array(np.arange("2024-01-01", "2026-01-01", dtype="datetime64[D]").astype(str))
    return days.take(pa.array(rng.integers(0, len(days), count)))


def pick(rng: Rng, count: int, choices: list[str]) -> Strings:
    """One of few values in each row."""
    return pa.array(choices).take(pa.array(rng.integers(0, len(choices), count, np.int32)))


def words(rng: Rng, count: int) -> Strings:
    """Made-up words, the frequent ones as frequent as in prose."""
    return _vocabulary().take(pa.array(_ranks()[rng.integers(0, 65_536, count, np.uint16)]))


@cache
def _vocabulary() -> Strings:
    rng = np.random.default_rng(7)
    with open(_COMMON, encoding="ascii") as file:
        common = file.read().split()
    lengths = rng.integers(2, 5, _VOCABULARY - len(common))
    return pa.array([*common, *("".join(rng.choice(_SYLLABLES, length)) for length in lengths)])


@cache
def _ranks() -> npt.NDArray[np.int32]:
    """65,536 ranks of words, each as often as Zipf's law wants it."""
    weights = 1 / np.arange(1, _VOCABULARY + 1)
    shares = np.cumsum(weights) / weights.sum()
    return np.searchsorted(shares, (np.arange(65_536) + 0.5) / 65_536).astype(np.int32)


def sentences(rng: Rng, count: int, length: int) -> Strings:
    """Sentences of `length` words."""
    offsets = pa.array(np.arange(0, count * length + 1, length, dtype=np.int32))
    return pc.binary_join(pa.ListArray.from_arrays(offsets, words(rng, count * length)), " ")


def uuids(rng: Rng, count: int) -> Strings:
    """Random UUIDs."""
    groups = [hexadecimal(rng, count, width) for width in (8, 4, 3, 3, 12)]
    return join(groups[0], "-", groups[1], "-4", groups[2], "-a", groups[3], "-", groups[4])


def text_of(lines: Strings) -> bytes:
    """All rows one after the other, as bytes."""
    whole = join(lines, "\n")
    return bytes(whole.buffers()[2][: int(np.frombuffer(whole.buffers()[1], np.int32)[len(whole)])])
