"""Checks of many values at once. Each gives exactly what the validator of the same name gives value by value."""

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from identifiers.model import Validator, ValidatorRef, Verdict
from identifiers.validators.ethereum_rows import ethereum_rows
from identifiers.validators.vector_accounts import ibans
from identifiers.validators.vector_dates import birth_dates
from identifiers.validators.vector_numbers import nanp_phones, payment_cards, us_ssns, weighted_sums
from identifiers.validators.vector_texts import emails, ipv4s

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    VectorCheck = Callable[..., npt.NDArray[np.bool_]]


_CODES: "Final[Mapping[Verdict, int]]" = MappingProxyType({Verdict.INVALID: 0, Verdict.VALID: 1, Verdict.UNKNOWN: 2})
_VECTOR: "Final[Mapping[str, VectorCheck]]" = MappingProxyType(
    {
        "birth_date": birth_dates,
        "email": emails,
        "ethereum": ethereum_rows,
        "iban": ibans,
        "ipv4": ipv4s,
        "nanp_phone": nanp_phones,
        "payment_card": payment_cards,
        "us_ssn": us_ssns,
        "weighted_mod": weighted_sums,
    }
)


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
    if ref.name in _VECTOR:
        return _VECTOR[ref.name](texts, **ref.options).astype(np.int8)
    return np.fromiter((_CODES[validate(text)] for text in texts.to_pylist()), dtype=np.int8, count=len(texts))
