"""JSON Web Tokens, RFC 7519: two JSON objects and a signature in base64url, with dots between."""

import json
from base64 import urlsafe_b64decode

from identifiers.model import Verdict
from identifiers.validators.digits import verdict


def jwt(value: str) -> Verdict:
    """VALID if header and payload are JSON objects and the header names an algorithm.

    >>> header = "eyJhbGciOiJub25lIn0"
    >>> jwt(f"{header}.eyJzdWIiOiJqYW5lIn0."), jwt(f"{header}.eyJzdWIiOi.")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    header, _, rest = value.partition(".")
    payload = rest.partition(".")[0]
    return verdict(holds="alg" in _json_object(header) and bool(_json_object(payload)))


def _json_object(part: str) -> dict[str, object]:
    """The object that `part` encodes; empty if it encodes none."""
    try:
        decoded = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return {}
    return decoded if isinstance(decoded, dict) else {}
