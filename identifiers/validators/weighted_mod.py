"""Check digits by a weighted sum: one algorithm behind many national numbers."""

from collections.abc import Sequence

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict


def weighted_mod(value: str, *, weights: Sequence[int], modulus: int, remainder: int = 0) -> Verdict:
    """VALID if the digits of `value` times `weights`, added up, leave `remainder` when divided by `modulus`.

    :param weights: one for each digit, the check digit's included

    UK NHS numbers, https://www.datadictionary.nhs.uk/attributes/nhs_number.html:

    >>> weighted_mod("943 476 5919", weights=[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], modulus=11)
    <Verdict.VALID: 'valid'>
    """
    digits = digits_of(value)
    if len(digits) != len(weights) or is_monotonous(digits):
        return Verdict.INVALID
    return verdict(holds=sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % modulus == remainder)
