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


def vector_verdicts(ref: ValidatorRef | None, validate: Validator, texts: "pa.Array") -> "npt.NDArray[np.object_]":
    """The verdict's value (`valid`, `invalid`, `unknown`) for each of `texts`, which are ASCII.

    :param validate: the validator that `ref` names, for those that have no form for many values
    """
    import numpy as np

    if ref is None:
        return np.full(len(texts), Verdict.UNKNOWN.value, dtype=object)
    if ref.name in _VECTOR and not ref.options:
        holds = _VECTOR[ref.name](texts)
        return np.where(holds, Verdict.VALID.value, Verdict.INVALID.value).astype(object)
    return np.array([validate(text).value for text in texts.to_pylist()], dtype=object)


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
    joined = np.frombuffer("".join(padded.to_pylist()).encode("ascii"), dtype=np.uint8)
    return (joined - ord("0")).reshape(len(texts), width), counts


def luhn_sums(digits: "Digits") -> "npt.NDArray[np.int64]":
    """The Luhn sum of each row, zeros in front not counting; ISO/IEC 7812-1 annex B."""
    import numpy as np

    doubled = np.array([sum(divmod(2 * digit, 10)) for digit in range(10)], dtype=np.uint8)
    sums = digits[:, ::-2].sum(axis=1, dtype=np.int64)
    return np.asarray(sums + doubled[digits[:, -2::-2]].sum(axis=1, dtype=np.int64))


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


def _luhn_of_cards(texts: "pa.Array") -> "npt.NDArray[np.bool_]":
    import numpy as np

    from identifiers.validators.payment_card import payment_card

    digits, _ = digit_matrix(texts)
    holds = luhn_sums(digits) % 10 == 0
    # Issuer ranges are looked up one by one; Luhn leaves a tenth of what is no card.
    places = np.flatnonzero(holds)
    holds[places] = [payment_card(text) is Verdict.VALID for text in texts.take(places).to_pylist()]
    return np.asarray(holds)


_VECTOR: "Final[Mapping[str, VectorCheck]]" = MappingProxyType({"payment_card": _luhn_of_cards, "us_ssn": _us_ssn})
