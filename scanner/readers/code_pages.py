"""Code pages by the numbers that Microsoft's formats have for them."""

import codecs
from typing import Final

USUAL: Final = "cp1252"
_OTHERWISE: Final = {
    0: USUAL,
    708: "iso8859_6",
    936: "gbk",
    1200: "utf-16-le",
    10000: "mac_roman",
    65001: "utf-8",
    0x8000: "mac_roman",
    0x8001: USUAL,
}
"""Those that Python calls otherwise than `cp` and their number."""


def code_page(number: int, instead: str = USUAL) -> str:
    """What Python calls a code page; `instead` where it does not know it.

    >>> code_page(1251), code_page(65001), code_page(99999)
    ('cp1251', 'utf-8', 'cp1252')
    """
    name = _OTHERWISE.get(number) or f"cp{number}"
    try:
        codecs.lookup(name)
    except LookupError:
        return instead
    return name
