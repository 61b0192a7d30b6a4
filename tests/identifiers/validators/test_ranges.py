"""Validators without check digits: what lies in a range that is in use, and what does not."""

from collections.abc import Mapping

import pytest

from identifiers.model import ValidatorRef, Verdict
from identifiers.validators import resolve

BORN = {"first_year": 1900, "last_year": 2030}
PUBLIC, LOCAL = {"scope": "public"}, {"scope": "local"}

CASES: list[tuple[str, Mapping[str, object], str, str]] = [
    (
        "us_ssn",
        {},
        "001-01-0001 665-99-9999 667-01-0001 899-22-9999",
        "000-22-9999 666-22-9999 900-22-9999 219-00-9999 219-22-0000",
    ),
    (
        "us_itin",
        {},
        "900-50-1234 999-65-1234 912-70-1234 912-88-1234 912-92-1234 912-94-1234",
        "912-49-1234 912-66-1234 912-89-1234 912-93-1234 812-70-1234",
    ),
    ("us_ein", {}, "01-1234567 911144442", "00-1234567 07-1144442 49-1144442"),
    ("gb_nino", {}, "AB123456C jg103759a ZY123456D", "QQ123456C DA123456A AO123456A BG123456A GB123456A NK123456A TN123456A ZZ123456A"),
    ("in_pan", {}, "ACUPA7085R DREPM6129Q", "ACUXA7085R DREPM0000Q"),
    ("nanp_phone", {}, "206-555-0132 1-206-555-0132 (206)555-0132", "106-555-0132 206-155-0132 911-555-0132 206-411-0132 206-555-013"),
    (
        "cn_ric",
        {},
        "11010519491231002X 440524188001010014",
        "110105194912310021 11010519491331002X 01010519491231002X 1101051949123100 11010519490230002X",
    ),
    ("hk_id", {}, "A123456(3) AB987654(3)", "A123456(4) 1123456(3) ABC123456(3) A12345(3) A123456(B)"),
    ("kz_iin", {}, "990101300300 990101300310", "990101300301 111111111111 99010130030"),
    ("nz_nhi", {}, "JBX3656 CGC2720 ALU18KZ ZVB97XQ", "JBX3657 DAB8233 ALU18KA ZZZ0016 ZZZ0024 ZZZ00AX JBI3656 JB13656"),
    ("sg_nric", {}, "S1234567D T0123456G M5398242L", "S1234567E A1234567D S123456D M5398242K"),
    ("tw_id", {}, "A123456789 F131104093", "A123456788 A12345678 1123456789 AA23456789"),
    ("tw_ubn", {}, "00501503 10458575 04595257", "00501504 11111111 0050150"),
    ("phone", {}, "+442079460958 +12065550132 +81312345678", "+0442079460958 +999123456789 2065550132"),
    ("phone", {"region": "FR"}, "0123456789 +33123456789", "+442079460958 12345"),
    ("ipv4", PUBLIC, "8.8.4.4 151.101.1.69", "10.0.0.1 192.168.1.1 172.16.0.1 127.0.0.1 0.1.2.3 224.0.0.1 255.255.255.0 192.0.2.1 8.8.4"),
    ("ipv4", LOCAL, "10.0.0.1 192.168.1.1 172.16.0.1 192.0.2.1 169.254.0.9", "8.8.4.4 127.0.0.1 0.0.0.0 255.255.255.255 224.0.0.1"),
    ("ipv6", PUBLIC, "2606:4700:4700::1111 2a00:1450:4001:81b::200e", "fd00::1 fe80::1 ::1 2001:db8::1 2606:4700:::1 2606:4700"),
    ("ipv6", LOCAL, "fd12:3456::1 fe80::1 2001:db8::1", "2606:4700:4700::1111 ::1 ff02::1 ::"),
    (
        "mac_address",
        {},
        "3c:22:fb:4a:91:0e 3C-22-FB-4A-91-0E 3c22.fb4a.910e",
        "ff:ff:ff:ff:ff:ff 00:00:00:00:00:00 01:00:5e:00:00:fb 00:00:5e:00:53:af",
    ),
    ("coordinates", {}, "47.608013,-122.335167 -90.000,180.000", "90.001,0.000 0.000,180.001 0.0,0.0 47.608013"),
    (
        "birth_date",
        BORN,
        "1985-12-31 31/12/1985 12/31/1985 31.12.85 19851231 2000-02-29",
        "1985-13-01 31/02/1985 1899-12-31 2031-01-01 19851331 29.02.2001",
    ),
    ("email", {}, "jane@x.org j.r+n@x-y.co.uk jane@example.com user@x.org ops@corp.local", f"a@2x.png .a@x.org a.@x.org {'a' * 65}@x.org"),
    (
        "email",
        {},
        "john.doe@company.com alice@gmail.com",
        "a..b@x.org a@x.yml user@EXAMPLE.com you@mail.test foo@bar.com user7@example.org",
    ),
    ("email", {}, "noreply@acme.com", "git@github.com 20260302.1234.56@host.com first.last@domain.com support@example.com"),
    ("email", {"doubtful": True}, "user7@example.org support@example.com", "user@example.org foo@bar.com"),
]


