"""Made-up people, and marked values that belong to them."""

from dataclasses import dataclass
from random import Random
from typing import Final

from sample_data import made_numbers as numbers
from sample_data.marking import found

SSN: Final = "USA_SOCIAL_SECURITY_NUMBER"
CARD: Final = "CREDIT_CARD_NUMBER"
CARD_ALONE: Final = "CREDIT_CARD_NUMBER_(NO_KEYWORD)"
CARDS: Final = f"{CARD} {CARD_ALONE}"
EMAIL: Final = "EMAIL_ADDRESS"
PHONE: Final = "PHONE_NUMBER"
BIRTH: Final = "DATE_OF_BIRTH"
NAME: Final = "NAME"
ADDRESS: Final = "ADDRESS"

# fmt: off
_FIRST: Final = [
    "Ada", "Bram", "Chloe", "Dario", "Edda", "Farid", "Greta", "Hugo", "Imani", "Jonas", "Kaya", "Lior", "Mira", "Nils",
    "Olga", "Pavel", "Quinn", "Rosa", "Sami", "Tove", "Uma", "Viktor", "Wanda", "Yusuf", "Zoe",
]
_LAST: Final = [
    "Albright", "Brandt", "Castell", "Dunmore", "Eklund", "Farrow", "Gilroy", "Hartley", "Ibsen", "Jansson", "Kessler",
    "Lindqvist", "Marlowe", "Norling", "Ostrander", "Penrose",
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person."""

    first: str
    last: str

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    @property
    def listed(self) -> str:
        """The name, marked: for cells, where it must be found."""
        return found(NAME, self.name)

    @property
    def email(self) -> str:
        """An e-mail address, marked. The domains are set aside for documentation (RFC 2606)."""
        return found(EMAIL, f"{self.first}.{self.last}@mail.example.org".lower())


def person(rng: Random) -> Person:
    """Someone."""
    return Person(rng.choice(_FIRST), rng.choice(_LAST))


def people(rng: Random, count: int) -> list[Person]:
    """`count` people, no two of the same name."""
    chosen: dict[str, Person] = {}
    while len(chosen) < count:
        someone = person(rng)
        chosen[someone.name] = someone
    return list(chosen.values())


def ssn(rng: Random) -> str:
    """A marked Social Security number."""
    return found(SSN, numbers.us_ssn(rng))


def card(rng: Random) -> str:
    """A marked card number that stands by a keyword."""
    return found(CARD, numbers.card(rng))


def lone_card(rng: Random) -> str:
    """A marked card number that nothing names."""
    return found(CARD_ALONE, numbers.card(rng))


def phone(rng: Random) -> str:
    """A marked United States phone number."""
    return found(PHONE, numbers.us_phone(rng))


def born(rng: Random) -> str:
    """A marked date of birth in ISO form."""
    return found(BIRTH, numbers.birth_date(rng))
