"""How severe a finding of an identifier is, by the number of occurrences, read from its table."""

from collections.abc import Mapping
from functools import cache

from identifiers.fields import Fields
from identifiers.form import Form
from identifiers.model import Severity, SeverityLevel

# Macie's three columns: https://docs.aws.amazon.com/macie/latest/user/findings-severity.html
_THRESHOLDS = (1, 2, 100)
_WORDS = tuple(map(str, Severity))
_MOST_OCCURRENCES = 10**9


def read_severity(fields: Fields, form: Form) -> tuple[SeverityLevel, ...]:
    """Severity levels from one of two keys.

    `severity = ["low", "medium", "high"]` is for 1, 2 to 99, and 100 or more occurrences;
    `severity_levels = [{ occurrences = 5, severity = "low" }]` has up to three thresholds, ascending.

    :raises IdentifierError: naming file, identifier and key
    """
    if fields.has("severity") and fields.has("severity_levels"):
        fields.fail("severity", "stands beside severity_levels; remove one of the two")
    if fields.has("severity_levels"):
        return _levels(fields)
    if fields.has("severity"):
        return _three(fields)
    if not form.severity_levels:
        fields.fail("severity", 'is missing; add it, e.g. ["low", "medium", "high"]')
    return form.severity_levels


def _three(fields: Fields) -> tuple[SeverityLevel, ...]:
    words = fields.value("severity")
    if not isinstance(words, list) or len(words) != len(_THRESHOLDS) or not all(word in _WORDS for word in words):
        fields.fail("severity", "must be three of low, medium, high: for 1, 2 to 99, and 100 or more occurrences")
    return _three_levels(*words)


@cache
def _three_levels(*words: str) -> tuple[SeverityLevel, ...]:
    return tuple(SeverityLevel(occurrences, Severity(word)) for occurrences, word in zip(_THRESHOLDS, words, strict=True))


def _levels(fields: Fields) -> tuple[SeverityLevel, ...]:
    tables = fields.tables("severity_levels")
    if len(tables) > len(_THRESHOLDS):
        fields.fail("severity_levels", f"has {len(tables)} thresholds; {len(_THRESHOLDS)} are allowed")
    levels = tuple(_level(table, f"{fields.where}: severity_levels {number}") for number, table in enumerate(tables, start=1))
    thresholds = [level.occurrences for level in levels]
    if thresholds != sorted(set(thresholds)):
        fields.fail("severity_levels", "must ascend by occurrences; put the smallest first, each once")
    return levels


def _level(table: Mapping[str, object], where: str) -> SeverityLevel:
    fields = Fields(table, where)
    if not fields.has("occurrences"):
        fields.fail("occurrences", "is missing; add the number of occurrences from which on the severity holds")
    if not fields.has("severity"):
        fields.fail("severity", "is missing; add one of low, medium, high")
    level = SeverityLevel(fields.whole("occurrences", 1, 1, _MOST_OCCURRENCES), fields.choice("severity", Severity.MEDIUM))
    fields.finish()
    return level
