"""How a delimited table is written: which characters part, quote and escape its fields."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

import regex

from scanner.readers.encoding import UTF_8, Encoding
from scanner.readers.lines import line_ends
from scanner.readers.record_ends import RecordCut
from scanner.readers.windows import LONGEST_RECORD_BYTES

USUAL: Final = (",", "\t", ";", "|")
UNUSUAL: Final = ("\x01", "\x1f", "\x1e", "^", "~", ":")
SNIFFED_ROWS: Final = 200
_JUDGED_CELLS: Final = 1000
_UNMISTAKABLE_ROWS: Final = 5
# Cells that are one thing: a number (also with a decimal comma), a date, a name, a code, words.
_SIMPLE: Final = regex.compile(r"""[-+]?\d+(?:[.,]\d+)*%?|[\w .'"()/@:#&+-]*""")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The special characters of a table; empty where it has none.

    :param escape: takes the meaning from the character behind it
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""

    def rows(self, text: str) -> Iterator[list[str]]:
        """The fields of each record of `text`; lines without any character are no records."""
        csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_RECORD_BYTES))
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape or None,
        )
        return (row for row in reader if row)

    def cut(self, encoding: Encoding) -> RecordCut:
        """Cuts tables of this dialect in `encoding` behind records."""
        order = ">" if encoding.name.endswith("-be") else "<"
        codes = (ord(character) if character else -1 for character in (self.delimiter, self.quote, self.escape))
        return RecordCut(line_ends(encoding), f"{order}u{encoding.unit}", *codes)


def sniff(text: str) -> "Sniffed":
    """The dialect of the table that begins with `text`, whose last line is complete, and its first records."""
    usual = _best_delimiter(text)
    delimiter = usual.dialect.delimiter
    trials = [usual, *(_Trial.of(text, variant) for variant in _variants(text, delimiter))]
    best = max(trials, key=lambda trial: round(trial.share, 2))
    if '"' in text and regex.search(rf'(?:^|{regex.escape(delimiter)})"[^"\n]*$', text, regex.MULTILINE):
        unquoted = _Trial.of(text, Dialect(delimiter, quote=""))
        best = unquoted if best.swallows(unquoted, text) else best
    return Sniffed(best.dialect, best.rows)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What the beginning of a table shows.

    :param rows: its first records, at most `SNIFFED_ROWS`; fewer when it cannot be read further in this dialect
    """

    dialect: Dialect
    rows: list[list[str]]


def _best_delimiter(text: str) -> "_Trial":
    trials = [_Trial.of(text, Dialect(delimiter)) for delimiter in USUAL if delimiter in text]
    if all(trial.width < 2 for trial in trials):
        unusual = [_Trial.of(text, Dialect(delimiter)) for delimiter in UNUSUAL if delimiter in text]
        trials += [trial for trial in unusual if trial.is_unmistakable]
    best = max((trial.regularity for trial in trials), default=None)
    equals = [trial for trial in trials if trial.regularity == best]
    if len(equals) > 1:
        return max(equals, key=lambda trial: (trial.purity, trial.width))
    return equals[0] if equals else _Trial.of(text, Dialect())


def _variants(text: str, delimiter: str) -> Iterator[Dialect]:
    """Rarer ways to quote for which there are signs in `text`."""
    if '\\"' in text:
        yield Dialect(delimiter, escape="\\")
    mark = regex.escape(delimiter)
    if '"' not in text and regex.search(rf"(?:^|{mark})'[^'\n]*{mark}[^'\n]*'(?:{mark}|$)", text, regex.MULTILINE):
        yield Dialect(delimiter, quote="'")


@dataclass(frozen=True, slots=True)
class _Trial:
    """What a text looks like in a dialect.

    :param width: fields of most records
    :param share: of the records that have so many
    """

    dialect: Dialect
    rows: list[list[str]]
    width: int
    share: float

    @classmethod
    def of(cls, text: str, dialect: Dialect) -> "_Trial":
        rows = _first_rows(dialect, text)
        if not rows:
            return cls(dialect, rows, 0, 0.0)
        width, count = Counter(map(len, rows)).most_common(1)[0]
        return cls(dialect, rows, width, count / len(rows))

    @property
    def regularity(self) -> tuple[bool, float]:
        return self.width > 1, round(self.share, 1)

    @property
    def purity(self) -> float:
        """Share of the fields that are one thing, in steps of a tenth."""
        cells = list(islice(chain.from_iterable(self.rows), _JUDGED_CELLS))
        return round(sum(_SIMPLE.fullmatch(cell) is not None for cell in cells) / len(cells), 1)

    def swallows(self, unquoted: "_Trial", text: str) -> bool:
        """Whether a quote that is never closed takes in most of the table, which is regular when quotes mean nothing."""
        if unquoted.width < 2 or unquoted.share < self.share or len(unquoted.rows) < 2 * len(self.rows):
            return False
        data = bytearray(text.encode())
        return not self.dialect.cut(UTF_8).closes(data)

    @property
    def is_unmistakable(self) -> bool:
        return self.width > 2 and self.share == 1.0 and len(self.rows) >= _UNMISTAKABLE_ROWS


def _first_rows(dialect: Dialect, text: str) -> list[list[str]]:
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(dialect.rows(text), SNIFFED_ROWS))
    return rows
