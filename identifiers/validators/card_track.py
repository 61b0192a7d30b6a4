"""What the magnetic stripe of a payment card holds: tracks 1 and 2 of ISO/IEC 7813."""

import regex

from identifiers.model import Verdict
from identifiers.validators.payment_card import payment_card

_NUMBER = regex.compile("[0-9]{13,19}")


def card_track(value: str) -> Verdict:
    """VALID if the first number in it is one that an issuer could have given out.

    >>> card_track(";4539346229371595=28121010000000000?"), card_track(";4539346229371596=28121010000000000?")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = _NUMBER.search(value)
    return payment_card(number[0]) if number else Verdict.INVALID
