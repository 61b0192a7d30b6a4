"""Payment card numbers: the range of an issuer, a length that the issuer uses, and the Luhn check digit.

Ranges and lengths: ISO/IEC 7812-1 and the networks' published tables, as collected at
https://en.wikipedia.org/wiki/Payment_card_number#Issuer_identification_number_(IIN)
"""

from dataclasses import dataclass

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, verdict
from identifiers.validators.luhn import luhn_holds


@dataclass(frozen=True, slots=True)
class IssuerRange:
    """Card numbers of `lengths` digits that begin with a prefix from `first` to `last`, which are equally long."""

    first: str
    last: str
    lengths: frozenset[int]

    def holds(self, digits: str) -> bool:
        """Whether a number of `digits` lies in the range."""
        return len(digits) in self.lengths and self.first <= digits[: len(self.first)] <= self.last


def _ranges(prefixes: str, lengths: range | set[int]) -> list[IssuerRange]:
    pairs = [prefix.split("-") for prefix in prefixes.split()]
    return [IssuerRange(pair[0], pair[-1], frozenset(lengths)) for pair in pairs]


ISSUERS = (
    *_ranges("4", {13, 16, 19}),  # Visa
    *_ranges("51-55 2221-2720", {16}),  # Mastercard
    *_ranges("34 37", {15}),  # American Express
    *_ranges("36 38-39 300-305 3095", range(14, 20)),  # Diners Club
    *_ranges("6011 644-649 65", range(16, 20)),  # Discover
    *_ranges("3528-3589", range(16, 20)),  # JCB
    *_ranges("2131 1800", {15}),  # JCB, the old form
    *_ranges("62 8171", range(16, 20)),  # UnionPay
    *_ranges("5018 5020 5038 5893 6304 6390 67", range(13, 20)),  # Maestro
    *_ranges("5019 4571", {16}),  # Dankort
    *_ranges("60 6521-6522 81-82 508 353 356", {16}),  # RuPay
    *_ranges("2200-2204", range(16, 20)),  # Mir
    *_ranges("9792", {16}),  # Troy
    *_ranges("636 637-639", {16}),  # InstaPayment and debit cards
    *_ranges("506099-506198 650002-650027 507865-507964", {16, 18, 19}),  # Verve
)
"""What the networks give out."""

FEWEST_DIGITS = 3
"""Different digits in a real number: 4444 4444 4444 4448 and the like pass Luhn, but nobody has them."""


def payment_card(value: str) -> Verdict:
    """VALID for a number that an issuer could have given out and that is made of more than two digits.

    >>> payment_card("4024-0071-0902-2144"), payment_card("4024-0071-0902-2145")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    return verdict(holds=luhn_holds(digits) and len(set(digits)) >= FEWEST_DIGITS and any(issuer.holds(digits) for issuer in ISSUERS))
