"""The parts of Amazon resource names that say whose something is."""

from scanner.posture.wildcards import has_wildcard

_PARTS = 6


def account_number(text: str) -> bool:
    """Whether `text` is an account number: 12 digits."""
    return len(text) == 12 and text.isascii() and text.isdigit()


def account_in(arn: str) -> str | None:
    """The account of `arn:partition:service:region:account:resource`: a number, or `""` where the resource has none, or None.

    None is for what is no such name, and for accounts that are not written out.
    """
    parts = arn.split(":", _PARTS - 1)
    if len(parts) < _PARTS or parts[0] != "arn":
        return None
    return parts[4] if not parts[4] or account_number(parts[4]) else None


def pinned_account(pattern: str, *, by_parts: bool) -> str | None:
    """The one account that a pattern of names can stand for, else None.

    :param by_parts: the six parts are compared one by one, as the Arn operators do. Under StringLike a `*` runs over colons, so
        nothing before the account may be a wildcard.
    """
    account = account_in(pattern)
    if not account:
        return None
    head = pattern[: pattern.find(f":{account}:")]
    return account if by_parts or not has_wildcard(head) else None
