"""Validators by name; each is imported when it is first needed."""

from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import Final

from identifiers.errors import IdentifierError
from identifiers.model import Validator, ValidatorRef

_VALIDATORS: Final = MappingProxyType(
    {
        "base64_token": "base64_token:base64_token",
        "basic_auth": "basic_auth:basic_auth",
        "birth_date": "birth_date:birth_date",
        "br_cnpj": "br_tax:br_cnpj",
        "br_cpf": "br_tax:br_cpf",
        "ca_sin": "ca_sin:ca_sin",
        "coordinates": "coordinates:coordinates",
        "crc32_token": "crc32_token:crc32_token",
        "de_idnr": "de_idnr:de_idnr",
        "email": "email:email",
        "es_ccc": "es_ccc:es_ccc",
        "es_dni": "es_dni:es_dni",
        "es_nie": "es_dni:es_nie",
        "fr_nir": "fr_nir:fr_nir",
        "fr_rib": "fr_rib:fr_rib",
        "gb_nino": "gb_nino:gb_nino",
        "iban": "iban:iban",
        "in_aadhaar": "in_aadhaar:in_aadhaar",
        "in_pan": "in_pan:in_pan",
        "ipv4": "ip_address:ipv4",
        "ipv6": "ip_address:ipv6",
        "it_bban": "it_bban:it_bban",
        "it_codice_fiscale": "it_codice_fiscale:it_codice_fiscale",
        "jwt": "jwt:jwt",
        "luhn": "luhn:luhn",
        "mac_address": "mac_address:mac_address",
        "nanp_phone": "nanp_phone:nanp_phone",
        "password": "password:password",
        "payment_card": "payment_card:payment_card",
        "phone": "phone:phone",
        "private_key": "private_key:private_key",
        "secret": "secret:secret",
        "us_ein": "us_ein:us_ein",
        "us_itin": "us_itin:us_itin",
        "us_ssn": "us_ssn:us_ssn",
        "vin": "vin:vin",
        "weighted_mod": "weighted_mod:weighted_mod",
    }
)


def validator_names() -> tuple[str, ...]:
    """The names that identifier files may use, sorted."""
    return tuple(_VALIDATORS)


def resolve(ref: ValidatorRef) -> Validator:
    """The function that `ref` names, with its options bound.

    >>> resolve(ValidatorRef("us_ssn"))("219-22-9999")
    <Verdict.VALID: 'valid'>

    :raises IdentifierError: if there is no validator of that name
    """
    if ref.name not in _VALIDATORS:
        raise IdentifierError(f"must be one of {', '.join(_VALIDATORS)}", where=f"validator {ref.name}")
    module, _, function = _VALIDATORS[ref.name].partition(":")
    validator: Validator = getattr(import_module(f"identifiers.validators.{module}"), function)
    return partial(validator, **ref.options) if ref.options else validator
