"""What check digits are for: one wrong digit, and mostly two that changed places, are noticed."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identifiers.model import ValidatorRef, Verdict
from identifiers.validators import resolve
from identifiers.validators.iban import iban
from identifiers.validators.luhn import luhn

# The check digit comes fourth.
POLISH_CARD = {"weights": [7, 3, 1, 9, 7, 3, 1, 7, 3], "modulus": 10}
NHS = {"weights": [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], "modulus": 11}

# Published specimens, and made-up numbers with right check digits.
VALID: dict[str, tuple[Mapping[str, object], tuple[str, ...]]] = {
    "br_cnpj": ({}, ("11222333000181", "02704072000145", "24605479000158")),
    "br_cpf": ({}, ("11144477735", "35699908854", "82288666587")),
    "ca_sin": ({}, ("130692544", "628194821", "993518190")),
    "de_idnr": ({}, ("36574261809", "13570869260", "97041569232")),
    "es_ccc": ({}, ("21000418450200051332", "21001342781757182402")),
    "es_dni": ({}, ("54362315K", "43189630T", "32699740L")),
    "es_nie": ({}, ("X2482300W", "Z9682568X", "Y6426710H")),
    "fr_nir": ({}, ("295109912611193", "210117519554590", "155037534093056")),
    "fr_rib": ({}, ("20041010050500013402606", "94359309749831917048231")),
    "hk_id": ({}, ("A1234563", "AB9876543")),
    "hu_personal": ({}, ("15611120148", "10212023701")),
    "iban": ({}, ("GB29NWBK60161331926819", "DE89370400440532013000", "NO9386011117947")),
    "in_aadhaar": ({}, ("234123412346", "364184854319", "963356867302")),
    "ir_code": ({}, ("0499370899", "0790419904", "0084575948")),
    "it_codice_fiscale": ({}, ("RCCMNL83S18D969H", "GCTXTP18R12H501V")),
    "lu_matricule": ({}, ("1893120105732",)),
    "luhn": ({}, ("79927398713", "4539346229371595")),
    "nz_nhi": ({}, ("JBX3656", "CGC2720")),
    "payment_card": ({}, ("4539346229371595", "370731177297522", "6212063712681096490")),
    "ru_snils": ({}, ("11223344595", "27755172510", "07736957218")),
    "sg_nric": ({}, ("S1234567D", "T0123456G", "M5398242L")),
    "stdnum": ({"module": "pl.pesel"}, ("44051401359", "02070803628")),
    "weighted_letters": (POLISH_CARD, ("ABS123456", "TVA255596", "IKV321302")),
    "weighted_mod": (NHS, ("2492086828", "8227654444", "0658948113")),
}
NUMBERS = [pytest.param(name, options, number, id=f"{name}-{number}") for name, (options, numbers) in VALID.items() for number in numbers]


@pytest.mark.parametrize(("name", "options", "number"), NUMBERS)
def test_a_right_number_is_valid(name: str, options: Mapping[str, object], number: str) -> None:
    assert resolve(ValidatorRef(name, options))(number) is Verdict.VALID


@pytest.mark.parametrize(("name", "options", "number"), NUMBERS)
def test_any_single_wrong_digit_is_noticed(name: str, options: Mapping[str, object], number: str) -> None:
    validator = resolve(ValidatorRef(name, options))
    wrong = [
        number[:place] + digit + number[place + 1 :]
        for place, right in enumerate(number)
        if right.isdigit()
        for digit in "0123456789"
        if digit != right
    ]

    assert [value for value in wrong if validator(value) is Verdict.VALID] == []


OF_ONE_LENGTH = [case for case in NUMBERS if case.values[0] not in ("luhn", "payment_card", "iban")]


@pytest.mark.parametrize(("name", "options", "number"), OF_ONE_LENGTH)
def test_a_number_cut_short_or_run_on_is_refused(name: str, options: Mapping[str, object], number: str) -> None:
    validator = resolve(ValidatorRef(name, options))

    assert validator(number[:-1]) is Verdict.INVALID
    assert validator(number + "1") is Verdict.INVALID


# Luhn and its kin overlook 09 and 90; ISO 7064 MOD 11,10 overlooks some more.
NOTICES_SWAPS = ("br_cpf", "br_cnpj", "es_dni", "es_nie", "fr_rib", "iban", "in_aadhaar", "weighted_mod")


@pytest.mark.parametrize(("name", "options", "number"), [case for case in NUMBERS if case.values[0] in NOTICES_SWAPS])
def test_neighbours_that_changed_places_are_noticed(name: str, options: Mapping[str, object], number: str) -> None:
    validator = resolve(ValidatorRef(name, options))
    pairs = [place for place in range(len(number) - 1) if number[place : place + 2].isdigit() and number[place] != number[place + 1]]
    swapped = [number[:place] + number[place + 1] + number[place] + number[place + 2 :] for place in pairs]

    assert [value for value in swapped if validator(value) is Verdict.VALID] == []


def _valid_ends(validator: Callable[[str], Verdict], body: str, ends: list[str]) -> list[str]:
    return [end for end in ends if validator(body + end) is Verdict.VALID]


@given(st.text("0123456789", min_size=1, max_size=30))
def test_exactly_one_of_ten_digits_completes_a_luhn_number(body: str) -> None:
    assert len(_valid_ends(luhn, body, list("0123456789"))) == 1


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=11, max_size=30).filter(lambda account: len(set(account)) > 1))
def test_exactly_one_pair_of_check_digits_fits_an_account(account: str) -> None:
    fitting = [check for check in range(2, 99) if iban(f"DE{check:02d}{account}") is Verdict.VALID]

    assert len(fitting) == 1


@given(st.integers(0, 999_999_999).map("{:09d}".format))
def test_at_most_one_digit_completes_an_nhs_number(body: str) -> None:
    assert len(_valid_ends(resolve(ValidatorRef("weighted_mod", NHS)), body, list("0123456789"))) <= 1


@pytest.mark.parametrize("name", ["br_cpf", "br_cnpj", "ca_sin", "es_ccc", "payment_card", "us_ssn", "us_itin", "us_ein"])
@pytest.mark.parametrize("digit", "0123456789")
def test_one_digit_repeated_is_nobodys_number(name: str, digit: str) -> None:
    lengths = {"br_cpf": 11, "br_cnpj": 14, "es_ccc": 20, "payment_card": 16}

    assert resolve(ValidatorRef(name))(digit * lengths.get(name, 9)) is Verdict.INVALID


SEPARATED = {
    "br_cpf": "356.999.088-54",
    "br_cnpj": "02.704.072/0001-45",
    "ca_sin": "628 194 821",
    "de_idnr": "13 570 869 260",
    "es_dni": "16.077.648-g",
    "es_nie": "x-3611299-t",
    "fr_nir": "2 10 11 75 195 545 90",
    "iban": "GB29 NWBK 6016 1331 9268 19",
    "in_aadhaar": "3641-8485-4319",
    "it_codice_fiscale": "tqtdgm11r10h501b",
    "payment_card": "4539-3462-2937-1595",
}


@pytest.mark.parametrize(("name", "value"), SEPARATED.items())
def test_separators_and_small_letters_are_accepted(name: str, value: str) -> None:
    assert resolve(ValidatorRef(name))(value) is Verdict.VALID
