"""Secrets in base64: what a piece of base64 says once it is decoded, wherever in a group of three bytes the secret begins."""

from base64 import b64decode
from typing import Final

import regex

from identifiers.model import Verdict
from identifiers.validators.digits import verdict
from identifiers.validators.password import password
from identifiers.validators.secret import secret

# With the first characters of their makers, as the identifiers of these makers have them.
_TOKEN: Final = regex.compile(
    r"""(?x)
    gh[pousr]_[A-Za-z0-9]{36} | github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59} | glpat-[A-Za-z0-9_-]{20} | A(?:K|S)IA[A-Z2-7]{16}(?![A-Za-z0-9])
  | AIza[A-Za-z0-9_-]{35} | GOCSPX-[A-Za-z0-9_-]{28} | xox[bp]-[0-9]{8,14}-[A-Za-z0-9-]{18,90}
  | xapp-[0-9]-A[A-Z0-9]{8,12}-[0-9]{10,14}-[a-f0-9]{32}
  | [sr]k_live_[A-Za-z0-9]{24} | sk-ant-[a-z]{3,5}[0-9]{2}-[A-Za-z0-9_-]{40} | sk-proj-[A-Za-z0-9_-]{40} | npm_[A-Za-z0-9]{36}
  | pypi-AgE[A-Za-z0-9_-]{50} | dop_v1_[0-9a-f]{64} | shpat_[0-9a-fA-F]{32} | dckr_pat_[A-Za-z0-9_-]{27}
    """
)
_URL: Final = regex.compile(
    r"""(?:postgres(?:ql)?|mongodb(?:\+srv)?|mysql|amqps?|rediss?)://[^\s:/@"']{0,80}:(?P<value>[^\s:/@"']{3,100})@[A-Za-z0-9\[]"""
)
# A group of four characters holds three bytes; so many characters of the first group may stand before the value.
_GROUP: Final = 4


def base64_token(value: str) -> Verdict:
    """VALID if a token of a known maker, or a URL with a password, begins where `value` begins.

    >>> from base64 import b64encode
    >>> token = "npm_" + "Zq8vR2mK" * 4 + "a7B9"
    >>> encoded = b64encode(b"x" + token.encode()).decode()
    >>> base64_token(encoded[1:]), base64_token(encoded[3:])
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    return verdict(holds=any(_holds(_decoded("A" * missing + value)) for missing in range(_GROUP)))


def _decoded(text: str) -> str:
    """The bytes as characters; what is cut off at the end is left out."""
    plain = text.rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    whole = plain[: len(plain) - 1] if len(plain) % _GROUP == 1 else plain
    try:
        return b64decode(whole + "=" * (-len(whole) % _GROUP)).decode("latin-1")
    except ValueError:
        return ""


def _holds(text: str) -> bool:
    token = _TOKEN.search(text, 0, 200)
    if token is not None and token.start() < _GROUP:
        return secret(token[0]) is Verdict.VALID
    url = _URL.search(text)
    return url is not None and url.start() < _GROUP and password(url["value"]) is Verdict.VALID
