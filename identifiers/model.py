"""What an identifier is: a declaration of one kind of sensitive data, without any behaviour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum


class Category(StrEnum):
    """What kind of data it is; decides the type of the finding."""

    CREDENTIALS = "credentials"
    FINANCIAL = "financial"
    PERSONAL = "personal"
    CUSTOM = "custom"


class Severity(StrEnum):
    """How bad a finding is, in Macie's three steps."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Certainty(StrEnum):
    """How sure a match is, given what stands for it. `none`: not reported at all."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Verdict(Enum):
    """What a validator says of a value. UNKNOWN: the check does not apply to this value."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


Validator = Callable[[str], Verdict]


class Boundary(StrEnum):
    """What may stand around a match, so that a part of a longer token is never taken for a value.

    WORD: no letter, digit or underscore touches it.
    NUMBER: as WORD, and it is not part of a longer number, date, decimal or hyphenated code
        (no `digit . - /` before it, no `. - / digit` behind it).
    TOKEN: as WORD, and no `+ / -` touches it either, nor does a `=` follow: for keys in base64 and base64url.
    NONE: anything may.
    """

    WORD = "word"
    NUMBER = "number"
    TOKEN = "token"  # noqa: S105 - a kind of boundary, no password
    NONE = "none"


class KeywordSide(StrEnum):
    """Where a keyword may stand. BEFORE counts from the keyword's end to the match's *end*, as Macie's custom identifiers do.

    NAME counts in names over the value only: what the header of a column says, and the text around a value does not.
    """

    EITHER = "either"
    BEFORE = "before"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ValidatorRef:
    """Which validator checks a value: a name in `identifiers.validators` and its settings, e.g. weighted_mod with weights."""

    name: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pattern:
    r"""One shape of the value.

    :param regex: in the syntax of the `regex` module; compiled with its ASCII flag, so `\d`, `\w` and `\s` mean ASCII.
        A group named `value`, if any, is the value to validate, mask and report; else it is the whole match.
    :param validator: checks the value; None accepts every one
    :param chance: share of random values of this shape that the validator accepts, 0 to 1; 1 without validator
    :param alone: certainty when nothing but the shape (and the validator) speaks for it
    :param supported: certainty when a keyword stands near or in the column's name
    :param boundary: what may touch the match
    :param max_length: characters of the longest match, proven by the shape or declared for open-ended ones
    """

    regex: str
    validator: ValidatorRef | None = None
    chance: float = 1.0
    alone: Certainty = Certainty.NONE
    supported: Certainty = Certainty.HIGH
    boundary: Boundary = Boundary.WORD
    max_length: int = 64


@dataclass(frozen=True, slots=True)
class SeverityLevel:
    """From `occurrences` on the finding has this severity."""

    occurrences: int
    severity: Severity


@dataclass(frozen=True, slots=True)
class Identifier:
    """One kind of sensitive data.

    :param id: Macie's id where Macie has one; never renamed
    :param countries: ISO 3166 alpha-2 codes; empty for everywhere
    :param severity_levels: ascending; below the first threshold there is no finding
    :param keywords: lower case; a space also stands for nothing, `_` or `-`. Whole words.
    :param max_distance: characters between keyword and match, see KeywordSide
    :param not_names: words in a column name or label that say it is something else (`order id`); same form as keywords
    :param ignore_words: case-sensitive; a match that contains one is dropped
    :param ignore_values: documented examples that are never reported; compared without spaces, `-` and `.`, case-insensitively
    :param recommended: in the default selection
    :param judged: it has no patterns: what it is found by is a judgement of its own, of names and places (`scanner.names`)
    :param matches: example texts; `«»` marks the wanted spans, `identifiers.examples.marked` takes them apart
    :param ignores: example texts in which nothing of this identifier may be found
    """

    id: str
    name: str
    category: Category
    patterns: tuple[Pattern, ...]
    severity_levels: tuple[SeverityLevel, ...]
    description: str = ""
    countries: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    max_distance: int = 30
    keyword_side: KeywordSide = KeywordSide.EITHER
    not_names: tuple[str, ...] = ()
    ignore_words: tuple[str, ...] = ()
    ignore_values: frozenset[str] = frozenset()
    recommended: bool = True
    references: tuple[str, ...] = ()
    judged: bool = False
    matches: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()

    @property
    def keyword_required(self) -> bool:
        """Whether nothing of it is ever reported without a keyword."""
        return not self.judged and all(pattern.alone is Certainty.NONE for pattern in self.patterns)
