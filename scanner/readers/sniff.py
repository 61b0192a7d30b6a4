"""What kind of text a head is: JSON, JSON Lines, XML, HTML, a table, or plain."""

import json
from typing import Final

import regex

from scanner.readers.delimiters import is_table
from scanner.readers.extensions import DELIMITED, HINTED, HTML_ENDINGS, MARKDOWN, PROSE_AND_CODE, ending, is_log
from scanner.readers.sql_syntax import LOOKS_LIKE_DUMP

JSON_LINE_SHARE: Final = 0.8
SNIFFED_LINES: Final = 200
PARSED_LINES: Final = 20
"""When so many are all JSON, the others are only looked at from outside."""
ALMOST_AT_END: Final = 16
"""Characters before a cut within which a parser may stumble over half a number or literal."""

HTML: Final = regex.compile(r"\s*(?:<!--.{0,1000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", regex.IGNORECASE | regex.DOTALL)
XML: Final = regex.compile(r"\s*<(?:\?xml\s|!DOCTYPE\s|[A-Za-z_][\w.-]*(?::[\w.-]+)?(?:\s+[\w:.-]+\s*=\s*[\"']|\s*/?>))")
_BLANK: Final = r"(?:(?:#[^\n]*)?\r?\n)*+"
PROPERTY_LINES: Final = (
    ("text/calendar", regex.compile(r"\s*BEGIN:VCALENDAR\s", regex.IGNORECASE)),
    ("text/vcard", regex.compile(r"\s*BEGIN:VCARD\s", regex.IGNORECASE)),
    ("text/x-ldif", regex.compile(rf"{_BLANK}(?:version: ?\d+\r?\n{_BLANK})?dn::? ?[\w+/=\"\\]")),
)
"""Lines of a name and a value, by how they begin."""
FLAT_ODF: Final = "application/vnd.oasis.opendocument.flat"
ODF_ROOT: Final = regex.compile(r"<office:document\s[^<>]*\burn:oasis:names:tc:opendocument:xmlns:office:1\.0\b")


def text_type(text: str, name: str, *, whole: bool) -> str:
    """The media type of an object whose head reads `text`.

    :param name: file name, whose extension settles what the content leaves open
    :param whole: the head is all there is
    """
    extension = ending(name)
    if kind := _json_type(text, extension, whole=whole):
        return kind
    if HTML.match(text):
        return "text/html"
    if extension in DELIMITED:
        return DELIMITED[extension]
    return _marked_type(text, extension) or HINTED.get(extension) or _table_type(text, name, whole=whole)


def _marked_type(text: str, extension: str) -> str:
    """The kind of a text that says by its first characters what it is."""
    if XML.match(text):
        if ODF_ROOT.search(text):
            return FLAT_ODF
        return "text/html" if extension in HTML_ENDINGS else "text/xml"
    return next((kind for kind, mark in PROPERTY_LINES if mark.match(text)), "")


def _table_type(text: str, name: str, *, whole: bool) -> str:
    if ending(name) in MARKDOWN:
        return "text/markdown"
    if ending(name) in PROSE_AND_CODE or is_log(name):
        return "text/plain"
    if LOOKS_LIKE_DUMP.search(text):
        return "application/sql"
    delimiter = is_table(text, whole=whole)
    if not delimiter:
        return "text/plain"
    return "text/tab-separated-values" if delimiter == "\t" else "text/csv"


def _json_type(text: str, extension: str, *, whole: bool) -> str:
    start = text.lstrip()
    if not start.startswith(("{", "[")):
        return ""
    if _has_json_lines(text, whole=whole):
        return "application/jsonl"
    if not _is_document(start, whole=whole):
        return ""
    if extension == ".ipynb":
        return "application/x-ipynb+json"
    one_line = "\n" not in start.strip()
    return "application/jsonl" if one_line and HINTED.get(extension) == "application/jsonl" else "application/json"


def _has_json_lines(text: str, *, whole: bool) -> bool:
    lines = text.split("\n", SNIFFED_LINES)
    complete = lines if whole and len(lines) <= SNIFFED_LINES else lines[:-1]
    filled = [line for line in complete if line.strip()]
    is_sure = len(filled) > PARSED_LINES and all(map(_is_record, filled[:PARSED_LINES]))
    records = sum(map(_looks_like_record if is_sure else _is_record, filled))
    return records >= 2 and records >= len(filled) * JSON_LINE_SHARE


def _looks_like_record(line: str) -> bool:
    line = line.strip()
    return (line.startswith("{") and line.endswith("}")) or (line.startswith("[") and line.endswith("]"))


def _is_record(line: str) -> bool:
    if not _looks_like_record(line):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _is_document(start: str, *, whole: bool) -> bool:
    """Whether `start` is a JSON document or several, or, when it is cut, the beginning of one."""
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(start)
    except json.JSONDecodeError as error:
        return not whole and (error.msg.startswith("Unterminated string") or error.pos >= len(start) - ALMOST_AT_END)
    except (RecursionError, ValueError):  # too deep for this parser, or a number of more than 4300 digits
        return True
    rest = start[end:].lstrip()
    return not rest or rest.startswith(("{", "["))
