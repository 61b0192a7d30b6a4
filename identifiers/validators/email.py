r"""E-mail addresses that a pattern found: file names, package versions and placeholders are none.

RFC 5321 section 4.5.3 has the lengths, RFC 2606 the domains that belong to nobody.

The expressions are such that Arrow matches them as well (`vector_texts`).
"""

from typing import Final

import regex

from identifiers.model import Verdict
from identifiers.validators.digits import verdict
from identifiers.validators.top_level_domains import TOP_LEVEL_DOMAINS

# Who is meant by nobody: `user@`, `your.name@`, `foo@`, `x@`.
_ANYBODY: Final = (
    r"(?:[a-z0-9]|users?|user[._-]?(?:name|id)|foo|bar|baz|qux|foobar|name|you|me|my|your|(?:your|my)[._-]?(?:name|e?mail|username|account)"
    r"|(?:some|any)[._-]?(?:one|body|user)|nobody|e?-?mail|address|example|sample|test(?:er|ing|user)?|dummy|xyz|abc|pass(?:word|wd)?|secret"
    r"|token|access[._-]?token|login|local[._-]?part|recipients?|sender|from|to|cc|bcc|copy|dest(?:ination)?|redacted|unknown|account|group"
    r"|first(?:name)?[._-]?last(?:name)?|root|git)"
)
# Offices rather than people: in a domain of somebody's they may be read.
_OFFICE: Final = (
    r"(?:admins?|administrator|(?:host|post|web)?master|info|support|sales|help|contact|noc|feedback|customer[._-]?(?:care|service)"
    r"|technical|registrant|security|abuse|office|team|billing|hr|jobs|news|discuss|list|no-?reply|guest|service|ops|dev)"
)
_RESERVED: Final = r"(?:[a-z0-9-]+\.)*(?:example(?:\.[a-z]{2,3}){1,2}|[a-z0-9-]+\.(?:example|test))"
_NOBODYS: Final = (
    r"(?:[a-z0-9-]+\.)*(?:(?:my|your|some|new)?(?:domain|company|host|hostname|server|e?mail|site|website|org|organization)|foo|bar|baz"
    r"|foobar|test|abc|xyz|somewhere)\.[a-z]{2,3}"
)
_WEBMAIL: Final = r"(?:gmail|yahoo|hotmail|outlook)\.com"

PLACEHOLDER: Final = rf"(?i)\A(?:{_ANYBODY}@(?:{_RESERVED}|{_NOBODYS}|{_WEBMAIL})|git@[a-z0-9.-]*(?:github|gitlab|bitbucket)\..*)\z"
"""Matches addresses in which nobody reads mail: the remote of a repository, too."""
DOUBTFUL: Final = rf"(?i)\A(?:{_ANYBODY}[0-9]+@(?:{_RESERVED}|{_NOBODYS})|{_OFFICE}[0-9]*@{_RESERVED})\z"
"""Matches addresses that tests make by the dozen, and offices at domains for documents: a column of them is one of addresses."""
MESSAGE_ID: Final = (
    r"\A(?:[0-9]{6,}\.[0-9]+\.[0-9A-Za-z.]*|(?:19|20)[0-9]{6}(?:[0-9]{4,6})?[.-][0-9A-Za-z.-]+|[0-9A-F]{8}\.[0-9]{6,8}|[0-9]{16,}"
    r"|[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})@.*\z"
)
"""Matches what names a message and no person: `20260302.1234.56@host`, `20130713144407.GA27334@host`, `4F91988B.1080502@host`, a UUID."""
SSH_NAME: Final = (
    r"\A[a-z0-9-]*(?:25519|sha[12]?-|sha[0-9]|-cbc|-gcm|-ctr|-etm|umac-|-cert-v[0-9]|-v[0-9]{2}|zlib|poly1305)[a-z0-9-]*"
    r"@(?:openssh\.com|libssh\.org|tinyssh\.org|ssh\.com)\z"
)
"""Matches names of algorithms of SSH, which have the form of addresses (RFC 4251 section 6): `aes128-gcm@openssh.com`."""

_PLACEHOLDER: Final = regex.compile(PLACEHOLDER.replace(r"\z", r"\Z"))
_DOUBTFUL: Final = regex.compile(DOUBTFUL.replace(r"\z", r"\Z"))
_NO_PERSON: Final = regex.compile(f"{MESSAGE_ID}|{SSH_NAME}".replace(r"\z", r"\Z"))


def email(value: str, *, doubtful: bool = False) -> Verdict:
    """VALID unless a length is exceeded, dots stand wrong, the domain cannot exist, or the address is a placeholder or doubtful.

    :param doubtful: take the doubtful ones, too

    >>> email("jane.roe@mail.example.net"), email("logo@2x.png"), email("user@example.com")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>)
    >>> email("user17@example.com"), email("user17@example.com", doubtful=True)
    (<Verdict.INVALID: 'invalid'>, <Verdict.VALID: 'valid'>)
    """
    local, _, domain = value.rpartition("@")
    sound = 0 < len(local) <= 64 and len(value) <= 254 and ".." not in value and not local.startswith(".") and not local.endswith(".")
    if not sound or domain.rpartition(".")[2].lower() not in TOP_LEVEL_DOMAINS:
        return Verdict.INVALID
    return verdict(holds=not (_PLACEHOLDER.match(value) or _NO_PERSON.match(value) or (not doubtful and _DOUBTFUL.match(value))))
