"""Where occurrences are, in Macie's members and within its limit of 15 locations a finding."""

from collections.abc import Sequence
from itertools import islice
from typing import Final, assert_never

from scanner.model.location import CellLocation, LineLocation, Location, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.occurrence import Occurrence
from scanner.model.result import Detection
from scanner.reports.json_path import cut_path

Json = dict[str, object]

MAX_LOCATIONS: Final = 15
"""Locations in one finding, over all its types (Finding API, `Occurrences`)."""


def shared_locations(detections: Sequence[Detection], most: int = MAX_LOCATIONS) -> list[list[tuple[str, Json]]]:
    """For each detection its first locations, each with the name of Macie's array for it.

    They are shared evenly, one by one in turn; what a detection has no use for goes to the others.

    :param most: over all detections
    """
    all_located = [_first_located(detection, most) for detection in detections]
    shares = _shares([len(located) for located in all_located], most)
    return [located[:share] for located, share in zip(all_located, shares, strict=True)]


def by_array(located: Sequence[tuple[str, Json]]) -> dict[str, list[Json]]:
    """Macie's `occurrences`: its arrays, those without an element left out."""
    arrays: dict[str, list[Json]] = {}
    for array, element in located:
        arrays.setdefault(array, []).append(element)
    return arrays


def _shares(available: Sequence[int], left: int) -> list[int]:
    shares = [0] * len(available)
    while left and (hungry := [index for index, most in enumerate(available) if shares[index] < most]):
        for index in hungry[:left]:
            shares[index] += 1
        left -= min(left, len(hungry))
    return shares


def _first_located(detection: Detection, most: int) -> list[tuple[str, Json]]:
    return list(islice(filter(None, map(_located, detection.occurrences)), most))


def _located(occurrence: Occurrence) -> tuple[str, Json] | None:
    # Macie gives no location inside archives.
    return None if occurrence.member else _element(occurrence.location)


def _element(location: Location) -> tuple[str, Json] | None:
    match location:
        case CellLocation():
            named = {"columnName": location.column_name, "cellReference": location.reference}
            return "cells", {"row": location.row, "column": location.column} | {name: text for name, text in named.items() if text}
        case LineLocation():
            return "lineRanges", {"start": location.start, "end": location.end, "startColumn": location.start_column}
        case PageLocation():
            return "pages", {"pageNumber": location.page}
        case RecordLocation():
            path: Json = {"jsonPath": cut_path(location.json_path)} if location.json_path else {}
            return "records", {"recordIndex": location.record_index} | path
        case ParagraphLocation():
            # Macie gives no location in Word documents.
            return None
        case _:
            assert_never(location)
