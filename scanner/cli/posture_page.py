"""The report of `dowse posture` as a page."""

import os
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from scanner.posture.changes import Changes
    from scanner.posture.judged import PostureReport


def write_page(report: "PostureReport", changes: "Changes | None", out: BinaryIO) -> None:
    """Writes the page to `out`.

    :param changes: since an earlier run, if one was given
    """
    from scanner.engine.clock import start_clock
    from scanner.posture.changes import change_record
    from scanner.reports.html.posture_page import write_posture_page

    summary = report.summary | ({"changes": change_record(changes)} if changes else {})
    roles = None if report.roles is None else [one.record for one in report.roles]
    write_posture_page(out, [one.record for one in report.buckets], roles, summary, start_clock(os.environ).started)
