"""Which addresses of the network a host has, and which of them lead to where no store is."""

import ipaddress
import socket
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# The address of the EC2 metadata service in IPv6 is not link-local (AWS, "Instance metadata").
_METADATA: Final = ipaddress.ip_address("fd00:ec2::254")
# Behind this prefix a translator reaches IPv4 (RFC 6052).
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str) -> list[Address]:
    """All addresses of `host`, also of odd spellings such as one decimal number; none if it does not resolve."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def is_link_local(address: Address) -> bool:
    """Whether only metadata services answer there: a scan must not be led to ask one for the machine's credentials."""
    plain = _plain(address)
    return plain.is_link_local or plain == _METADATA


def is_loopback(address: Address) -> bool:
    """Whether it is this machine, which listens at the unspecified address too."""
    plain = _plain(address)
    return plain.is_loopback or plain.is_unspecified


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 address wraps, if it does."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _TRANSLATED:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
