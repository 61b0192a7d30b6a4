"""Phone numbers of the whole world, judged by Google's metadata as the package `phonenumbers` has it.

https://github.com/google/libphonenumber

Parsing as the package does costs some 60 microseconds a number. Most numbers are decided by the patterns of their country alone,
at a twentieth of that; only those that may hold a trunk prefix or a country code in an unusual place are parsed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import regex

from identifiers.model import Verdict
from identifiers.validators.digits import verdict

_LONGEST_CALLING_CODE = 3
_DIALLING_ABROAD = "00"


@dataclass(frozen=True, slots=True)
class _Plan:
    """The numbering plan of one region.

    :param numbers: matches every national number that is in use
    :param leading: what a number of this region begins with where several share a calling code; None if nothing tells
    :param trunk: what may stand before a national number; None if nothing may
    :param code: calling code
    """

    numbers: regex.Pattern[str]
    leading: regex.Pattern[str] | None
    trunk: regex.Pattern[str] | None
    code: str

    def holds(self, national: str) -> bool:
        """Whether the number is in use."""
        return self.numbers.fullmatch(national) is not None

    def claims(self, national: str) -> bool:
        """Whether the number may be of this region, of those that share the calling code."""
        return self.leading is None or self.leading.match(national) is not None


def phone(value: str, *, region: str | None = None) -> Verdict:
    """VALID if the number lies in a range that is in use.

    :param region: ISO 3166 alpha-2: where a number without country code belongs, and the only country that is accepted

    >>> phone("+44 20 7946 0958"), phone("020 7946 0958", region="GB"), phone("+44 20 7946 0958", region="FR")
    (<Verdict.VALID: 'valid'>, <Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    if _NO_PHONE.fullmatch(value) or value in _TYPED:
        return Verdict.INVALID
    holds = _decided(value, region)
    return verdict(holds=_parsed(value, region) if holds is None else holds)


def _decided(value: str, region: str | None) -> bool | None:
    """Whether the number is in use; None where only the whole parser can tell."""
    if not _PLAIN.fullmatch(value):
        return None
    digits = value.translate(_MARKS)
    if value[0] == "+":
        return _international(digits, region)
    return _national(digits, region) if region else False


_PLAIN = regex.compile(r"\+?[0-9(][0-9 ().\-/]{3,24}[0-9]")
# `02110-1301`, a postal code of the United States; `353207.547`, a decimal number.
_NO_PHONE = regex.compile(r"[0-9]{5}-[0-9]{4}|[1-9][0-9]*\.[0-9]+")
# What is typed where a number belongs.
_TYPED = frozenset({"1234567890", "12345678910", "12345678901"})
_MARKS = str.maketrans("", "", "+ ().-/")


def _international(digits: str, region: str | None) -> bool | None:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    codes = (digits[:width] for width in range(1, _LONGEST_CALLING_CODE + 1) if digits[:1] != "0")
    code = next((code for code in codes if int(code) in COUNTRY_CODE_TO_REGION_CODE), None)
    if code is None:
        return False
    national = digits[len(code) :]
    regions = COUNTRY_CODE_TO_REGION_CODE[int(code)]
    main = _plan(regions[0])
    if main is None or (main.trunk and main.trunk.match(national)):
        return None
    if region:
        plan = _plan(region)
        return plan is not None and plan.code == code and plan.holds(national)
    return any(plan.holds(national) for plan in map(_plan, regions) if plan and plan.claims(national))


def _national(digits: str, region: str) -> bool | None:
    plan = _plan(region)
    if plan is None or digits.startswith((plan.code, _DIALLING_ABROAD)):
        return None
    trunk = plan.trunk.match(digits) if plan.trunk else None
    if trunk is None:
        return plan.holds(digits)
    # One zero before the number is the ordinary case; anything else is for the parser.
    return None if trunk[0] != "0" or plan.holds(digits) else plan.holds(digits[1:])


@cache
def _plan(region: str) -> _Plan | None:
    """None for what is no country, such as satellite networks, which the parser knows by other means."""
    from phonenumbers import PhoneMetadata

    metadata = PhoneMetadata.metadata_for_region(region, None)
    general = metadata.general_desc if metadata else None
    if metadata is None or general is None or general.national_number_pattern is None:
        return None
    kinds = [metadata.fixed_line, metadata.mobile, metadata.toll_free, metadata.premium_rate, metadata.shared_cost]
    kinds += [metadata.voip, metadata.personal_number, metadata.uan, metadata.pager, metadata.voicemail]
    shapes = [
        f"(?={_of_length(kind.possible_length or general.possible_length)}$)(?:{kind.national_number_pattern})"
        for kind in kinds
        if kind is not None and kind.national_number_pattern
    ]
    return _Plan(
        numbers=regex.compile(f"(?={general.national_number_pattern}$)(?:{'|'.join(shapes)})"),
        leading=regex.compile(metadata.leading_digits) if metadata.leading_digits else None,
        trunk=regex.compile(metadata.national_prefix_for_parsing) if metadata.national_prefix_for_parsing else None,
        code=str(metadata.country_code),
    )


def _of_length(lengths: Iterable[int]) -> str:
    return f"(?:{'|'.join(f'[0-9]{{{length}}}' for length in lengths)})"


def _parsed(value: str, region: str | None) -> bool:
    import phonenumbers

    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return False
    if region is None:
        return bool(phonenumbers.is_valid_number(number))
    return bool(phonenumbers.is_valid_number_for_region(number, region))
