"""Tokens of GitHub and npm: six characters at the end are a CRC-32 of what stands between prefix and them.

https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
"""

from typing import Final
from zlib import crc32

from identifiers.model import Verdict
from identifiers.validators.secret import secret

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECK_LENGTH: Final = 6


def crc32_token(value: str) -> Verdict:
    """VALID if the checksum holds, INVALID for a placeholder; UNKNOWN otherwise, since not every maker of tokens sets it.

    >>> body = "Zq8vR2mK" + "w7Lp0TnYc3Xd"
    >>> crc32_token("npm_" + body + checksum(body)), crc32_token("npm_" + body + "000000"), crc32_token("npm_" + "x" * 36)
    (<Verdict.VALID: 'valid'>, <Verdict.UNKNOWN: 'unknown'>, <Verdict.INVALID: 'invalid'>)
    """
    if secret(value) is Verdict.INVALID:
        return Verdict.INVALID
    body = value.partition("_")[2]
    return Verdict.VALID if checksum(body[:-_CHECK_LENGTH]) == body[-_CHECK_LENGTH:] else Verdict.UNKNOWN


def checksum(body: str) -> str:
    """The CRC-32 of `body` in base 62, six characters long.

    >>> checksum("")
    '000000'
    """
    rest, written = crc32(body.encode()), ""
    for _ in range(_CHECK_LENGTH):
        rest, digit = divmod(rest, len(_DIGITS))
        written = _DIGITS[digit] + written
    return written
