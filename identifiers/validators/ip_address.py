"""Internet addresses, by what they are reserved for.

https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry
"""

from ipaddress import AddressValueError, IPv4Address, IPv6Address

from identifiers.model import Verdict
from identifiers.validators.digits import verdict


def ipv4(value: str, *, scope: str) -> Verdict:
    """VALID if the address is of the scope.

    :param scope: `public` for addresses that anybody can reach; `local` for private and documentation networks. Loopback,
        multicast, broadcast, unspecified and network masks are neither: they tell nothing of anybody.

    >>> ipv4("8.8.4.4", scope="public"), ipv4("10.1.2.3", scope="public"), ipv4("127.0.0.1", scope="local")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>)
    """
    try:
        address = IPv4Address(value)
    except AddressValueError:
        return Verdict.INVALID
    # 0.0.0.0/8 is "this network"; 240.0.0.0/4 has the broadcast address and the masks.
    mute = address.is_loopback or address.is_multicast or address.is_reserved or address.packed[0] == 0
    return verdict(holds=not mute and address.is_global == (scope == "public"))


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
