"""Checks of numbers, many at once: cards, Social Security numbers, phones, weighted sums."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from identifiers.validators.matrices import digit_matrix

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Bytes = npt.NDArray[np.uint8]
    Flags = npt.NDArray[np.bool_]
    Counts = npt.NDArray[np.int64]

_PREFIX: Final = 6


def luhn_sums(digits: "Bytes") -> "npt.NDArray[np.uint16]":
    """The Luhn sum of each row, zeros in front not counting; ISO/IEC 7812-1 annex B."""
    import numpy as np

    sums = np.zeros(len(digits), dtype=np.uint16)
    for number, place in enumerate(range(digits.shape[1] - 1, -1, -1)):
        digit = digits[:, place]
        sums += digit if number % 2 == 0 else 2 * digit - 9 * (digit > 4).view(np.uint8)
    return sums


def us_ssns(texts: "pa.Array") -> "Flags":
    """As `us_ssn`."""
    import numpy as np

    digits, counts = digit_matrix(texts)
    if digits.shape[1] < 9:
        return np.zeros(len(texts), dtype=bool)
    number = as_numbers(digits[:, -9:])
    area, group, serial = number // 1_000_000, number // 10_000 % 100, number % 10_000
    issued = (area != 0) & (area != 666) & (area < 900) & (group != 0) & (serial != 0)
    made_up = number % 111_111_111 == 0
    return np.asarray((counts == 9) & issued & ~made_up)


def payment_cards(texts: "pa.Array") -> "Flags":
    """As `payment_card`."""
    import numpy as np

    from identifiers.validators.payment_card import FEWEST_DIGITS

    digits, counts = digit_matrix(texts)
    found = (counts >= _PREFIX) & (luhn_sums(digits) % 10 == 0)
    for count in np.unique(counts[found]).tolist():
        places = np.flatnonzero(found & (counts == count))
        rows = digits[places, digits.shape[1] - count :]
        found[places] = _issued(count)[as_numbers(rows[:, :_PREFIX])] & (different_digits(rows) >= FEWEST_DIGITS)
    return np.asarray(found)


@cache
def _issued(count: int) -> "Flags":
    """For each prefix of six digits whether an issuer has numbers of `count` digits that begin so."""
    import numpy as np

    from identifiers.validators.payment_card import ISSUERS

    issued = np.zeros(10**_PREFIX, dtype=bool)
    for issuer in ISSUERS:
        if count in issuer.lengths:
            unit = 10 ** (_PREFIX - len(issuer.first))
            issued[int(issuer.first) * unit : (int(issuer.last) + 1) * unit] = True
    return issued


def nanp_phones(texts: "pa.Array") -> "Flags":
    """As `nanp_phone`."""
    import numpy as np

    digits, counts = digit_matrix(texts)
    if digits.shape[1] < 10:
        return np.zeros(len(texts), dtype=bool)
    local = digits[:, -10:]
    # A leading 1 is the country's, 001 that with what is dialled abroad; the matrix is filled up with zeros.
    with_country = (digits[:, -11] == 1) if digits.shape[1] > 10 else np.zeros(len(texts), dtype=bool)
    abroad = with_country & ~digits[:, -13:-11].any(axis=1) if digits.shape[1] > 12 else np.zeros(len(texts), dtype=bool)
    fitting = (counts == 10) | ((counts == 11) & with_country) | ((counts == 13) & abroad)
    area, exchange = as_numbers(local[:, :3]), as_numbers(local[:, 3:6])
    possible = (area == 555) | ((area >= 200) & (exchange >= 200) & (area % 100 != 11) & (exchange % 100 != 11))
    return np.asarray(fitting & possible & (different_digits(local) > 2))


def weighted_sums(texts: "pa.Array", *, weights: Sequence[int], modulus: int, remainder: int = 0) -> "Flags":
    """As `weighted_mod`."""
    import numpy as np

    digits, counts = digit_matrix(texts)
    if digits.shape[1] < len(weights):
        return np.zeros(len(texts), dtype=bool)
    rows = digits[:, -len(weights) :]
    sums = rows.astype(np.int64) @ np.array(weights, dtype=np.int64)
    return np.asarray((counts == len(weights)) & (sums % modulus == remainder) & (different_digits(rows) > 1))


def as_numbers(digits: "Bytes") -> "Counts":
    """Each row of at most 18 digits as one number."""
    import numpy as np

    number = np.zeros(len(digits), dtype=np.int64)
    for place in range(digits.shape[1]):
        number = number * 10 + digits[:, place]
    return number


def different_digits(digits: "Bytes") -> "Counts":
    """How many different digits each row has."""
    import numpy as np

    seen = np.zeros(len(digits), dtype=np.uint16)
    for place in range(digits.shape[1]):
        seen |= np.left_shift(np.uint16(1), digits[:, place].astype(np.uint16))
    return np.asarray(_bit_counts()[seen])


@cache
def _bit_counts() -> "Counts":
    import numpy as np

    return np.array([bits.bit_count() for bits in range(1 << 10)], dtype=np.int64)
