"""Brazilian register numbers whose check digits are weighted sums modulo 11: licence, health card, worker, vehicle, voter."""

from collections.abc import Sequence

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict

_CNH_DIGITS, _CNS_DIGITS, _VOTER_DIGITS, _RENAVAM_DIGITS, _PIS_DIGITS = 11, 15, 12, 11, 11
_STATES = 28
_PERMANENT = "12"


def br_cnh(value: str) -> Verdict:
    """VALID for a driving licence, https://www.gov.br/transportes/pt-br/assuntos/transito: two check digits, the second corrected
    by two where the first is a ten.

    >>> br_cnh("02650306461"), br_cnh("02650306462")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    if len(digits) != _CNH_DIGITS or is_monotonous(digits):
        return Verdict.INVALID
    first = _weighted(digits[:9], range(9, 0, -1)) % 11
    second = _weighted(digits[:9], range(1, 10)) % 11
    if first == 10:
        second -= 2
    first = 0 if first == 10 else first
    second = second + 11 if second < 0 else second
    return verdict(holds=digits[9:] == f"{first}{0 if second == 10 else second}")


def br_cns(value: str) -> Verdict:
    """VALID for a health card number, https://integracao.esusab.ufsc.br/ledi/documentacao/regras/algoritmo_CNS.html

    >>> br_cns("898 0000 0004 3208"), br_cns("898 0000 0004 3209")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    if len(digits) != _CNS_DIGITS or is_monotonous(digits) or digits[0] not in "12789":
        return Verdict.INVALID
    # Permanent numbers are a worker's number, 000 or 001, and a check digit.
    permanent = digits[0] not in _PERMANENT or digits[11:14] in ("000", "001")
    return verdict(holds=permanent and _weighted(digits, range(15, 0, -1)) % 11 == 0)


def br_pis(value: str) -> Verdict:
    """VALID for a worker's number (PIS, PASEP, NIS, NIT), https://www.gov.br/esocial/pt-br

    >>> br_pis("170.33259.50-4"), br_pis("170.33259.50-5")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    if len(digits) != _PIS_DIGITS or is_monotonous(digits):
        return Verdict.INVALID
    return verdict(holds=int(digits[-1]) == _complement(_weighted(digits[:-1], (3, 2, 9, 8, 7, 6, 5, 4, 3, 2))))


def br_renavam(value: str) -> Verdict:
    """VALID for a vehicle in the national register; numbers of nine digits are filled up with zeros.

    >>> br_renavam("63988496206"), br_renavam("63988496207")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value).zfill(_RENAVAM_DIGITS)
    if len(digits) != _RENAVAM_DIGITS or is_monotonous(digits):
        return Verdict.INVALID
    return verdict(holds=int(digits[-1]) == _complement(_weighted(digits[:-1], (3, 2, 9, 8, 7, 6, 5, 4, 3, 2))))


def br_voter(value: str) -> Verdict:
    """VALID for a voter's number, https://www.tse.jus.br/legislacao (resolution 23.659, art. 35): serial, state, two check digits.

    >>> br_voter("1023 8501 0671"), br_voter("1023 8501 0672")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    if len(digits) != _VOTER_DIGITS or not 1 <= int(digits[8:10]) <= _STATES:
        return Verdict.INVALID
    first = _weighted(digits[:8], range(2, 10)) % 11 % 10
    second = (int(digits[8]) * 7 + int(digits[9]) * 8 + first * 9) % 11 % 10
    return verdict(holds=digits[10:] == f"{first}{second}")


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _complement(total: int) -> int:
    """What is missing to a multiple of eleven; nothing where that has two digits."""
    missing = 11 - total % 11
    return 0 if missing >= 10 else missing
