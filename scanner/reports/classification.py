"""What was found, in Macie's members: `classificationDetails.result` of the Finding API."""

from collections.abc import Sequence
from typing import Final

from identifiers.model import Category
from scanner.model.result import ObjectResult
from scanner.reports.macie_locations import MAX_LOCATIONS, by_array, shared_locations
from scanner.reports.reasons import macie_status
from scanner.reports.severity import Counted

Json = dict[str, object]

CATEGORIES: Final = {
    Category.CREDENTIALS: "CREDENTIALS",
    Category.FINANCIAL: "FINANCIAL_INFORMATION",
    Category.PERSONAL: "PERSONAL_INFORMATION",
    Category.CUSTOM: "CUSTOM_IDENTIFIER",
}
"""Macie's names, in the order in which they are listed."""


def classification_result(result: ObjectResult, counted: Sequence[Counted], *, most: int = MAX_LOCATIONS) -> Json:
    """The `result` member, for the detections that make the finding.

    :param most: locations in all
    """
    ordered = sorted(counted, key=lambda one: list(CATEGORIES).index(one.identifier.category))
    located = shared_locations([one.detection for one in ordered], most)
    parts: dict[Category, list[Json]] = {}
    for one, locations in zip(ordered, located, strict=True):
        parts.setdefault(one.identifier.category, []).append(_detection(one) | {"occurrences": by_array(locations)})
    custom = parts.pop(Category.CUSTOM, [])
    totals = {category: sum(one.detection.count for one in ordered if one.identifier.category is category) for category in CATEGORIES}
    return {
        "status": macie_status(result.outcome),
        "mimeType": result.media_type,
        "sizeClassified": result.object.size or result.bytes_read,
        "additionalOccurrences": sum(totals.values()) > sum(map(len, located)),
        "sensitiveData": [
            {"category": CATEGORIES[category], "totalCount": totals[category], "detections": detections}
            for category, detections in parts.items()
        ],
        "customDataIdentifiers": {"totalCount": totals[Category.CUSTOM], "detections": custom},
    }


def _detection(one: Counted) -> Json:
    if one.identifier.category is Category.CUSTOM:
        # Genuine findings carry the bare id of the custom identifier as its `arn`.
        return {"arn": one.identifier.id, "name": one.identifier.name, "count": one.detection.count}
    return {"type": one.identifier.id, "count": one.detection.count}
