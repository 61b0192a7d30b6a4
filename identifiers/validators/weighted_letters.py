"""Check digits by a weighted sum over digits and letters: documents of several states, as in machine-readable zones."""

from collections.abc import Sequence

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict


def weighted_letters(value: str, *, weights: Sequence[int], modulus: int) -> Verdict:
    """VALID if the characters of `value` times `weights`, added up, are divisible by `modulus`. A counts 10, Z 35.

    :param weights: one for each digit and letter, the check digit's included

    Polish identity cards, whose fourth character is the check digit:

    >>> weighted_letters("ABS 123456", weights=[7, 3, 1, 9, 7, 3, 1, 7, 3], modulus=10)
    <Verdict.VALID: 'valid'>
    """
    characters = compact(value)
    if len(characters) != len(weights):
        return Verdict.INVALID
    return verdict(holds=sum(int(one, 36) * weight for one, weight in zip(characters, weights, strict=True)) % modulus == 0)
