"""Results of a scan that say who can have each object, and are worse where somebody outside can."""

from dataclasses import replace

from scanner.model.exposure import ObjectExposure
from scanner.model.result import Detection, ObjectResult


def exposed(result: ObjectResult, exposure: ObjectExposure | None) -> ObjectResult:
    """The result with its exposure; every detection is so many steps worse, and each occurrence says why."""
    if exposure is None or not result.detections:
        return result
    if not exposure.steps:
        return replace(result, exposure=exposure)
    return replace(result, exposure=exposure, detections=tuple(_raised(one, exposure) for one in result.detections))


def _raised(detection: Detection, exposure: ObjectExposure) -> Detection:
    told = f"reach:{exposure.to.value}"
    occurrences = tuple(replace(one, evidence=(*one.evidence, told)) for one in detection.occurrences)
    return replace(detection, raised=exposure.steps, occurrences=occurrences)
