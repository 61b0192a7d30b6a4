"""Whether a table has a header row: judged by how its first row differs from the rows below.

A wrong guess loses nothing: a header row is scanned as text as well, and a row that is none is scanned as data.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

import regex

Row = Sequence[str]

COMPARED_ROWS: Final = 20
COMPARED_COLUMNS: Final = 100
_DOMINANT: Final = 0.8

_KIND: Final = regex.compile(
    r"""(?x)
    (?P<number> [-+]? [$€£]? \s? \d{1,3} (?:[.,\s]\d{3})* (?:[.,]\d+)? \s? %? | [-+]? \d+ (?:[.,]\d+)? (?:[eE][-+]?\d+)? | [-+]? [.,] \d+ )
    | (?P<date> \d{1,4} [-/.] \d{1,2} [-/.] \d{1,4} (?:[T\ ] [\d:.,+Z\ -]*)? | \d{1,2} : \d{2} (?: : \d{2} )? (?:[.,]\d+)? )
    | (?P<address> [^\s@]+ @ [^\s@]+ \. [^\s@]+ | https?://\S+ | \d{1,3} (?:\.\d{1,3}){3} )
    | (?P<code> (?=\P{N}*\p{N}) [\p{N}\p{Lu}+()./\ :\#*-]{4,} | [0-9a-fA-F-]{16,} )
    | (?P<truth> (?i: true|false|yes|no|y|n|t|f|null|none|nan|n/?a ) )
    """
)
# A year or a count may well head a column, as in tables that have one column for each year.
_SHORT_NUMBER: Final = regex.compile(r"\d{1,4}")
_YEAR: Final = regex.compile(r"(?:19|20)\d\d")
_WORDS: Final = regex.compile(r"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+")
_HEADING_STYLE: Final = regex.compile(
    r"[\p{Ll}\p{Lo}\d]+(?:[_.-][\p{Ll}\p{Lo}\d]+)*|\p{Ll}+(?:\p{Lu}\p{Ll}*)+|[\p{Lu}\d]+(?:_[\p{Lu}\d]+)*"
)

# Words that head columns and hardly stand alone in cells, in the languages of most tables.
_HEADINGS: Final = frozenset(
    """
    id ids uid uuid guid key code number num no nr nbr name names firstname lastname fullname surname forename username user login
    email mail phone telephone tel mobile fax address addr street city town state province county country region zip zipcode postcode
    postal date time timestamp datetime year month day week created updated modified birth birthday dob age gender sex title type kind
    category class status flag description desc comment comments note notes text value values amount total sum price cost currency
    balance quantity qty count rank score rate ratio percent share average mean median min max size length width height weight lat lon
    latitude longitude ssn sin ein tin iban bic swift account acct card pan cvv passport license licence plate company organization
    department job role salary url link website host ip mac file path version source target start end from to row index order item
    product sku customer client patient employee member vendor supplier invoice payment transaction token secret password passwd hash
    vorname nachname strasse straße plz ort stadt land geburtsdatum geschlecht datum betrag menge preis kunde nummer bezeichnung telefon
    prenom prénom nom rue ville pays codepostal naissance montant prix quantite quantité numero numéro adresse telephone téléphone
    nombre apellido apellidos calle ciudad pais país fecha nacimiento telefono teléfono correo direccion dirección importe precio cantidad
    nome cognome via citta città paese data nascita indirizzo prezzo importo sobrenome rua cidade endereco endereço telefone
    naam voornaam achternaam straat woonplaats geboortedatum bedrag imie imię nazwisko ulica miasto kraj adres kod
    """.split()  # noqa: SIM905 - two hundred quoted words would be unreadable
)


def has_header(first: Row, rest: Sequence[Row]) -> bool:
    """Whether `first` heads the columns of which `rest` are the first rows."""
    cells = [cell.strip() for cell in first[:COMPARED_COLUMNS]]
    filled = [cell for cell in cells if cell]
    if not filled or sum(is_data(cell) for cell in filled) * 2 > len(filled):
        return False
    below = (
        [list(column) for column in zip_longest(*(row[:COMPARED_COLUMNS] for row in rest[:COMPARED_ROWS]), fillvalue="")] if rest else []
    )
    score = sum(_vote(cell, [value.strip() for value in column]) for cell, column in zip_longest(cells, below, fillvalue=""))
    score -= len(filled) - len(set(filled))
    return score > 0 or (score == 0 and not any(is_data(cell) for cell in filled))


def is_data(cell: str) -> bool:
    """Whether the cell reads like a value, not like a name."""
    return kind(cell) not in ("", "words") and not _SHORT_NUMBER.fullmatch(cell)


def _vote(cell: str, column: Sequence[str]) -> int:
    """What the column below says: above 0 that `cell` heads it, below 0 that it is one more value."""
    values = [value for value in column if value]
    if not cell or not values:
        return is_heading(cell)
    mine, common = kind(cell), _dominant([kind(value) for value in values])
    if mine != "words":
        heads_year = _YEAR.fullmatch(cell) and not all(_YEAR.fullmatch(value) for value in values)
        return -1 if common == mine and not heads_year else 0
    if common not in ("", "words"):
        return 2
    if cell in values:
        return -1
    return is_heading(cell) + _stands_out(cell, values)


def is_heading(cell: str) -> int:
    """1 if a word of the cell is one that heads columns."""
    return int(any(word.lower() in _HEADINGS for word in _WORDS.findall(cell)))


def _stands_out(cell: str, values: Sequence[str]) -> int:
    """1 when all values have one length but `cell` has not, or when only `cell` is written as identifiers are."""
    lengths = {len(value) for value in values}
    if len(values) > 2 and len(lengths) == 1 and len(cell) not in lengths:
        return 1
    styled = sum(_HEADING_STYLE.fullmatch(value) is not None for value in values)
    return int(_HEADING_STYLE.fullmatch(cell) is not None and styled * 10 < len(values))


def kind(cell: str) -> str:
    """What the cell reads like: `number`, `date`, `address`, `code`, `truth` or `words`; empty for an empty one."""
    if not cell:
        return ""
    match = _KIND.fullmatch(cell)
    return match.lastgroup or "words" if match else "words"


def _dominant(kinds: Sequence[str]) -> str:
    """The kind that most have, else nothing."""
    common = max(set(kinds), key=kinds.count)
    return common if kinds.count(common) >= len(kinds) * _DOMINANT else ""
