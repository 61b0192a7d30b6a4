"""Rules of a SARIF log: what can be found, listed once each in the order in which it was found."""

from collections.abc import Mapping
from typing import Final

from identifiers.model import Identifier
from scanner.reports.policies import LEVELS, BucketFinding

Json = dict[str, object]

SARIF_LEVELS: Final[Mapping[str, str]] = {"info": "note", "low": "note", "medium": "warning", "high": "error", "critical": "error"}
"""SARIF has three levels for what is wrong (3.27.10)."""

# GitHub sorts alerts by this number: over 9 critical, 7 high, 4 medium.
_SECURITY_SEVERITY: Final = {"info": "0.1", "low": "2.0", "medium": "5.0", "high": "8.0", "critical": "9.5"}


class Rules:
    """Collects the rules that results refer to."""

    def __init__(self) -> None:
        self._rules: dict[str, tuple[int, str, Json]] = {}

    def of_identifier(self, identifier: Identifier, severity: str) -> Json:
        """The members of a result that refer to an identifier's rule."""
        words = identifier.description or identifier.name
        return self._refer(identifier.id, severity, identifier.name, words, ("sensitive-data", identifier.category.value))

    def of_policy(self, finding: BucketFinding) -> Json:
        """The members of a result that refer to the rule of a type of finding on buckets."""
        name = finding.type.rpartition("/")[2]
        return self._refer(finding.type, finding.severity, name, finding.title, ("posture",))

    def listed(self) -> list[Json]:
        """All of them, each with the worst severity it was met with."""
        return [
            rule
            | {
                "defaultConfiguration": {"level": SARIF_LEVELS[worst]},
                "properties": {"tags": ["security", *_tags(rule)], "security-severity": _SECURITY_SEVERITY[worst]},
            }
            for _, worst, rule in self._rules.values()
        ]

    def _refer(self, name: str, severity: str, title: str, words: str, tags: tuple[str, ...]) -> Json:
        rule: Json = {
            "id": name,
            "name": title,
            "shortDescription": {"text": title},
            "fullDescription": {"text": words},
            "properties": {"tags": list(tags)},
        }
        index, worst, first = self._rules.get(name, (len(self._rules), severity, rule))
        self._rules[name] = (index, max(worst, severity, key=LEVELS.index), first)
        return {"ruleId": name, "ruleIndex": index, "level": SARIF_LEVELS[severity]}


def _tags(rule: Json) -> list[str]:
    properties = rule["properties"]
    assert isinstance(properties, dict), "made above"
    return list(properties["tags"])
