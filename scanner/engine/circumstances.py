"""What decides what a run finds in an object that does not change: an unchanged object is read again when any of it does."""

import hashlib
import hmac
from dataclasses import asdict
from importlib import metadata
from typing import Final

from scanner.config import ScanConfig
from scanner.engine.digest import run_id
from scanner.state.circumstances import Circumstances
from scanner.version import VERSION

# What takes formats apart, or decides where to look.
_READERS: Final = (
    "charset-normalizer",
    "hyperscan",
    "isal",
    "lxml",
    "numpy",
    "pdfminer.six",
    "phonenumbers",
    "pyarrow",
    "pypdfium2",
    "python-docx",
    "python-stdnum",
    "regex",
    "zstandard",
)


def circumstances_of(config: ScanConfig, ruleset_digest: str, key: bytes) -> Circumstances:
    """The circumstances of a run, 32 hexadecimal digits each.

    Time and memory limits are no part of them: what ran into one is read again anyway.

    :param ruleset_digest: of identifiers, what is allowed and the program's version
    :param key: of the fingerprints; with another one they say nothing of those that were kept
    """
    versions = {name: _version(name) for name in _READERS}
    reading = run_id(VERSION, versions, asdict(config.limits))
    key_name = hmac.new(key, b"dowse state", hashlib.sha256).hexdigest()
    judging = (int(config.min_confidence), config.max_occurrences, config.inline_allow)
    return Circumstances(run_id(reading, ruleset_digest, key_name, judging), reading)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
