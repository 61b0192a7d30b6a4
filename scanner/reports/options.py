"""What sinks need to know besides the records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from identifiers.model import Identifier
from scanner.reports.catalogue_settings import CatalogueSettings


@dataclass(frozen=True, slots=True)
class SinkOptions:
    """How records are written.

    :param identifiers: id -> identifier, for at least every id that a detection may name
    :param all_outcomes: JSON Lines: an outcome record for every object, not only for those that were not plainly scanned
    :param reveal: JSON Lines: write the values themselves where detection kept them; every other format shows masks only
    :param max_rows: findings listed one by one in the HTML report, the most severe first
    :param posture: records of `dowse posture` on the buckets that are scanned, for the HTML report
    :param catalogues: sensitivity levels, and what data catalogues are told besides
    :param max_evidence: of those, the ones of which the report shows where the values are
    """

    identifiers: Mapping[str, Identifier]
    all_outcomes: bool = False
    reveal: bool = False
    max_rows: int = 100_000
    max_evidence: int = 5_000
    posture: Sequence[Mapping[str, Any]] = ()
    catalogues: CatalogueSettings = field(default_factory=CatalogueSettings)
