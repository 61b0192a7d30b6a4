"""Policies of which parts are known only later: both readings are judged, and only what they agree on is known."""

from typing import Any, Final

from scanner.posture.answers import Unknown
from scanner.posture.policy import evaluate_policy
from scanner.posture.verdict import PolicyVerdict

_ANY: Final = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}
_NOBODY: Final = "000000000000"


def settle(document: object, account: str | None) -> object:
    """A policy without UNKNOWN parts, or UNKNOWN if they decide.

    Each part is read once as open as can be, in a Deny as narrow as can be, and once the other way round. If both readings let in
    the same parties the open one is taken.
    """
    found = _first_unknown(document)
    if found is None:
        return document
    own = account or _NOBODY
    opened, closed = _reading(document, own, opened=True), _reading(document, own, opened=False)
    if isinstance(document, dict) and _essence(evaluate_policy(opened, own)) == _essence(evaluate_policy(closed, own)):
        return opened
    return Unknown(found.call, f"the policy depends on {found.reason}")


def _essence(verdict: PolicyVerdict) -> tuple[object, ...]:
    return (verdict.public, verdict.cross_account, verdict.external_accounts, verdict.external_organizations, verdict.services)


def _first_unknown(value: object) -> Unknown | None:
    if isinstance(value, Unknown):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for found in map(_first_unknown, inner) if found), None)


def _reading(document: object, own: str, *, opened: bool) -> object:
    statements = document.get("Statement") if isinstance(document, dict) else None
    listed = statements if isinstance(statements, list) else [statements]
    unknown = [_ANY] if opened and any(isinstance(one, Unknown) for one in listed) else []
    return {"Statement": [*(_statement(one, own, opened=opened) for one in listed if isinstance(one, dict)), *unknown]}


def _statement(statement: dict[str, Any], own: str, *, opened: bool) -> dict[str, Any]:
    effect = statement.get("Effect")
    if isinstance(effect, Unknown):
        effect = "Allow" if opened else "Deny"
    fill = _Fill(own, widest=opened == (effect == "Allow"))
    return {key: effect if key == "Effect" else fill.filled(value, key) for key, value in statement.items()}


class _Fill:
    """Puts the widest or the narrowest value where one is not known."""

    def __init__(self, own: str, *, widest: bool) -> None:
        self._value = "*" if widest else own
        self._condition: dict[str, object] = {} if widest else {"StringEquals": {"aws:PrincipalAccount": own}}

    def filled(self, value: Any, element: str) -> Any:  # noqa: ANN401 - JSON
        """The value of an element without UNKNOWN in it."""
        if isinstance(value, Unknown):
            return self._condition if element == "Condition" else self._value
        if isinstance(value, dict):
            return {key: self.filled(inner, "") for key, inner in value.items()}
        return [self.filled(inner, element) for inner in value] if isinstance(value, list) else value
