"""Values for the corpus: valid check digits, look-alikes, and credentials that are composed here and stored nowhere."""

import os
import random
import string
import uuid
from collections.abc import Callable, Sequence
from typing import Final

from stdnum import ean, luhn, verhoeff
from stdnum.br import cnpj, cpf
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pl import nip, pesel

from benchmarks.accuracy.composed import COMPOSED
from benchmarks.accuracy.shapes import Generator, load, until_valid

_ALNUM: Final = string.ascii_letters + string.digits
_VIN: Final = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES: Final = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", [*range(10), *range(1, 9), *range(1, 6), 7, *range(9, 10), *range(2, 10)], strict=True)
)
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _of(rng: random.Random, alphabet: str, count: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(count))


def _digits(count: int) -> Generator:
    return lambda rng: rng.choice("123456789") + _of(rng, string.digits, count - 1)


def _card(rng: random.Random) -> str:
    body = rng.choice(["4539", "5412", "4026", "5520"]) + _of(rng, string.digits, 11)
    return body + str(luhn.calc_check_digit(body))


def _iban(country: str, make_bban: Generator) -> Generator:
    def make(rng: random.Random) -> str:
        bban = make_bban(rng)
        number = int("".join(str(int(character, 36)) for character in f"{bban}{country}00"))
        return f"{country}{98 - number % 97:02d}{bban}"

    return make


def _fr_bban(rng: random.Random) -> str:
    body = _of(rng, string.digits, 21)
    key = 97 - (89 * int(body[:5]) + 15 * int(body[5:10]) + 3 * int(body[10:])) % 97
    return f"{body}{key:02d}"


def _es_bban(rng: random.Random) -> str:
    bank, account = _of(rng, string.digits, 8), _of(rng, string.digits, 10)
    return bank + _es_check("00" + bank) + _es_check(account) + account


def _es_check(body: str) -> str:
    check = 11 - sum(int(digit) * 2**place for place, digit in enumerate(body)) % 11 % 11
    return str({10: 1, 11: 0}.get(check, check))


def _it_bban(rng: random.Random) -> str:
    body = _of(rng, string.digits, 22)
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
    total = sum(odd[int(digit)] if place % 2 == 0 else int(digit) for place, digit in enumerate(body))
    return string.ascii_uppercase[total % 26] + body


def _ssn(rng: random.Random) -> str:
    return f"{rng.randint(100, 665)}-{rng.randint(1, 99):02d}-{rng.randint(1, 9999):04d}"


def _date(rng: random.Random) -> str:
    return f"{rng.randint(50, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"


def _se_pnr(rng: random.Random) -> str:
    body = _date(rng) + _of(rng, string.digits, 3)
    return f"{body[:6]}-{body[6:]}{luhn.calc_check_digit(body)}"


def _be_nn(rng: random.Random) -> str:
    body = _date(rng) + f"{rng.randint(1, 997):03d}"
    return f"{body}{97 - int(body) % 97:02d}"


def _nir(rng: random.Random) -> str:
    month = f"{rng.randint(50, 99)}{rng.randint(1, 12):02d}"
    body = f"{rng.choice('12')}{month}{rng.choice(['75', '69', '13', '33'])}{rng.randint(1, 990):03d}{rng.randint(1, 999):03d}"
    return body + str(nir.calc_check_digits(body))


def _codice_fiscale(rng: random.Random) -> str:
    body = f"{rng.choice(['RSS', 'BNC', 'VRD'])}{rng.choice(['MRA', 'LCU', 'GNN'])}{rng.randint(50, 99)}{rng.choice('ABCDEHLMPRST')}"
    body += f"{rng.randint(1, 28):02d}{rng.choice(['H501', 'F205', 'L219'])}"
    return body + str(codicefiscale.calc_check_digit(body))


def _pesel(rng: random.Random) -> str:
    body = _date(rng) + _of(rng, string.digits, 4)
    return body + str(pesel.calc_check_digit(body))


def _npi(rng: random.Random) -> str:
    body = "1" + _of(rng, string.digits, 8)
    return body + str(luhn.calc_check_digit("80840" + body))


def _aadhaar(rng: random.Random) -> str:
    body = rng.choice("23456789") + _of(rng, string.digits, 10)
    whole = body + str(verhoeff.calc_check_digit(body))
    return f"{whole[:4]} {whole[4:8]} {whole[8:]}"


def _nie(rng: random.Random) -> str:
    body = rng.choice("XYZ") + _of(rng, string.digits, 7)
    return body + str(nie.calc_check_digit(body))


def _in_pan(rng: random.Random) -> str:
    letters = _of(rng, string.ascii_uppercase, 5)
    return f"{letters[:3]}P{letters[3]}{rng.randint(1, 9999):04d}{letters[4]}"


def _vin(rng: random.Random) -> str:
    # Position 10 is the model year, which is never 0, U or Z; a car's serial number ends in digits (49 CFR 565).
    body = (
        rng.choice(["1HG", "4T1", "5YJ"])
        + _of(rng, _VIN, 6)
        + rng.choice("ABCDEFGHJKLMNPR")
        + rng.choice(_VIN[10:])
        + _of(rng, string.digits, 6)
    )
    total = sum(_VIN_VALUES[character] * weight for character, weight in zip(body, _VIN_WEIGHTS, strict=True))
    return body[:8] + "0123456789X"[total % 11] + body[9:]


