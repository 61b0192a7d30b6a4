"""Tables in which the left cell of each row names what stands to the right of it: forms, properties, settings."""

from collections.abc import Sequence
from typing import Final

import regex

from scanner.readers.header import is_data, is_heading, kind

_LONGEST_LABEL: Final = 60
_MANY_KINDS: Final = 3
_LETTER: Final = regex.compile(r"\p{L}")

# What heads the two columns of such a table, in the languages of most tables.
LABEL_HEADINGS: Final = frozenset(
    """
    field fields fieldname key keys name label attribute property parameter param setting variable question item element description
    feld eigenschaft merkmal bezeichnung schlüssel champ clé libellé propriété campo clave propiedad atributo chave etiqueta chiave
    etichetta veld sleutel pole klucz nazwa
    """.split()  # noqa: SIM905 - as many quoted words would be unreadable
)
"""What heads labels, folded."""
VALUE_HEADINGS: Final = frozenset("value values wert werte answer content data valeur réponse valor valores valore waarde wartość".split())  # noqa: SIM905
"""What heads the values beside them, folded."""


def label_headings(rows: Sequence[Sequence[str]]) -> int | None:
    """How many rows stand above the labels, 0 or 1; None where the left cells are no labels.

    :param rows: all rows of the table
    """
    if any(not row for row in rows):
        return None
    above = int(_heads_labels(rows[0]))
    labels = [row[0].strip() for row in rows[above:]]
    if not labels or len(set(map(str.casefold, labels))) < len(labels) or not all(map(is_label, labels)):
        return None
    if above or all(map(is_heading, rows[0])):
        return above or None
    return 0 if _mostly_headings(labels) or _of_many_kinds(rows) else None


def _mostly_headings(labels: Sequence[str]) -> bool:
    known = sum(map(is_heading, labels))
    return known > 1 and known * 2 >= len(labels)


def _of_many_kinds(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the right cells are as different as those of one column hardly are."""
    return len({kind(row[1].strip()) for row in rows if len(row) > 1 and row[1].strip()}) >= _MANY_KINDS


def _heads_labels(row: Sequence[str]) -> bool:
    words = [cell.strip().casefold().replace("_", " ").removesuffix(" name") for cell in row]
    return len(words) == 2 and words[0] in LABEL_HEADINGS and words[1] in VALUE_HEADINGS


def is_label(cell: str) -> bool:
    """Whether `cell` can name a value: short, with letters, and not what stands in tables as data."""
    return 0 < len(cell) <= _LONGEST_LABEL and not is_data(cell) and _LETTER.search(cell) is not None
