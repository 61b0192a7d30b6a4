"""Private keys in text armour: PEM (RFC 7468), OpenSSH, OpenPGP (RFC 9580). A header alone, or dots under it, is no key."""

from typing import Final

import regex

from identifiers.model import Verdict
from identifiers.validators.digits import verdict
from identifiers.validators.secret import entropy

# Marks, header lines such as `Proc-Type: 4,ENCRYPTED`, and line ends as other formats write them.
_NO_BODY: Final = regex.compile(r"-----[A-Z ]+-----|[A-Za-z-]+:[^\n\\]*(?=\n|\\n|\r)|\\[nrt]|[^A-Za-z0-9+/=]+")
# Characters of an Ed25519 key, the shortest in use.
_SHORTEST: Final = 60
_RANDOM: Final = 4.0
# `value="-----BEGIN PRIVATE KEY-----" offset="0"`: the mark in an attribute, with others behind it.
_ATTRIBUTE: Final = regex.compile(r"-----BEGIN [A-Z0-9 ]+-----[\"']\s*[a-z/>]")


def private_key(value: str) -> Verdict:
    r"""VALID if enough random base64 stands in the armour.

    >>> private_key("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----")
    <Verdict.INVALID: 'invalid'>
    """
    body = _NO_BODY.sub("", value)
    # Manuals write EXAMPLE into the body; seven given letters in a row are not to be expected of chance.
    sound = not _ATTRIBUTE.match(value) and "EXAMPLE" not in body
    return verdict(holds=sound and len(body) >= _SHORTEST and entropy(body) >= _RANDOM)
