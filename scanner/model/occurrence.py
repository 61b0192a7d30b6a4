"""What detection hands on. The raw value ends here: only a mask and a keyed fingerprint go further."""

from dataclasses import dataclass
from enum import IntEnum

from scanner.model.location import Location


class Confidence(IntEnum):
    """How sure we are; ordered, so that `>=` reads as "at least"."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where an identifier was found.

    :param member: path of the member inside containers, outermost first
    :param evidence: what speaks for and against it, as short stable phrases (docs/evidence.md)
    :param mask: the value with all but a few characters replaced
    :param fingerprint: keyed HMAC-SHA-256 of the normalised value, 32 hex digits; equal values, equal fingerprints
    :param value: the value itself; None unless the user asked to reveal values
    """

    location: Location
    confidence: Confidence
    evidence: tuple[str, ...]
    mask: str
    fingerprint: str
    member: tuple[str, ...] = ()
    value: str | None = None
