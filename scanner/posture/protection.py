"""What a bucket's policy enforces: TLS on every request, encryption of every upload."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from scanner.posture.answers import Unknown
from scanner.posture.conditions import Condition
from scanner.posture.documents import Statement, parse_policy
from scanner.posture.parties import PartyKind
from scanner.posture.settings import Maybe
from scanner.posture.wildcards import covers, matches

_SSE: Final = "s3:x-amz-server-side-encryption"
_CUSTOMER_KEY: Final = "s3:x-amz-server-side-encryption-customer-algorithm"
# Goes only with encryption by a key of the key service.
_KEY_ID: Final = "s3:x-amz-server-side-encryption-aws-kms-key-id"
_ALGORITHMS: Final = frozenset(["aes256", "aws:kms", "aws:kms:dsse"])


class TlsOnly(StrEnum):
    """Whether plain http is refused: for everything, for part of it, for nothing."""

    TRUE = "true"
    PARTIAL = "partial"
    FALSE = "false"
    UNKNOWN = "unknown"


class UnencryptedUploads(StrEnum):
    """Macie's allowsUnencryptedObjectUploads."""

    TRUE = "TRUE"
    FALSE = "FALSE"
    UNKNOWN = "UNKNOWN"


def tls_only(policy: Maybe[object], bucket: str) -> TlsOnly:
    """Whether Denies without TLS cover every action of everybody, on the bucket and on its objects."""
    if isinstance(policy, Unknown):
        return TlsOnly.UNKNOWN
    denies = [one for one in denies_of_everybody(policy) if _refuses_plain_http(one.conditions)]
    full = [one for one in denies if not one.all_but_actions and any(action in ("*", "s3:*") for action in one.actions)]
    on_bucket = any(_reaches(one, f"arn:aws:s3:::{bucket}", bucket) for one in full)
    on_objects = any(_reaches(one, f"arn:aws:s3:::{bucket}/*", bucket) for one in full)
    if on_bucket and on_objects:
        return TlsOnly.TRUE
    return TlsOnly.PARTIAL if denies else TlsOnly.FALSE


def unencrypted_uploads(policy: Maybe[object], bucket: str) -> UnencryptedUploads:
    """Whether uploads that do not ask for encryption are let in as far as the policy goes; the default encryption is another matter."""
    if isinstance(policy, Unknown):
        return UnencryptedUploads.UNKNOWN
    refused = any(
        _reaches(one, f"arn:aws:s3:::{bucket}/*", bucket)
        and not one.all_but_actions
        and any(matches(action, "s3:putobject") for action in one.actions)
        and _demands_encryption(one.conditions)
        for one in denies_of_everybody(policy)
    )
    return UnencryptedUploads.FALSE if refused else UnencryptedUploads.TRUE


def denies_of_everybody(policy: object) -> list[Statement]:
    """Denies that reach everybody."""
    if policy is None:
        return []
    statements = parse_policy(policy).statements
    return [one for one in statements if not one.allows and not one.all_but_principals and _of_everybody(one)]


def _of_everybody(statement: Statement) -> bool:
    return any(one.party.kind is PartyKind.EVERYONE and one.text == "*" for one in statement.principals)


def _reaches(statement: Statement, resource: str, bucket: str) -> bool:
    """Any partition will do: the bucket's name is what tells."""
    if statement.all_but_resources:
        return False
    names = (resource.replace("arn:aws:", f"arn:{partition}:") for partition in ("aws", "aws-cn", "aws-us-gov"))
    candidates = list(names) if bucket else [resource]
    return any(covers(pattern, name) for pattern in statement.resources for name in candidates)


def _refuses_plain_http(conditions: Iterable[Condition]) -> bool:
    """One condition and no other, which would spare some."""
    found = list(conditions)
    return len(found) == 1 and _is(found[0], "bool", "aws:securetransport", "false")


def _is(condition: Condition, operator: str, key: str, value: str) -> bool:
    values = tuple(one.lower() for one in condition.values)
    return (condition.operator.name, condition.key) == (operator, key) and values == (value,) and not condition.operator.qualifier


def _demands_encryption(conditions: tuple[Condition, ...]) -> bool:
    """Whether all of them hold of an upload that asks for no encryption, so that a Deny refuses it whatever else they spare."""
    return bool(conditions) and all(map(_holds_without_encryption, conditions))


def _holds_without_encryption(one: Condition) -> bool:
    if any(_is(one, "null", header, "true") for header in (_SSE, _CUSTOMER_KEY, _KEY_ID)):
        return True
    # A negated operator is true of an absent header too, so such a Deny refuses what does not ask for encryption.
    if not one.operator.negated or one.operator.qualifier or not one.values:
        return False
    wanted = frozenset(value.lower() for value in one.values)
    return one.key == _KEY_ID or (one.key == _SSE and wanted <= _ALGORITHMS) or (one.key == _CUSTOMER_KEY and wanted == {"aes256"})
