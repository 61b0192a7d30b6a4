"""Puts the samples into docs/outputs/*.md, between the lines that mark their places."""

import os
from collections.abc import Iterator

import regex

from docs.output_samples import sample

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "outputs")
_PLACE = regex.compile(r"(?P<head><!-- sample: (?P<name>[a-z-]+) -->\n).*?(?P<tail><!-- end of sample -->)", regex.DOTALL)


def output_pages() -> Iterator[tuple[str, str]]:
    """Path below docs/ and text of each page, with its samples as the program writes them now."""
    for name in sorted(os.listdir(_FOLDER)):
        with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
            yield f"outputs/{name}", _PLACE.sub(_block, file.read())


def _block(found: regex.Match[str]) -> str:
    language, text = sample(found["name"])
    # A sample that holds a fence needs a longer one around it.
    fence = "````" if "```" in text else "```"
    return f"{found['head']}{fence}{language}\n{text}\n{fence}\n{found['tail']}"
