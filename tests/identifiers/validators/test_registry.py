"""Validators by name."""

import doctest
import os
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import identifiers.validators
from identifiers.errors import IdentifierError
from identifiers.model import ValidatorRef, Verdict
from identifiers.validators import resolve, validator_names

MODULES = sorted(module.name for module in pkgutil.iter_modules(identifiers.validators.__path__))


def test_names_are_sorted() -> None:
    assert list(validator_names()) == sorted(validator_names())


@pytest.mark.parametrize("name", validator_names())
def test_each_name_leads_to_a_function_that_says_what_it_gives(name: str) -> None:
    validator = resolve(ValidatorRef(name))

    assert callable(validator)
    assert validator.__doc__


def test_options_are_bound() -> None:
    npi = resolve(ValidatorRef("luhn", {"prefix": "80840"}))

    assert npi("1234567893") is Verdict.VALID
    assert npi("1234567894") is Verdict.INVALID


@pytest.mark.parametrize("module", ["mx.unknown", "os", "../mx.curp", "mx.curp.os", "numdb", "exceptions"])
def test_only_modules_of_stdnum_that_check_numbers_can_be_named(module: str) -> None:
    with pytest.raises(IdentifierError, match="stdnum"):
        resolve(ValidatorRef("stdnum", {"module": module}))("1")


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(IdentifierError, match=r"validator lune: must be one of base58check, base64_token, "):
        resolve(ValidatorRef("lune"))


SETTINGS: dict[str, dict[str, object]] = {
    "base58check": {"versions": ["00", "05"]},
    "birth_date": {"first_year": 1900, "last_year": 2030},
    "ipv4": {"scope": "public"},
    "ipv6": {"scope": "local"},
    "stdnum": {"module": "be.nn"},
    "weighted_letters": {"weights": [7, 3, 1], "modulus": 10},
    "weighted_mod": {"weights": [3, 2, 1], "modulus": 11},
}
ANY_TEXT = st.one_of(st.text(max_size=30), st.text("0123456789ABXYZabc-. :/@+$(){}", max_size=30))


@pytest.mark.parametrize("name", validator_names())
@given(text=ANY_TEXT)
def test_a_validator_answers_whatever_a_users_regex_finds(name: str, text: str) -> None:
    assert resolve(ValidatorRef(name, SETTINGS.get(name, {})))(text) in Verdict


def test_every_validator_has_worked_examples() -> None:
    finder = doctest.DocTestFinder()
    without = [name for name in validator_names() if not any(test.examples for test in finder.find(_function(name), name))]

    assert without == []


def _function(name: str) -> object:
    return resolve(ValidatorRef(name))


def test_the_package_has_no_module_without_use() -> None:
    helpers = {
        "digits",
        "ethereum_rows",
        "keccak",
        "matrices",
        "registry",
        "top_level_domains",
        "vector",
        "vector_accounts",
        "vector_dates",
        "vector_numbers",
        "vector_texts",
    }
    used = {resolve(ValidatorRef(name)).__module__.rpartition(".")[2] for name in validator_names()}

    assert set(MODULES) - helpers == used
    assert os.path.basename(identifiers.validators.__path__[0]) == "validators"
