"""Identifiers made ready for matching: one rule for each pattern of each identifier."""

from dataclasses import dataclass
from functools import cached_property

import regex

from identifiers.compile import compile_pattern
from identifiers.model import Category, Certainty, Identifier, KeywordSide, Pattern, Validator, Verdict
from identifiers.shape import Branches, parse
from identifiers.validators import resolve
from scanner.model.occurrence import Confidence

_CONFIDENCE = {Certainty.LOW: Confidence.LOW, Certainty.MEDIUM: Confidence.MEDIUM, Certainty.HIGH: Confidence.HIGH}

# What a pattern's text must be freed of before asking whether an anchor stands in it.
_ESCAPES_AND_CLASSES = regex.compile(r"\\[^AZzbB]|\[\^?\]?(?:\\.|[^\]\\])*\]", regex.DOTALL)
_ANCHORS = regex.compile(r"(?<!\[)[\^$]|\\[AZz]")


def _accept(_value: str) -> Verdict:
    return Verdict.UNKNOWN


@dataclass(frozen=True)
class Rule:
    """One pattern of one identifier.

    :param index: its place in the ruleset
    """

    index: int
    identifier: Identifier
    pattern: Pattern

    @cached_property
    def regex(self) -> "regex.Pattern[str]":
        """The pattern with its boundary, compiled on first use."""
        return compile_pattern(self.pattern)

    @cached_property
    def validate(self) -> Validator:
        """The check for values; accepts everything as UNKNOWN where there is none."""
        return resolve(self.pattern.validator) if self.pattern.validator else _accept

    @cached_property
    def group(self) -> str | int:
        """The group that holds the value."""
        return "value" if "value" in self.regex.groupindex else 0

    @cached_property
    def alone(self) -> Confidence | None:
        """Confidence without any keyword; None when it is not reported then."""
        return _CONFIDENCE.get(self.pattern.alone)

    @cached_property
    def supported(self) -> Confidence | None:
        """Confidence with a keyword near or in the name."""
        return _CONFIDENCE.get(self.pattern.supported)

    @cached_property
    def custom(self) -> bool:
        """Whether it comes from the user, so that nothing is known of its pattern's manners."""
        return self.identifier.category is Category.CUSTOM

    @cached_property
    def hopeless(self) -> bool:
        """Whether even a keyword makes it no surer than low: a publishable key."""
        return self.alone == self.supported == Confidence.LOW

    @cached_property
    def grows(self) -> bool:
        """Whether the name of a file can make it surer."""
        return self.identifier.category is Category.CREDENTIALS and not self.hopeless

    @cached_property
    def anchored(self) -> bool:
        """Whether `^`, `$` and the like occur, which mean the ends of a value and so forbid joining values."""
        return _ANCHORS.search(_ESCAPES_AND_CLASSES.sub("", self.pattern.regex)) is not None

    @cached_property
    def whole(self) -> bool:
        """Whether a match is all of a text or value, so that no keyword can stand beside it."""
        shape = self.pattern.regex
        return shape.startswith("\\A") and shape.endswith("\\Z") and not isinstance(parse(shape), Branches)

    @cached_property
    def named_only(self) -> bool:
        """Whether keywords count in names over the value only."""
        return self.identifier.keyword_side is KeywordSide.NAME

    @cached_property
    def before_only(self) -> bool:
        """Whether keywords count only before the match, measured to its end."""
        return self.identifier.keyword_side is KeywordSide.BEFORE

    @cached_property
    def check_name(self) -> str:
        """The validator's name for evidence; empty without one."""
        return self.pattern.validator.name if self.pattern.validator else ""


def make_rules(identifiers: tuple[Identifier, ...]) -> tuple[Rule, ...]:
    """One rule for each pattern, in the order of the identifiers."""
    pairs = [(identifier, pattern) for identifier in identifiers for pattern in identifier.patterns]
    return tuple(Rule(index, identifier, pattern) for index, (identifier, pattern) in enumerate(pairs))
