"""Ordinary source code and documentation of this machine, in which next to nothing is sensitive: what is found there is counted.

The figures depend on what is installed. Not all of it is wrong: authors' e-mail addresses are real ones, so a reader must look.
"""

import os
import sysconfig
from collections import Counter
from dataclasses import dataclass

import scanner
from scanner.config import ScanConfig, WorkerConfig


@dataclass(frozen=True, slots=True)
class TreeResult:
    """What was found below one folder at default confidence.

    :param unread: objects that were not, or not wholly, scanned
    """

    path: str
    bytes_read: int
    unread: int
    found: dict[str, int]


def measure_trees() -> list[TreeResult]:
    """Big packages of the standard library, and the system's licences and locale files where there are any."""
    stdlib = sysconfig.get_path("stdlib")
    packages = ("asyncio", "email", "encodings", "http", "json", "unittest", "test")
    paths = (*(os.path.join(stdlib, name) for name in packages), "/usr/share/common-licenses", "/usr/share/i18n/locales", "/usr/share/perl")
    return [_measure(path) for path in paths if os.path.isdir(path)]


def _measure(path: str) -> TreeResult:
    found: Counter[str] = Counter()
    size = unread = 0
    for result in scanner.scan(path, config=ScanConfig((), workers=WorkerConfig(processes=0))):
        size += result.bytes_read
        unread += result.outcome.status.name != "SCANNED"
        found.update({detection.identifier: detection.count for detection in result.detections})
    return TreeResult(path, size, unread, dict(found))
