"""Validators by name; each is imported when it is first needed."""

from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import Final

from identifiers.errors import IdentifierError
from identifiers.model import Validator, ValidatorRef

_VALIDATORS: Final = MappingProxyType(
    {
        "base58check": "base58check:base58check",
        "base64_token": "base64_token:base64_token",
        "basic_auth": "basic_auth:basic_auth",
        "bech32": "bech32:bech32",
        "birth_date": "birth_date:birth_date",
        "br_cnh": "br_registers:br_cnh",
        "br_cnpj": "br_tax:br_cnpj",
        "br_cns": "br_registers:br_cns",
        "br_cpf": "br_tax:br_cpf",
        "br_pis": "br_registers:br_pis",
        "br_renavam": "br_registers:br_renavam",
        "br_voter": "br_registers:br_voter",
        "ca_sin": "ca_sin:ca_sin",
        "card_track": "card_track:card_track",
        "cn_ric": "cn_ric:cn_ric",
        "coordinates": "coordinates:coordinates",
        "crc32_token": "crc32_token:crc32_token",
        "de_idnr": "de_idnr:de_idnr",
        "de_kvnr": "de_insurance:de_kvnr",
        "de_rvnr": "de_insurance:de_rvnr",
        "de_widnr": "de_widnr:de_widnr",
        "docker_config": "docker_config:docker_config",
        "email": "email:email",
        "es_ccc": "es_ccc:es_ccc",
        "es_dni": "es_dni:es_dni",
        "es_nie": "es_dni:es_nie",
        "es_nuss": "es_nuss:es_nuss",
        "ethereum": "ethereum:ethereum",
        "fr_nir": "fr_nir:fr_nir",
        "fr_rib": "fr_rib:fr_rib",
        "gb_nino": "gb_nino:gb_nino",
        "gs1_udi": "udi:gs1_udi",
        "hibc_udi": "udi:hibc_udi",
        "hk_id": "hk_id:hk_id",
        "hu_personal": "hu_personal:hu_personal",
        "iban": "iban:iban",
        "icao_number": "icao:icao_number",
        "in_aadhaar": "in_aadhaar:in_aadhaar",
        "in_pan": "in_pan:in_pan",
        "ipv4": "ip_address:ipv4",
        "ipv6": "ip_address:ipv6",
        "ir_code": "ir_code:ir_code",
        "it_bban": "it_bban:it_bban",
        "it_codice_fiscale": "it_codice_fiscale:it_codice_fiscale",
        "jwt": "jwt:jwt",
        "kz_iin": "kz_iin:kz_iin",
        "lu_matricule": "lu_matricule:lu_matricule",
        "luhn": "luhn:luhn",
        "mac_address": "mac_address:mac_address",
        "machine_readable_zone": "icao:machine_readable_zone",
        "nanp_phone": "nanp_phone:nanp_phone",
        "not_made_up": "made_up:not_made_up",
        "nz_nhi": "nz_nhi:nz_nhi",
        "password": "password:password",
        "payment_card": "payment_card:payment_card",
        "phone": "phone:phone",
        "private_key": "private_key:private_key",
        "ru_snils": "ru_snils:ru_snils",
        "secret": "secret:secret",
        "sg_nric": "sg_nric:sg_nric",
        "stdnum": "stdnum:stdnum",
        "tw_id": "tw_id:tw_id",
        "tw_ubn": "tw_ubn:tw_ubn",
        "us_dea": "us_dea:us_dea",
        "us_ein": "us_ein:us_ein",
        "us_itin": "us_itin:us_itin",
        "us_ssn": "us_ssn:us_ssn",
        "vin": "vin:vin",
        "weighted_letters": "weighted_letters:weighted_letters",
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
