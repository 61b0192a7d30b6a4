"""As much of SQL as dumps are made of: the heads of `COPY` and `INSERT`, rows of values, and the columns of `CREATE TABLE`."""

from collections.abc import Iterator
from typing import Final

import regex

_WORD: Final = r"""(?:[\w$]{1,128}+|"[^"\n]{1,128}+"|`[^`\n]{1,128}+`|\[[^\]\n]{1,128}+\])"""
_NAME: Final = rf"(?:{_WORD}\s?\.\s?){{0,3}}+{_WORD}"
_QUOTED: Final = r"""'(?:[^'\\]++|''|\\.)*+'|"(?:[^"\\]++|""|\\.)*+\""""
_INSIDE: Final = rf"(?:[^()'\"]++|{_QUOTED}|\((?:[^()'\"]++|{_QUOTED}|\([^()]*+\))*+\))*+"

HEAD: Final = regex.compile(
    rf"""(?imsx) ^ [ \t]*+ (?:
        COPY \s+ (?P<copied> {_NAME} ) \s* \( (?P<of_copied> [^()]*+ ) \) \s+ FROM \s+ stdin (?! [^\n;]* csv ) [^\n;]*+ ; [ \t]*+ \r? \n
      | (?: INSERT | REPLACE ) (?: \s+ (?: IGNORE | LOW_PRIORITY | DELAYED ) )?+ \s+ INTO \s+ (?P<filled> {_NAME} ) \s*+
        (?: \( (?P<of_filled> [^()]*+ ) \) )?+ \s*+ VALUES (?= \s*+ \( )
      | CREATE \s+ (?: \w+ \s+ )?? TABLE \s+ (?: IF \s+ NOT \s+ EXISTS \s+ )?+ (?P<made> {_NAME} ) \s*+ \(
    )"""  # noqa: S608 - no query
)
"""What comes before rows, or tells the columns of a table."""

ROW: Final = regex.compile(rf"\s*+\((?P<values>{_INSIDE})\)\s*+(?P<behind>[,;]?)", regex.DOTALL)
"""A row of `INSERT`, and whether another follows."""

LOOKS_LIKE_DUMP: Final = regex.compile(
    r"""(?imx) ^ (?:
        COPY\ [^\n(]{1,300} \( [^\n()]* \)\ FROM\ stdin;
      | INSERT\ INTO\ [^\n(]{1,300} (?: \( [^\n()]* \) )? \s* VALUES \s* \(
      | CREATE\ TABLE\ [^\n(]{1,300} \(
    )"""
)
"""Whether the beginning of a text has such a statement."""

_VALUE: Final = regex.compile(
    rf"""(?sx) \s*+ (?:
        (?: _\w+ \s* | [NEBX] )?+ (?P<quoted> {_QUOTED} ) [^,]*+
      | (?P<plain> (?: [^,'"()]++ | \((?:[^()'\"]++|{_QUOTED})*+\) )*+ )
    ) (?: , | \Z )"""
)
_ESCAPE: Final = regex.compile(r"\\(.)|''|\"\"", regex.DOTALL)
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "Z": "\x1a"}
_NO_COLUMN: Final = frozenset(
    "primary key unique constraint index foreign check fulltext spatial exclude period like partition".split()  # noqa: SIM905 - words
)
_BODY: Final = regex.compile(rf"{_INSIDE}\)", regex.DOTALL)
# A longer one is no definition that anybody wrote.
_LONGEST_BODY: Final = 256 * 1024
_FIRST_WORD: Final = regex.compile(r"""\s*[`"\[]?([\w$]+)""")
_DEFINITION: Final = regex.compile(rf"(?:[^,()'\"]++|{_QUOTED}|\({_INSIDE}\))++", regex.DOTALL)


def plain_name(name: str) -> str:
    """A name without quotes and without what it belongs to: `people` for `"public"."people"`."""
    return name.rpartition(".")[2].strip().strip('`"[]')


def listed(columns: str) -> tuple[str, ...]:
    """The names in a list of columns."""
    return tuple(map(plain_name, columns.split(","))) if columns.strip() else ()


def defined(text: str, start: int) -> tuple[str, ...] | None:
    """The names of the columns that `CREATE TABLE` defines behind its bracket, which ends at `start`; None if it does not close."""
    body = _BODY.match(text, start, start + _LONGEST_BODY)
    if body is None:
        return None
    words = (_FIRST_WORD.match(one[0]) for one in _DEFINITION.finditer(body[0][:-1]))
    return tuple(word[1] for word in words if word and word[1].lower() not in _NO_COLUMN)


def inserted(values: str) -> Iterator[str | None]:
    """The values of a row of `INSERT`; None for NULL."""
    place = 0
    while place <= len(values):
        found = _VALUE.match(values, place)
        if found is None:
            yield values[place:]
            return
        quoted, plain = found["quoted"], (found["plain"] or "").strip()
        yield unescaped(quoted[1:-1]) if quoted is not None else None if plain.upper() == "NULL" else plain
        if found.end() == len(values) and not found[0].endswith(","):
            return
        place = found.end()


def copied(line: str) -> Iterator[str | None]:
    r"""The values of a row of `COPY`; None for `\N`."""
    for value in line.split("\t"):
        yield None if value == r"\N" else unescaped(value) if "\\" in value else value


def unescaped(text: str) -> str:
    """What stands between the quotes, as it was before it was quoted."""
    return _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]) if found[1] else found[0][0], text) if _is_escaped(text) else text


def _is_escaped(text: str) -> bool:
    return "\\" in text or "''" in text or '""' in text
