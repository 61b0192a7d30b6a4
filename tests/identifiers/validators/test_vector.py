"""Checks of many values at once say what the checks of single values say."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from identifiers.model import ValidatorRef
from identifiers.validators import resolve
from identifiers.validators.vector import vector_verdicts, verdict_code

DIGITS = st.text("0123456789", min_size=1, max_size=22)
PREFIXES = st.sampled_from(["4", "51", "2221", "34", "36", "6011", "3528", "62", "5018", "650002", "9", "0"])
CARDS = st.builds(lambda prefix, body: luhn_completed(prefix + body), PREFIXES, st.text("0123456789", min_size=8, max_size=16))
SSNS = st.sampled_from(
    ["219-22-9999", "666-22-9999", "000-22-9999", "900-22-9999", "219-00-9999", "219-22-0000", "111-11-1111", "123-45-6789"]
)
GROUPED = st.builds(lambda digits: " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)), DIGITS)


def luhn_completed(body: str) -> str:
    return body + luhn.calc_check_digit(body)


LETTERS = st.text("AZ09az -.", min_size=1, max_size=24)
IBANS = st.sampled_from(["NL91ABNA0417164300", "NL92ABNA0417164300", "GB29 NWBK 6016 1331 9268 19", "gb29nwbk60161331926819", "GB00"])
OCTETS = st.integers(0, 299).map(str)
ADDRESSES = st.builds(lambda *octets: ".".join(octets), OCTETS, OCTETS, OCTETS, OCTETS) | st.sampled_from(
    [
        "10.1.2.3",
        "192.0.0.9",
        "192.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "172.32.0.1",
        "100.64.1.1",
        "100.128.1.1",
        "8.8.4.4",
        "240.0.0.1",
        "1.2.3",
    ]
)
LOCAL_PARTS = st.text("ab.", min_size=0, max_size=70)
MAILS = st.builds(
    lambda local, end: f"{local}@{end}",
    LOCAL_PARTS | st.sampled_from(["user", "user7", "Support", "jane.roe", "your-name", "20260302.12.5"]),
    st.sampled_from(
        [
            "a.de",
            "2x.png",
            "a..de",
            "b.PDF",
            "gz",
            "x@y.de",
            "a" * 250,
            "example.com",
            "mail.Example.org",
            "acme.test",
            "DOMAIN.com",
            "gmail.com",
        ]
    ),
)
PHONES = (
    st.builds(
        lambda prefix, digits: f"{prefix}({digits[:3]}) {digits[3:6]}-{digits[6:]}",
        st.sampled_from(["", "1 ", "+1-", "001-", "011-", "2 "]),
        st.text("0123456789", min_size=9, max_size=11),
    )
    | DIGITS
)
SIGNS = st.sampled_from("-/.")
DATES = st.dates().map(str) | st.builds(
    lambda year, a, b, sign, first: f"{year:04}{sign}{a:02}{sign}{b:02}" if first else f"{a:02}{sign}{b:02}{sign}{year:04}",
    st.sampled_from([1, 31, 99, 100, 1899, 1900, 1985, 2000, 2028, 2030, 2031]),
    st.integers(0, 32),
    st.integers(0, 32),
    SIGNS,
    st.booleans(),
)
VALUES: dict[str, tuple[dict[str, object], st.SearchStrategy[str]]] = {
    "birth_date": (
        {"first_year": 1900, "last_year": 2030},
        DATES | st.sampled_from(["19851231", "31 Dec 1985", "31.12.85", "Dec. 3, 1999", "1985-1-31", "12/1985/31", "1985-12-3x"]),
    ),
    "email": ({}, MAILS),
    "iban": ({}, IBANS | LETTERS),
    "ipv4": ({"scope": "public", "three_digits": True}, ADDRESSES),
    "nanp_phone": ({}, PHONES),
    "payment_card": ({}, DIGITS | CARDS | GROUPED | st.sampled_from(["4444444444444448", "4111111111111111"])),
    "us_ssn": ({}, DIGITS | SSNS | GROUPED),
    "weighted_mod": ({"weights": [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], "modulus": 11}, DIGITS | st.sampled_from(["9434765919", "943 476 5919"])),
}


@pytest.mark.parametrize("name", VALUES)
@given(data=st.data())
def test_both_ways_agree(name: str, data: st.DataObject) -> None:
    options, strategy = VALUES[name]
    values = data.draw(st.lists(strategy, min_size=1, max_size=40))
    ref = ValidatorRef(name, options)
    validate = resolve(ref)

    found = vector_verdicts(ref, validate, pa.array(values))

    assert found.tolist() == [verdict_code(validate(value)) for value in values]


def test_private_addresses_are_local() -> None:
    ref = ValidatorRef("ipv4", {"scope": "local"})
    values = [
        f"{first}.{second}.{third}.9"
        for first in (10, 100, 127, 169, 172, 192, 198, 203)
        for second in range(256)
        for third in (0, 2, 100, 113)
    ]

    found = vector_verdicts(ref, resolve(ref), pa.array(values))

    assert found.tolist() == [verdict_code(resolve(ref)(value)) for value in values]


def test_what_has_no_vector_form_is_asked_value_by_value() -> None:
    ref = ValidatorRef("luhn")

    found = vector_verdicts(ref, resolve(ref), pa.array(["4111111111111111", "4111111111111112"]))

    assert found.tolist() == [1, 0]