def _texts(column: int) -> list[object]:
    """One case for each value in the third (valid) or fourth (invalid) column."""
    return [pytest.param(case[0], case[1], text, id=f"{case[0]}-{text[:30]}") for case in CASES for text in str(case[column]).split()]


@pytest.mark.parametrize(("name", "options", "value"), _texts(2))
def test_values_in_use_are_valid(name: str, options: Mapping[str, object], value: str) -> None:
    assert resolve(ValidatorRef(name, options))(value) is Verdict.VALID


@pytest.mark.parametrize(("name", "options", "value"), _texts(3))
def test_values_that_were_never_given_out_are_invalid(name: str, options: Mapping[str, object], value: str) -> None:
    assert resolve(ValidatorRef(name, options))(value) is Verdict.INVALID


@pytest.mark.parametrize("value", ["December 31, 1985", "31 Dec 1985", "31st of December 1985".replace(" of", ""), "3rd May 1985"])
def test_months_may_be_written_out(value: str) -> None:
    assert resolve(ValidatorRef("birth_date", BORN))(value) is Verdict.VALID


def test_a_vehicle_number_must_have_its_check_digit_in_north_america_only() -> None:
    vin = resolve(ValidatorRef("vin"))

    assert vin("1M8GDM9AXKP042788") is Verdict.VALID
    assert vin("1M8GDM9A0KP042788") is Verdict.INVALID
    assert vin("WVWZZZ1JZXW000001") is Verdict.UNKNOWN
    assert vin("WVWZZZ1JZXW00000O") is Verdict.INVALID
    assert vin("11111111111111111") is Verdict.INVALID


CARDS = {
    "Visa of 13": "4683082257311",
    "Visa of 16": "4539346229371595",
    "Mastercard": "5412588903979495",
    "Mastercard, 2 series": "2720674481703202",
    "American Express": "376443757067788",
    "Diners Club": "30562743270053",
    "Discover": "6011478643788419",
    "JCB": "3530811068512113",
    "UnionPay": "6212301337012901374",
    "Maestro": "6759465538985784",
    "Dankort": "5019222060859798",
}


@pytest.mark.parametrize("number", CARDS.values(), ids=CARDS)
def test_cards_of_each_network_are_valid(number: str) -> None:
    assert resolve(ValidatorRef("payment_card"))(number) is Verdict.VALID


@pytest.mark.parametrize(
    "number",
    [
        "9999999999999995",  # no issuer
        "45393462293715",  # a Visa of 14
        "3707311772975228",  # an American Express of 16
        "1234567812345670",  # no issuer, Luhn holds
        "4444444444444448",  # two digits only
        "2721000000000004",  # behind the 2 series
    ],
)
def test_cards_out_of_range_or_of_a_wrong_length_are_invalid(number: str) -> None:
    assert resolve(ValidatorRef("payment_card"))(number) is Verdict.INVALID
