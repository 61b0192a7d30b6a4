"""Made-up numbers that pass every published check of their kind. Nobody holds them, except by chance."""

from random import Random
from typing import Final

from stdnum import iban, luhn
from stdnum.br import cnpj, cpf
from stdnum.es import dni
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.in_ import aadhaar
from stdnum.iso7064 import mod_11_10
from stdnum.it import codicefiscale
from stdnum.us import ein, itin

VIN_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_VIN_VALUES: Final = dict(zip(VIN_LETTERS, [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10), *range(10)], strict=True))
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def digits(rng: Random, count: int) -> str:
    """`count` random digits, the first of them not 0."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def us_ssn(rng: Random, separator: str = "-") -> str:
    """A United States Social Security number: no area 000, 666 or 9xx, no group 00, no serial 0000.

    The area is at least 100, so that the number survives as an integer.
    """
    area = rng.choice([area for area in range(100, 773) if area != 666])
    return separator.join((f"{area:03}", f"{rng.randint(10, 99):02}", f"{rng.randint(1000, 9989):04}"))


def us_itin(rng: Random) -> str:
    """A United States individual taxpayer identification number (9xx-7x-xxxx)."""
    return str(itin.format(f"9{rng.randint(0, 99):02}{rng.randint(70, 88)}{rng.randint(1000, 9999)}"))


def us_ein(rng: Random) -> str:
    """A United States employer identification number with an issued prefix."""
    return str(ein.format(f"{rng.choice(['12', '36', '54', '77', '94'])}{rng.randint(1000000, 9999999)}"))


def card(rng: Random, prefix: str = "", length: int = 16) -> str:
    """A payment card number: a Visa or Mastercard unless `prefix` says otherwise."""
    head = prefix or rng.choice(["4539", "4716", "4929", "5243", "5380", "5521"])
    body = head + "".join(str(rng.randint(0, 9)) for _ in range(length - len(head) - 1))
    return body + str(luhn.calc_check_digit(body))


def grouped(number: str, separator: str = " ") -> str:
    """`number` in groups of four."""
    return separator.join(number[start : start + 4] for start in range(0, len(number), 4))


def off_by_one(number: str) -> str:
    """`number` with its last digit changed, so that its check fails."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def german_iban(rng: Random) -> str:
    """A German IBAN, 22 characters."""
    return _iban("DE", digits(rng, 18))


def british_iban(rng: Random) -> str:
    """A British IBAN, 22 characters."""
    return _iban("GB", "WEST" + digits(rng, 14))


def dutch_iban(rng: Random) -> str:
    """A Dutch IBAN, 18 characters; its account number passes the eleven test."""
    while True:
        account = digits(rng, 10)
        if sum(int(digit) * weight for digit, weight in zip(account, range(10, 0, -1), strict=True)) % 11 == 0:
            return _iban("NL", "ABNA" + account)


def _iban(country: str, account: str) -> str:
    return country + str(iban.calc_check_digits(f"{country}00{account}")) + account


def uk_nino(rng: Random) -> str:
    """A British National Insurance number."""
    prefix = rng.choice(["AB", "CE", "HJ", "JK", "LM", "PR", "SX", "WK"])
    return f"{prefix} {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.randint(10, 99)} {rng.choice('ABCD')}"


def uk_nhs(rng: Random) -> str:
    """A British NHS number, in its usual 3-3-4 groups."""
    while True:
        number = digits(rng, 10)
        if nhs.is_valid(number):
            return str(nhs.format(number))


def french_nir(rng: Random) -> str:
    """A French social security number, in its usual groups: sex, year, month, department, commune, order, key."""
    parts = (
        str(rng.randint(1, 2)),
        f"{rng.randint(50, 99)}",
        f"{rng.randint(1, 12):02}",
        "75",
        f"{rng.randint(101, 120)}",
        f"{rng.randint(1, 999):03}",
    )
    return " ".join((*parts, str(nir.calc_check_digits("".join(parts)))))


def german_tax_id(rng: Random) -> str:
    """A German tax identification number: among its first ten digits exactly one stands twice."""
    figures = rng.sample("123456789", 9)
    body = figures[0] + "".join(rng.sample([*figures[1:], figures[-1]], 9))
    return body + str(mod_11_10.calc_check_digit(body))


def spanish_dni(rng: Random) -> str:
    """A Spanish national identity number with its letter."""
    body = digits(rng, 8)
    return body + str(dni.calc_check_digit(body))


def italian_fiscal_code(rng: Random) -> str:
    """An Italian fiscal code of someone born in Rome."""
    name = "".join(rng.choice("BCDFGLMNPRSTV") for _ in range(6))
    body = f"{name}{rng.randint(50, 99)}{rng.choice('ABCDEHLMPRST')}{rng.randint(1, 28):02}H501"
    return body + str(codicefiscale.calc_check_digit(body))


def brazilian_cpf(rng: Random) -> str:
    """A Brazilian CPF, with its punctuation."""
    body = digits(rng, 9)
    return str(cpf.format(body + str(cpf._calc_check_digits(body))))  # noqa: SLF001 - it has no public name


def brazilian_cnpj(rng: Random) -> str:
    """A Brazilian CNPJ, with its punctuation."""
    body = digits(rng, 8) + "0001"
    return str(cnpj.format(body + str(cnpj.calc_check_digits(body))))


def indian_aadhaar(rng: Random) -> str:
    """An Indian Aadhaar number, in its usual groups of four."""
    while True:
        number = str(rng.randint(2, 9)) + digits(rng, 11)
        if aadhaar.is_valid(number):
            return str(aadhaar.format(number))


def indian_pan(rng: Random) -> str:
    """An Indian permanent account number of a person."""
    letters = "".join(rng.choice("ABCDEFGHJKLMNPRSTVWZ") for _ in range(3))
    return f"{letters}P{rng.choice('ABDGKMRS')}{rng.randint(1000, 9999)}{rng.choice('ABCDEFGHJK')}"


def canadian_sin(rng: Random) -> str:
    """A Canadian social insurance number, in its usual groups of three."""
    number = card(rng, prefix=str(rng.randint(1, 7)), length=9)
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def vehicle(rng: Random) -> str:
    """A vehicle identification number with the North American check digit in ninth place."""
    return with_vehicle_check("1HGCM82" + rng.choice("356") + "0" + "".join(rng.choice(VIN_LETTERS) for _ in range(2)) + digits(rng, 6))


def with_vehicle_check(number: str) -> str:
    """The vehicle number with its ninth character put right (49 CFR 565.15)."""
    total = sum(_VIN_VALUES[character] * weight for character, weight in zip(number, _VIN_WEIGHTS, strict=True))
    return number[:8] + "0123456789X"[total % 11] + number[9:]


def us_phone(rng: Random, style: str = "({}) {}-{}") -> str:
    """A United States phone number of the range that is set aside for fiction (555-0100 to 555-0199)."""
    return style.format(rng.choice(["212", "312", "415", "617", "702"]), "555", f"01{rng.randint(0, 99):02}")


def birth_date(rng: Random) -> str:
    """A date in ISO form, of someone between about 25 and 75 years old."""
    return f"{rng.randint(1950, 1999)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
