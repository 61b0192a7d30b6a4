"""Checks of many values at once. Each gives exactly what the validator of the same name gives value by value."""

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from identifiers.model import Validator, ValidatorRef, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Digits = npt.NDArray[np.uint8]
    VectorCheck = Callable[[pa.Array], npt.NDArray[np.bool_]]


_CODES: "Final[Mapping[Verdict, int]]" = MappingProxyType({Verdict.INVALID: 0, Verdict.VALID: 1, Verdict.UNKNOWN: 2})


def verdict_code(verdict: Verdict) -> int:
    """How `vector_verdicts` writes `verdict`."""
    return _CODES[verdict]


def vector_verdicts(ref: ValidatorRef | None, validate: Validator, texts: "pa.Array") -> "npt.NDArray[np.int8]":
    """The code of the verdict on each of `texts`, which are ASCII; see `verdict_code`.

    :param validate: the validator that `ref` names, for those that have no form for many values
    """
    import numpy as np

    if ref is None:
        return np.full(len(texts), _CODES[Verdict.UNKNOWN], dtype=np.int8)
    if ref.name in _VECTOR and not ref.options:
        return _VECTOR[ref.name](texts).astype(np.int8)
    return np.fromiter((_CODES[validate(text)] for text in texts.to_pylist()), dtype=np.int8, count=len(texts))


def digit_matrix(texts: "pa.Array") -> "tuple[Digits, npt.NDArray[np.int64]]":
    """The digits of each text, flush right in a row of a matrix with zeros before them, and how many there are.

    >>> import pyarrow as pa
    >>> digit_matrix(pa.array(["1-2", "345"]))[0].tolist()
    [[0, 1, 2], [3, 4, 5]]
    """
    import numpy as np
    import pyarrow.compute as pc

    bare = pc.replace_substring_regex(texts, "[^0-9]", "")
    counts = pc.binary_length(bare).to_numpy(zero_copy_only=False).astype(np.int64)
    width = int(counts.max(initial=1))
    padded = pc.ascii_lpad(bare, width, "0")
    # All are equally long now, so the buffer of their characters is the matrix.
    characters = np.frombuffer(padded.buffers()[2], dtype=np.uint8, count=len(texts) * width, offset=padded.offset * width)
    return (characters - ord("0")).reshape(len(texts), width), counts


def luhn_sums(digits: "Digits") -> "npt.NDArray[np.int64]":
    """The Luhn sum of each row, zeros in front not counting; ISO/IEC 7812-1 annex B."""
    import numpy as np

    doubled = np.array([sum(divmod(2 * digit, 10)) for digit in range(10)], dtype=np.uint8)
    sums = digits[:, ::-2].sum(axis=1, dtype=np.int64)
    return np.asarray(sums + doubled[digits[:, -2::-2]].sum(axis=1, dtype=np.int64))


_MOST_DIGITS: Final = 19


def _us_ssn(texts: "pa.Array") -> "npt.NDArray[np.bool_]":
    import numpy as np

    digits, counts = digit_matrix(texts)
    if digits.shape[1] < 9:
        return np.zeros(len(texts), dtype=bool)
    number = digits[:, -9:].astype(np.int64) @ (10 ** np.arange(8, -1, -1, dtype=np.int64))
    area, group, serial = number // 1_000_000, number // 10_000 % 100, number % 10_000
    issued = (area != 0) & (area != 666) & (area < 900) & (group != 0) & (serial != 0)
    made_up = (number % 111_111_111 == 0) | (number == 123_456_789) | (number == 987_654_321)
    return np.asarray((counts == 9) & issued & ~made_up)


def _payment_card(texts: "pa.Array") -> "npt.NDArray[np.bool_]":
    import numpy as np

    from identifiers.validators.payment_card import FEWEST_DIGITS, ISSUERS

    digits, counts = digit_matrix(texts)
    # 64 bits hold no more digits than the longest card number has.
    digits, counts = digits[:, -_MOST_DIGITS:], np.where(counts > _MOST_DIGITS, 0, counts)
    powers = 10 ** np.arange(_MOST_DIGITS, dtype=np.uint64)
    numbers = digits.astype(np.uint64) @ powers[: digits.shape[1]][::-1]
    issued = np.zeros(len(texts), dtype=bool)
    for issuer in ISSUERS:
        width = len(issuer.first)
        fitting = np.isin(counts, list(issuer.lengths))
        prefixes = numbers[fitting] // powers[counts[fitting] - width]
        issued[fitting] |= (prefixes >= int(issuer.first)) & (prefixes <= int(issuer.last))
    varied = _different_digits(digits, counts) >= FEWEST_DIGITS
    return np.asarray(issued & varied & (luhn_sums(digits) % 10 == 0))


def _different_digits(digits: "Digits", counts: "npt.NDArray[np.int64]") -> "npt.NDArray[np.int64]":
    """How many different digits each row has, the zeros in front left out."""
    import numpy as np

    width = digits.shape[1]
    inside = np.arange(width) >= width - counts[:, None]
    return np.asarray(sum(((digits == digit) & inside).any(axis=1).astype(np.int64) for digit in range(10)))


def _ethereum(texts: "pa.Array") -> "npt.NDArray[np.bool_]":
    from identifiers.validators.ethereum_rows import ethereum_rows

    return ethereum_rows(texts)


_VECTOR: "Final[Mapping[str, VectorCheck]]" = MappingProxyType({"ethereum": _ethereum, "payment_card": _payment_card, "us_ssn": _us_ssn})
