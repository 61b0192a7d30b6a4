"""Check digits of travel documents: weights 7, 3, 1 modulo 10, letters counted from A = 10, a filler as nothing.

ICAO Doc 9303 part 3, section 4.9, https://www.icao.int/publications/doc-series/doc-9303
"""

from itertools import cycle

from identifiers.model import Verdict
from identifiers.validators.digits import compact, digits_of, verdict

_TD3_LINE, _TD2_LINE = 44, 36


def icao_number(value: str) -> Verdict:
    """VALID if the last digit of a document's number is the check digit of what stands before it; separators do not count.

    >>> icao_number("L01X00T471"), icao_number("L01X00T472")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = compact(value)
    return verdict(holds=len(set(digits_of(number))) > 1 and _holds(number))


def machine_readable_zone(value: str) -> Verdict:
    """VALID for the last line of a passport's zone, or of a card with two lines: four or five check digits hold.

    >>> machine_readable_zone("L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    <Verdict.VALID: 'valid'>
    >>> machine_readable_zone("L898902C36UTO7408122F1204158ZE184226B<<<<<10")
    <Verdict.INVALID: 'invalid'>
    """
    if len(value) not in (_TD2_LINE, _TD3_LINE):
        return Verdict.INVALID
    parts = [value[0:10], value[13:20], value[21:28], value[0:10] + value[13:20] + value[21:]]
    # The personal number of a passport may be missing; its check digit then is a zero or a filler.
    if len(value) == _TD3_LINE and value[42] != "<":
        parts.append(value[28:43])
    return verdict(holds=all(map(_holds, parts)))


def _holds(number: str) -> bool:
    """Whether the last character is the check digit of the others."""
    total = sum(_worth(character) * weight for character, weight in zip(number[:-1], cycle((7, 3, 1)), strict=False))
    return number[-1:] == str(total % 10)


def _worth(character: str) -> int:
    return int(character, 36) if character.isascii() and character.isalnum() else 0
