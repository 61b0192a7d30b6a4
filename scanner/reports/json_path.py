"""JSON paths cut to the lengths that Macie keeps (Finding API, `Record.jsonPath`)."""

from typing import Final

import regex

_ELEMENT: Final = regex.compile(r"""\[\d+\] | \['(?P<quoted>(?:[^'\\]|\\.)*)'\] | \.(?P<bare>[^.\[]+)""", regex.VERBOSE | regex.DOTALL)
_LONGEST_NAME: Final = 240
_LONGEST_PATH: Final = 250


def cut_path(path: str) -> str:
    """`path` with names of at most 240 characters, cut at their front, and at most 250 in all, without its first elements.

    `$.a.b` that lost its `a` reads `$..b`.
    """
    if len(path) <= _LONGEST_NAME:
        return path
    elements = [_cut_name(found) for found in _ELEMENT.finditer(path)]
    whole = "$" + "".join(elements)
    while len(whole) > _LONGEST_PATH and len(elements) > 1:
        del elements[0]
        whole = "$.." + "".join(elements).removeprefix(".")
    return whole


def _cut_name(element: regex.Match[str]) -> str:
    name = element["quoted"] or element["bare"] or ""
    if len(name) <= _LONGEST_NAME:
        return element[0]
    lost, kept = name[: 3 - _LONGEST_NAME], name[3 - _LONGEST_NAME :]
    # An escape (`\'`) is not cut in two.
    half = (len(lost) - len(lost.rstrip("\\"))) % 2
    return element[0].replace(name, "..." + kept[half:])
