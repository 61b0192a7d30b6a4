"""A whole configuration of Docker in base64, as Kubernetes keeps it: whether it logs in to a registry."""

import json
from base64 import b64decode

from identifiers.model import Verdict
from identifiers.validators.basic_auth import basic_auth
from identifiers.validators.digits import verdict
from identifiers.validators.secret import is_placeholder


def docker_config(value: str) -> Verdict:
    """VALID if `value` decodes to settings with a user name and a password, or a token, for one registry at least.

    >>> from base64 import b64encode
    >>> def encoded(login): return b64encode(('{"auths": {"ghcr.io": ' + login + '}}').encode()).decode()
    >>> docker_config(encoded('{"auth": "bWFyaWE6dzFudGVyLXN1bg=="}')), docker_config(encoded("{}"))
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    try:
        registries = json.loads(b64decode(value + "=" * (-len(value) % 4), validate=True))["auths"].values()
        return verdict(holds=any(map(_logs_in, registries)))
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):  # not base64, no JSON, or JSON of something else
        return Verdict.INVALID


def _logs_in(registry: dict[str, str]) -> bool:
    if basic_auth(registry.get("auth", "")) is Verdict.VALID:
        return True
    said = registry.get("password") or registry.get("identitytoken") or ""
    return bool(said) and not is_placeholder(said)
