"""Credentials of HTTP basic authentication, RFC 7617: user name, colon and password in base64."""

from base64 import b64decode

from identifiers.model import Verdict
from identifiers.validators.digits import verdict
from identifiers.validators.secret import is_placeholder

# As they stand in manuals: RFC 7617's own, and the ones nobody means.
_MANUALS = frozenset({"Aladdin:open sesame", "test:123\u00a3", "user:pass", "user:password", "username:password", "test:test"})


def basic_auth(value: str) -> Verdict:
    """VALID if `value` decodes to readable text with a user name and a password that no manual has.

    >>> basic_auth("amFuZTpjb3JyZWN0IGhvcnNl"), basic_auth("QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), basic_auth("bm8gY29sb24=")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>)
    """
    try:
        text = b64decode(value + "=" * (-len(value) % 4), validate=True).decode()
    except ValueError:  # not base64, or not UTF-8
        return Verdict.INVALID
    user, colon, password = text.partition(":")
    readable = text.isprintable() and bool(colon) and bool(user) and bool(password)
    return verdict(holds=readable and text not in _MANUALS and not is_placeholder(text))
