"""Pairs of latitude and longitude in decimal degrees, WGS 84."""

import regex

from identifiers.model import Verdict
from identifiers.validators.digits import verdict

_NUMBER = regex.compile(r"[+-]?[0-9]+\.[0-9]+")


def coordinates(value: str) -> Verdict:
    """VALID if the first number can be a latitude and the second a longitude, and they are not both zero.

    >>> coordinates("47.608013, -122.335167"), coordinates("97.608013, -122.335167")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    numbers = [float(number) for number in _NUMBER.findall(value)]
    if len(numbers) != 2:
        return Verdict.INVALID
    latitude, longitude = numbers
    return verdict(holds=abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0))