def _email(rng: random.Random) -> str:
    user = rng.choice(["ines", "tom", "h.okafor", "juli", "yuki"])
    return f"{user}.{_of(rng, string.ascii_lowercase, 5)}@{rng.choice(['kestrel-mail.com', 'nordhafen.de', 'plumtree.org'])}"


def _checked(make: Generator, check: Callable[[str], object]) -> Generator:
    """A body with its check digits behind it."""

    def whole(rng: random.Random) -> str:
        body = make(rng)
        return body + str(check(body))

    return whole


def _one_of(values: Sequence[str]) -> Generator:
    return lambda rng: rng.choice(values)


def _iban_in_fours(country: str, make_bban: Generator) -> Generator:
    make = _iban(country, make_bban)

    def spaced(rng: random.Random) -> str:
        whole = make(rng)
        return " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))

    return spaced


def _be_bban(rng: random.Random) -> str:
    body = _digits(10)(rng)
    return f"{body}{int(body) % 97 or 97:02d}"


GENERATORS: Final[dict[str, Generator]] = {
    **load(os.path.join(os.path.dirname(os.path.abspath(__file__)), "shapes.toml")),
    **COMPOSED,
    "iban_at": _iban_in_fours("AT", _digits(16)),
    "iban_be": _iban_in_fours("BE", _be_bban),
    "iban_ch": _iban_in_fours("CH", _digits(17)),
    "iban_gb": _iban_in_fours("GB", lambda rng: rng.choice(["NWBK", "BARC", "MIDL"]) + _of(rng, string.digits, 14)),
    "iban_ie": _iban("IE", lambda rng: rng.choice(["AIBK", "BOFI"]) + _of(rng, string.digits, 14)),
    "iban_de_spaced": _iban_in_fours("DE", _digits(18)),
    "iban_lt": _iban("LT", _digits(16)),
    "iban_ro": _iban_in_fours("RO", lambda rng: rng.choice(["BTRL", "RNCB"]) + _of(rng, string.digits + string.ascii_uppercase, 16)),
    "iban_sa": _iban("SA", _digits(20)),
    "iban_tr": _iban_in_fours("TR", lambda rng: "00062" + "0" + _of(rng, string.digits, 16)),
    "card": _card,
    "iban_de": _iban("DE", _digits(18)),
    "iban_es": _iban("ES", _es_bban),
    "iban_fr": _iban("FR", _fr_bban),
    "iban_it": _iban("IT", _it_bban),
    "iban_nl": _iban("NL", lambda rng: rng.choice(["ABNA", "INGB", "RABO"]) + _of(rng, string.digits, 10)),
    "bic": _one_of(["DEUTDEFF", "COBADEFFXXX", "BNPAFRPP", "INGBNL2A"]),
    "de_idnr": until_valid(_digits(11), idnr.is_valid),
    "in_pan": _in_pan,
    "br_cpf": _checked(_digits(9), cpf._calc_check_digits),  # noqa: SLF001
    "br_cnpj": _checked(_digits(12), cnpj.calc_check_digits),
    "pl_nip": until_valid(_digits(10), nip.is_valid),
    "us_ssn": _ssn,
    "ca_sin": _checked(lambda rng: rng.choice("1234567") + _of(rng, string.digits, 7), luhn.calc_check_digit),
    "es_dni": _checked(_digits(8), dni.calc_check_digit),
    "es_nie": _nie,
    "fr_nir": _nir,
    "pl_pesel": _pesel,
    "nl_bsn": until_valid(_digits(9), bsn.is_valid),
    "it_cf": _codice_fiscale,
    "se_pnr": _se_pnr,
    "be_nn": _be_nn,
    "in_aadhaar": _aadhaar,
    "uk_nhs": until_valid(_digits(10), nhs.is_valid),
    "us_npi": _npi,
    "vin": _vin,
    "email": _email,
    "ipv4": lambda rng: f"{rng.choice([81, 89, 145, 188])}.{rng.randint(1, 254)}.{rng.randint(1, 254)}.{rng.randint(1, 254)}",
    "aws_key_id": lambda rng: "AKIA" + _of(rng, "234567" + string.ascii_uppercase, 16),
    "aws_secret": lambda rng: _of(rng, _ALNUM + "+/", 40),
    "github_pat": lambda rng: "ghp_" + _of(rng, _ALNUM, 36),
    "stripe": lambda rng: "sk_" + "live_" + _of(rng, _ALNUM, 24),
    **{f"digits{count}": _digits(count) for count in (8, 9, 10, 11, 12, 13, 14, 16)},
    "hex40": lambda rng: _of(rng, "0123456789abcdef", 40),
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    "isbn": _checked(lambda rng: "978" + _of(rng, string.digits, 9), ean.calc_check_digit),
    "ean": _checked(_digits(12), ean.calc_check_digit),
    "price": lambda rng: f"{rng.randint(1, 4999)}.{rng.randint(0, 99):02d}",
    "version": lambda rng: f"{rng.randint(0, 20)}.{rng.randint(0, 60)}.{rng.randint(0, 9)}",
    "timestamp": lambda rng: f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d} {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:00",
}
