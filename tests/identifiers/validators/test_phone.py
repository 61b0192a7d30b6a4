"""The quick answer to whether a phone number is in use is that of the package `phonenumbers`."""

from typing import Final

import phonenumbers
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from identifiers.model import Verdict
from identifiers.validators.phone import phone

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
# The first number of a region loads what the package knows of it.
in_its_own_time = settings(deadline=None)
MARKS = st.sampled_from(["", "", "", " ", "-", ".", "/", "(", ")"])


# Postal codes and decimal numbers are no phones, though some have the digits of one; nor is what is typed where a number belongs.
_OTHERWISE: Final = regex.compile(r"[0-9]{5}-[0-9]{4}|[1-9][0-9]*\.[0-9]+|1234567890|12345678910|12345678901")


def _in_use(value: str, region: str | None) -> bool:
    if _OTHERWISE.fullmatch(value):
        return False
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_valid_number_for_region(number, region) if region else phonenumbers.is_valid_number(number))


def _verdict(value: str, region: str | None) -> bool:
    return phone(value, region=region) is Verdict.VALID


@st.composite
def numbers_near_real_ones(draw: st.DrawFn) -> tuple[str, str]:
    """An example number of a region, in one of three forms, with perhaps some digits changed, lost or doubled."""
    region = draw(st.sampled_from(REGIONS))
    example = phonenumbers.example_number_for_type(region, draw(st.integers(0, 10))) or phonenumbers.example_number(region)
    assert example
    form = draw(
        st.sampled_from(
            [phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.NATIONAL]
        )
    )
    written = list(phonenumbers.format_number(example, form))
    for place in draw(st.lists(st.integers(1, len(written) - 1), max_size=3)):
        written[place] = draw(st.sampled_from(["", *"0123456789", written[place] * 2]))
    return "".join(written), region


@in_its_own_time
@given(numbers_near_real_ones())
def test_numbers_near_real_ones_are_judged_as_the_whole_parser_does(case: tuple[str, str]) -> None:
    value, region = case

    assert _verdict(value, region) is _in_use(value, region)
    assert _verdict(value, None) is _in_use(value, None)


@in_its_own_time
@given(digits=st.text("0123456789", min_size=4, max_size=16), region=st.sampled_from(REGIONS), plus=st.sampled_from(["", "+", "+0", "00"]))
def test_any_digits_are_judged_as_the_whole_parser_does(digits: str, region: str, plus: str) -> None:
    assert _verdict(plus + digits, region) is _in_use(plus + digits, region)
    assert _verdict(plus + digits, None) is _in_use(plus + digits, None)


@in_its_own_time
@given(st.lists(st.tuples(MARKS, st.sampled_from("0123456789")), min_size=5, max_size=14), st.sampled_from(["GB", "FR", "DE", "US", "IT"]))
def test_marks_between_digits_are_judged_as_the_whole_parser_does(pieces: list[tuple[str, str]], region: str) -> None:
    value = "".join(mark + digit for mark, digit in pieces)

    assert _verdict(value, region) is _in_use(value, region)


@pytest.mark.parametrize("value", ["+44 (0)20 7946 0958", "0044 20 7946 0958", "44 20 7946 0958", "020 7946 0958"])
def test_what_may_stand_before_a_number_is_no_part_of_it(value: str) -> None:
    assert phone(value, region="GB") is Verdict.VALID


def test_networks_that_are_no_country_are_known() -> None:
    assert phone("+80012345678") is Verdict.VALID
    assert phone("+808123456789") is Verdict.INVALID


def test_a_region_that_does_not_exist_has_no_numbers() -> None:
    assert phone("020 7946 0958", region="XX") is Verdict.INVALID
