"""Remarks that the author of a text leaves in it for this program."""

from typing import Final

ALLOW: Final = "dowse:allow"
"""On a line of text: what stands there is fine."""
