"""Internet addresses, by what they are reserved for.

https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry
"""

from ipaddress import AddressValueError, IPv4Address, IPv6Address
from types import MappingProxyType
from typing import Final

from identifiers.model import Verdict
from identifiers.validators.digits import verdict


def ipv4(value: str, *, scope: str, three_digits: bool = False) -> Verdict:
    """VALID if the address is of the scope.

    :param scope: `public` for addresses that anybody can reach; `local` for private and documentation networks. Loopback,
        multicast, broadcast, unspecified and network masks are neither: they tell nothing of anybody.
    :param three_digits: only with a number of three digits; versions and sections of four numbers hardly have one

    >>> ipv4("8.8.4.4", scope="public"), ipv4("10.1.2.3", scope="public"), ipv4("127.0.0.1", scope="local")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>)
    """
    octets = _octets(value)
    if octets is None:
        return Verdict.INVALID
    first, second, third, _ = octets
    # 0.0.0.0/8 is "this network"; 240.0.0.0/4 has the broadcast address and the masks.
    mute = first in {0, 127} or first >= 224
    # Versions of Python differ in what they say of 192.0.0.0/24.
    public = IPv4Address(value).is_global if octets[:3] == [192, 0, 0] else not _is_special(first, second, third)
    return verdict(holds=not mute and public == (scope == "public") and (max(octets) > 99 or not three_digits))


def _octets(value: str) -> list[int] | None:
    """The four numbers of an address; None if `value` is none."""
    parts = value.split(".")
    if len(parts) != 4 or not (value.isascii() and all(part.isdecimal() and (part == "0" or part[0] != "0") for part in parts)):
        return None
    octets = [int(part) if len(part) <= 3 else 256 for part in parts]
    return octets if max(octets) <= 255 else None


# First number -> the second numbers that make it private, shared, of a link or for tests.
_SPECIAL: Final = MappingProxyType(
    {
        10: range(256),
        100: range(64, 128),
        169: range(254, 255),
        172: range(16, 32),
        192: range(168, 169),
        198: range(18, 20),
    }
)
_FOR_DOCUMENTS: Final = frozenset({(192, 0, 2), (198, 51, 100), (203, 0, 113)})


def _is_special(first: int, second: int, third: int) -> bool:
    """Whether an address is of no single subscriber."""
    return second in _SPECIAL.get(first, ()) or (first, second, third) in _FOR_DOCUMENTS


def ipv6(value: str, *, scope: str) -> Verdict:
    """VALID if the address is of the scope; as `ipv4`.

    >>> ipv6("2606:4700:4700::1111", scope="public"), ipv6("fd12:3456:789a::1", scope="local"), ipv6("2001:db8:::1", scope="local")
    (<Verdict.VALID: 'valid'>, <Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    try:
        address = IPv6Address(value)
    except AddressValueError:
        return Verdict.INVALID
    mute = address.is_loopback or address.is_multicast or address.is_unspecified
    return verdict(holds=not mute and address.is_global == (scope == "public"))
