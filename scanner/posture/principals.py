"""The principals of a statement, in every form in which they may be written.

Source: the IAM user guide on the Principal element; the S3 user guide for canonical ids and origin access identities.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from scanner.posture.arns import account_in, account_number
from scanner.posture.parties import Party, PartyKind
from scanner.posture.wildcards import has_wildcard

_HEX: Final = frozenset("0123456789abcdef")
# Users and roles; such ids are left behind in a policy when the user or role is deleted.
_UNIQUE_ID_PREFIXES: Final = ("AIDA", "AROA")


class Principal(NamedTuple):
    """One principal.

    :param text: as written
    :param sure: False where the form is one that the service does not accept, so that the reading is a guess
    :param whole_account: the account itself and not one role or user of it
    """

    party: Party
    text: str
    sure: bool = True
    whole_account: bool = False


def principals_in(element: object) -> tuple[Principal, ...]:
    """The principals of a Principal or NotPrincipal element, each once."""
    if element == "*":
        return _EVERYONE
    if isinstance(element, dict) and len(element) == 1:
        ((kind, value),) = element.items()
        # The usual form, in a third of the time.
        if isinstance(value, str):
            return (_principal(str(kind).lower(), value),)
    return tuple(dict.fromkeys(_each(element)))


def _each(element: object) -> Iterator[Principal]:
    if isinstance(element, dict):
        for kind, values in element.items():
            for value in values if isinstance(values, list | tuple) else [values]:
                yield _principal(str(kind).lower(), _text(value))
    elif isinstance(element, list | tuple):
        for value in element:
            yield _principal("aws", _text(value))
    elif element is not None:
        yield _principal("aws", _text(element))


def _text(value: object) -> str:
    """Account numbers may be written as numbers; leading zeros are lost then."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:012d}"
    return value if isinstance(value, str) else ""


@lru_cache(maxsize=4096)
def _principal(kind: str, value: str) -> Principal:
    if value == "*" and kind in ("aws", "*"):
        return _EVERYONE[0]
    if has_wildcard(value):
        # The service refuses wildcards inside a principal; other stores do not.
        return Principal(Party(PartyKind.EVERYONE, value), value, sure=False)
    if kind == "service":
        return Principal(Party(PartyKind.SERVICE, value.lower()), value)
    if kind == "federated":
        return _federated(value)
    if kind in ("aws", "canonicaluser") and value:
        return _aws(value)
    return Principal(Party(PartyKind.NOBODY, value), value, sure=False)


def _federated(value: str) -> Principal:
    """A provider of one account, or a public one such as graph.facebook.com, through which anybody can come."""
    account = account_in(value)
    if account:
        return Principal(Party(PartyKind.ACCOUNT, account), value)
    return Principal(Party(PartyKind.EVERYONE, value), value, sure=bool(value) and account is None)


def _aws(value: str) -> Principal:
    if account_number(value):
        return Principal(Party(PartyKind.ACCOUNT, value), value, whole_account=True)
    if value.startswith("arn:") and ":iam::cloudfront:" in value:
        return Principal(Party(PartyKind.CLOUDFRONT, value.rpartition(" ")[2]), value)
    account = account_in(value)
    if account:
        return Principal(Party(PartyKind.ACCOUNT, account), value, whole_account=value.endswith(":root"))
    if len(value) == 64 and _HEX.issuperset(value.lower()):
        return Principal(Party(PartyKind.CANONICAL_ID, value.lower()), value)
    return Principal(Party(PartyKind.UNIQUE_ID, value), value, sure=value.startswith(_UNIQUE_ID_PREFIXES))


_EVERYONE: Final = (Principal(Party(PartyKind.EVERYONE, "*"), "*"),)
