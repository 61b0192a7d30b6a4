"""The public Python API: `scanner.detect` for a text at hand, `scanner.scan` for everything below some targets."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from identifiers.model import Identifier
from identifiers.selection import select
from scanner.config import ScanConfig
from scanner.detection.masking import mask
from scanner.detection.settings import DetectionSettings
from scanner.model.occurrence import Confidence
from scanner.model.result import ObjectResult
from scanner.version import VERSION

if TYPE_CHECKING:
    from scanner.detection.detector import Detector


@dataclass(frozen=True, slots=True)
class TextOccurrence:
    """Something found in a text.

    :param identifier: id of the identifier
    :param start: first character, from 0
    :param end: the character after the last
    :param evidence: what speaks for and against it, as short stable phrases (docs/evidence.md)
    :param mask: the value with all but a few characters replaced
    """

    identifier: str
    start: int
    end: int
    confidence: Confidence
    evidence: tuple[str, ...]
    mask: str


def detect(
    text: str,
    names: Sequence[str] = (),
    identifiers: Sequence[str | Identifier] = ("recommended",),
    *,
    min_confidence: Confidence = Confidence.MEDIUM,
) -> tuple[TextOccurrence, ...]:
    """What is found in `text`, by place.

    >>> [(o.identifier, text[o.start : o.end]) for text in ["SSN: 219-22-9999"] for o in detect(text)]
    [('USA_SOCIAL_SECURITY_NUMBER', '219-22-9999')]
    >>> detect("219-22-9999", names=["employee_ssn"])[0].evidence
    ('pattern', 'check:us_ssn', 'name:ssn')

    :param names: what stands over the text, from the outermost in: a column's header, the elements of a JSON path
    :param identifiers: words of `--select` (ids, `recommended`, `macie`, `all`, `category:NAME`, `country:CC`), or identifiers
        from `load_custom`
    :raises IdentifierError: if a word names nothing
    :raises ConfigError: if the key of this installation cannot be used, which seals the compiled rulesets that are kept from run to run
    """
    detector = _detector(tuple(identifiers), min_confidence)
    found = (
        TextOccurrence(
            placed.match.rule.identifier.id,
            placed.match.start,
            placed.match.end,
            placed.match.confidence,
            placed.match.evidence,
            mask(placed.value, placed.match.rule.identifier.category),
        )
        for placed in detector.find_spans(text, tuple(names))
    )
    return tuple(sorted(found, key=lambda occurrence: (occurrence.start, occurrence.end, occurrence.identifier)))


def scan(*targets: str, config: ScanConfig | None = None) -> Iterator[ObjectResult]:
    r"""One result for each object below `targets`, in their order: what became of it and what was detected in it.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "staff.csv").write_text("name,ssn\\nAnn,219-22-9999\\n")
    ...     [(result.object.ref.key, detection.identifier, detection.count) for result in scan(folder) for detection in result.detections]
    [('staff.csv', 'USA_SOCIAL_SECURITY_NUMBER', 1)]

    Content is read in worker processes, which may die without harm; `config.workers.processes = 0` reads it in this one.

    :param targets: folders and files
    :param config: everything else that can be set; its own targets are read too
    :raises ConfigError: if a target does not exist or something is wrong with the settings
    :raises IdentifierError: if an identifier file cannot be used or a selection names nothing
    """
    from scanner.engine.scan import Scan

    base = config or ScanConfig(())
    with closing(Scan(replace(base, targets=(*base.targets, *targets)))) as run:
        for result in run:
            yield result
            # Who asks for the next one has done with this one.
            run.written(result)
            run.committed()


@lru_cache(maxsize=16)
def _detector(identifiers: tuple[str | Identifier, ...], min_confidence: Confidence) -> "Detector":
    from scanner.engine.catalogue import cached_catalogue
    from scanner.engine.compiled import CompiledCache
    from scanner.engine.digest import ruleset_digest
    from scanner.engine.key import load_key
    from scanner.engine.ready_detector import ready_detector

    key, _warning = load_key(os.environ)
    cache = CompiledCache(os.environ, key)
    own = tuple(item for item in identifiers if isinstance(item, Identifier))
    words = [item for item in identifiers if isinstance(item, str)] or ["none"]
    chosen = select((*cached_catalogue(cache), *own), words, ())
    settings = DetectionSettings(key=key, min_confidence=min_confidence)
    return ready_detector(chosen, settings, cache, ruleset_digest(chosen, VERSION))
