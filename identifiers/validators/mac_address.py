"""Hardware addresses, IEEE 802. RFC 7042 section 2.1.2 reserves 00-00-5E-00-53-00 to FF for documentation."""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict


def mac_address(value: str) -> Verdict:
    """VALID for the address of one device: no broadcast, no multicast, not all zeros, not from a document.

    >>> mac_address("3C:22:FB:4A:91:0E"), mac_address("ff:ff:ff:ff:ff:ff"), mac_address("01:00:5e:00:00:fb")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = compact(value)
    # The lowest bit of the first octet marks a group of devices.
    multicast = number[1:2] not in "02468ACE"
    return verdict(holds=len(number) == 12 and not multicast and len(set(number)) > 1 and not number.startswith("00005E0053"))
