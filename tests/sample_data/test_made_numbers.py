"""Made numbers pass the checks of an independent library."""

from collections.abc import Callable
from random import Random

import phonenumbers
import pytest
import regex
from stdnum import iban, luhn
from stdnum.br import cnpj, cpf
from stdnum.ca import sin
from stdnum.de import idnr
from stdnum.es import dni
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.in_ import aadhaar, pan
from stdnum.it import codicefiscale
from stdnum.us import ein, itin, ssn

from sample_data import made_numbers as numbers

CHECKED: list[tuple[Callable[[Random], str], Callable[[str], bool]]] = [
    (numbers.us_ssn, ssn.is_valid),
    (numbers.us_itin, itin.is_valid),
    (numbers.us_ein, ein.is_valid),
    (numbers.card, luhn.is_valid),
    (numbers.german_iban, iban.is_valid),
    (numbers.british_iban, iban.is_valid),
    (numbers.dutch_iban, iban.is_valid),
    (numbers.uk_nhs, nhs.is_valid),
    (numbers.french_nir, nir.is_valid),
    (numbers.german_tax_id, idnr.is_valid),
    (numbers.spanish_dni, dni.is_valid),
    (numbers.italian_fiscal_code, codicefiscale.is_valid),
    (numbers.brazilian_cpf, cpf.is_valid),
    (numbers.brazilian_cnpj, cnpj.is_valid),
    (numbers.indian_aadhaar, aadhaar.is_valid),
    (numbers.indian_pan, pan.is_valid),
    (numbers.canadian_sin, sin.is_valid),
    (numbers.us_phone, lambda number: phonenumbers.is_valid_number(phonenumbers.parse(number, "US"))),
    (numbers.vehicle, lambda number: regex.fullmatch(r"[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}", number) is not None),
    (numbers.uk_nino, lambda number: regex.fullmatch(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \d\d \d\d \d\d [A-D]", number) is not None),
]


@pytest.mark.parametrize(("make", "is_valid"), CHECKED, ids=lambda part: getattr(part, "__name__", ""))
def test_a_made_number_passes_every_check_of_its_kind(make: Callable[[Random], str], is_valid: Callable[[str], bool]) -> None:
    rng = Random("numbers")
    made = [make(rng) for _ in range(100)]
    assert [number for number in made if not is_valid(number)] == []


def test_the_vehicle_of_the_standard_has_the_check_digit_that_we_compute() -> None:
    # 1M8GDM9A_KP042788 has the check digit X: 49 CFR 565.15(c), table V and its example.
    assert numbers.with_vehicle_check("1M8GDM9A0KP042788") == "1M8GDM9AXKP042788"


def test_a_number_that_is_off_by_one_fails_its_check() -> None:
    assert not luhn.is_valid(numbers.off_by_one(numbers.card(Random(1))))
