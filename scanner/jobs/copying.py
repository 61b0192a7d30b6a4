"""The text of a job under another name."""

import os
from dataclasses import replace
from typing import Final

import regex

from scanner.errors import ConfigError
from scanner.jobs.entries import JobEntry
from scanner.jobs.loader import parse_job

_NAME: Final = regex.compile(r"^[ \t]*(?:name|\"name\"|'name')[ \t]*=.*$", regex.MULTILINE)


def renamed(entry: JobEntry, name: str) -> str:
    """The text of the job's file with `name` in place of its own, and nothing else changed.

    :raises ConfigError: if that does not come out right, or the name cannot be used
    """
    escaped = "".join(f"\\u{ord(one):04X}" if one in '"\\' or not one.isprintable() else one for one in name)
    text = _NAME.sub(lambda _found: f'name = "{escaped}"', entry.text, count=1)
    if parse_job(text, f"copy of {entry.job.name}", entry.folder) != replace(entry.job, name=name):
        raise ConfigError(f"job {entry.job.name!r}: its file cannot be copied line by line; save it with `dowse jobs show` and edit it")
    return text


def with_folder(entry: JobEntry, text: str) -> str:
    """`text` with a remark on what relative paths in it count from, for a file that may lie elsewhere."""
    relative = entry.job != parse_job(entry.text, entry.job.name, os.path.join(entry.folder, "elsewhere"))
    remark = f"# Relative paths count from {entry.folder}\n".encode("ascii", "backslashreplace").decode()
    return remark + text if relative else text
