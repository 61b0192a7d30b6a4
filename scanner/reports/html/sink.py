"""Gathers a run, in bounded memory, and writes the report when it is over."""

from dataclasses import replace
from typing import BinaryIO, Final

from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.html.aggregates import Aggregates
from scanner.reports.html.life import Ended, News
from scanner.reports.html.listing import Listing
from scanner.reports.html.page import Gathered, write_page
from scanner.reports.inventory import Inventory
from scanner.reports.options import SinkOptions
from scanner.reports.overview import Overview
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import count_in

_SAMPLES: Final = 5
_FIRST: Final = 10


class HtmlSink:
    """Gathers while the run goes on and writes the file when it is over."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._run: Run | None = None
        self._overview = Overview(options.identifiers, max_rows=_FIRST, samples=0)
        self._aggregates = Aggregates()
        self._inventory = Inventory()
        self._ended = Ended()
        self._news = News()
        self._posture = {str(record.get("bucketName")): record for record in options.posture}
        self._listing = Listing(most=options.max_rows, most_shown=options.max_evidence, samples=_SAMPLES)

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Counts the object in."""
        self._overview.add(result)
        self._ended.add(result)
        counted = count_in(result.detections, self._options.identifiers)
        if counted:
            self._aggregates.add(result, counted)
            self._inventory.add(result, counted)
            self._listing.add(result, counted)
            self._news.add(result, counted)

    def write_policy(self, finding: BucketFinding) -> None:
        """Takes in the bucket that the finding is on; what is told last of a bucket holds."""
        record = finding.settings
        if record.get("record") == "bucket":
            self._posture[str(record.get("bucketName"))] = record

    def finish(self, summary: Summary) -> None:
        """Writes the file."""
        assert self._run is not None, "finish comes after begin"
        found = (self._overview, self._aggregates, self._inventory, self._listing, self._ended, self._news)
        reported_only = len(self._posture) > len(self._options.posture)
        gathered = Gathered(self._run, summary, *found, _SAMPLES, reported_only=reported_only)
        write_page(self._out, gathered, replace(self._options, posture=[*self._posture.values()]))
