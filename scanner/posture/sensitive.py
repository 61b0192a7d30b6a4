"""What earlier scans found in each bucket, as far as a risk ranking needs it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

_SEVERITIES: Final = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Sensitive:
    """The findings of one bucket.

    :param counts: number of findings with severity high, medium and low
    :param categories: Macie's categories, as CREDENTIALS
    """

    counts: tuple[int, int, int]
    categories: tuple[str, ...]

    @property
    def worst(self) -> str:
        """The highest severity; empty if there is none."""
        return next((name for name, count in zip(_SEVERITIES, self.counts, strict=True) if count), "")

    @property
    def credentials(self) -> bool:
        """Whether credentials were found."""
        return "CREDENTIALS" in self.categories


NOTHING_FOUND: Final = Sensitive((0, 0, 0), ())


def sensitive_by_bucket(records: Iterable[dict[str, Any]], store: str = "s3") -> dict[str, Sensitive]:
    """By name of bucket; the name may stand alone or as s3://NAME.

    :param store: s3, gs or az; those of others are left out
    """
    levels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    categories: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.get("record") == "finding" or record.get("category") == "CLASSIFICATION":
            # Of stores that are not Amazon's it is a URI.
            scheme, _, name = str(_at(record, "resourcesAffected", "s3Bucket", "name") or "").rpartition("://")
            if (scheme or "s3") == store:
                levels[name][str(_at(record, "severity", "description") or "").lower()] += 1
                categories[name].update(_categories(record))
    return {name: Sensitive((one["high"], one["medium"], one["low"]), tuple(sorted(categories[name]))) for name, one in levels.items()}


def _categories(record: dict[str, Any]) -> Iterable[str]:
    result = _at(record, "classificationDetails", "result")
    if not isinstance(result, dict):
        return
    for one in result.get("sensitiveData") or ():
        yield str(one.get("category"))
    if _at(result, "customDataIdentifiers", "totalCount"):
        yield "CUSTOM_IDENTIFIER"


def _at(record: Any, *names: str) -> Any:  # noqa: ANN401 - JSON
    for name in names:
        record = record.get(name) if isinstance(record, dict) else None
    return record
