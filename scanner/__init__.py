"""Dowse: finds sensitive data in folders, archives and files.

    >>> import scanner
    >>> [found.identifier for found in scanner.detect("write to jane.roe@mail.example.net")]
    ['EMAIL_ADDRESS']

The public API is what `__all__` names; docs/python.md describes it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.api import TextOccurrence, detect, scan
    from scanner.config import ScanConfig
    from scanner.posture.parties import Trusted
    from scanner.posture.policy import evaluate_policy
    from scanner.posture.verdict import PolicyVerdict
    from scanner.version import VERSION as __version__

__all__ = ["PolicyVerdict", "ScanConfig", "TextOccurrence", "Trusted", "__version__", "detect", "evaluate_policy", "scan"]

_HOMES = {
    "PolicyVerdict": ("scanner.posture.verdict", "PolicyVerdict"),
    "ScanConfig": ("scanner.config", "ScanConfig"),
    "TextOccurrence": ("scanner.api", "TextOccurrence"),
    "Trusted": ("scanner.posture.parties", "Trusted"),
    "__version__": ("scanner.version", "VERSION"),
    "detect": ("scanner.api", "detect"),
    "evaluate_policy": ("scanner.posture.policy", "evaluate_policy"),
    "scan": ("scanner.api", "scan"),
}


def __getattr__(name: str) -> object:
    """The public names, imported when they are asked for: `dowse --help` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'scanner' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
