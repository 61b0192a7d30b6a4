"""Values by shape: shapes.toml says how they look and which library's check they pass."""

import importlib
import random
import string
import tomllib
from collections.abc import Callable
from typing import Final, TypeAlias

import phonenumbers
import regex

Generator: TypeAlias = Callable[[random.Random], str]
_PIECE: Final = regex.compile(
    r"<(?P<date>yyyy|yy|mm|dd)>|\((?P<words>[^)]*)\)|(?:\[(?P<set>[^]]+)\]|\\(?P<escaped>.)|(?P<plain>.))(?:\{(?P<count>\d+)\})?"
)
_RANGE: Final = regex.compile(r"(.)-(.)|(.)")


def until_valid(make: Generator, valid: Callable[[str], bool]) -> Generator:
    """Values of a shape, drawn until one passes its check: for checks that have no inverse. A check that passes is never rare here."""

    def draw(rng: random.Random) -> str:
        for _ in range(100_000):
            value = make(rng)
            if valid(value):
                return value
        raise ValueError("no value passes the check: the shape and the check disagree")

    return draw


def from_shape(shape: str) -> Generator:
    """Values of a shape as shapes.toml explains it."""
    pieces = [_piece(match) for match in _PIECE.finditer(shape)]
    return lambda rng: "".join(piece(rng) for piece in pieces)


def _piece(match: regex.Match[str]) -> Generator:
    if date := match["date"]:
        first, last = {"yyyy": (1950, 1999), "yy": (50, 99), "mm": (1, 12), "dd": (1, 28)}[date]
        return lambda rng: f"{rng.randint(first, last):02d}"
    if (words := match["words"]) is not None:
        return lambda rng: rng.choice(words.split("|"))
    count, letters = int(match["count"] or 1), _letters(match)
    return lambda rng: "".join(rng.choice(letters) for _ in range(count))


def _letters(match: regex.Match[str]) -> str:
    if match["escaped"] == "d":
        return string.digits
    if not match["set"]:
        return match["escaped"] or match["plain"]
    ranges = ((first or single, last or single) for first, last, single in _RANGE.findall(match["set"]))
    return "".join(chr(code) for first, last in ranges for code in range(ord(first), ord(last) + 1))


def _check(name: str) -> Callable[[str], bool]:
    if name.startswith("phone:"):
        return lambda value: phonenumbers.is_valid_number(phonenumbers.parse(value, name.removeprefix("phone:")))
    valid: Callable[[str], bool] = importlib.import_module(f"stdnum.{name}").is_valid
    return valid


def load(path: str) -> dict[str, Generator]:
    """A generator for each row of a file of shapes."""
    with open(path, "rb") as file:
        rows = tomllib.load(file)
    makers = {name: (from_shape(row["shape"]), row.get("check")) for name, row in rows.items()}
    return {name: until_valid(make, _check(check)) if check else make for name, (make, check) in makers.items()}
