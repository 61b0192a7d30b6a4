"""Text from outside made safe to look at: nothing in it can move a cursor, change a colour or turn the line around."""

from typing import Final

import regex

# Controls, formatting characters (bidirectional overrides, zero-width and tag characters), surrogates, line and paragraph
# separators. The joiners U+200C and U+200D stay: Persian and Indic words and many emoji need them, and they hide nothing.
_UNSAFE: Final = regex.compile(r"[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]--[\u200c\u200d]]", regex.VERSION1)
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""`text` with every character that acts instead of showing written out: `\n`, `\x1b`, `\u202e`.

    A byte of a name that is not UTF-8, as `os.fsdecode` carries it, becomes `\xff` with its own value.
    """
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_written_out, text)


def _written_out(found: regex.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
