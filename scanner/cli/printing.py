"""Writing to standard output whatever its encoding."""

import json
import sys


def print_text(text: str) -> None:
    """Writes a line; characters that the terminal's encoding lacks are written out as escapes."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def print_json(value: object) -> None:
    """Writes `value` as indented JSON in ASCII, so that nothing in it can act on a terminal."""
    sys.stdout.write(json.dumps(value, indent=2) + "\n")
