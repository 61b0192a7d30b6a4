"""The pieces of a text that may be parts of an address, told by what they look like."""

from collections.abc import Iterator
from dataclasses import dataclass

from scanner.names import address_shapes as shapes


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text that may be part of an address.

    :param kind: what it looks like: street, box, town, code, unit, place, country
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two separators; `hard` when nothing goes on across the one before it.

    :param line: it is the first on its line
    """

    start: int
    end: int
    hard: bool
    line: bool


@dataclass(slots=True)
class Step:
    """A piece that is a part.

    :param left: more may come before it
    :param right: more may come behind it
    :param line: it is the first on its line
    """

    part: Part
    left: bool
    right: bool
    line: bool


def pieces_of(text: str) -> Iterator[Piece]:
    """The pieces of `text`, by place."""
    begin, hard, line = 0, True, True
    for cut in shapes.CUT.finditer(text):
        yield from _piece(text, begin, cut.start(), hard=hard, line=line)
        sign = cut[0].strip(" ")[:1] or " "
        between = not text[begin : cut.start()].strip()
        # A blank line, and a second separator after another, end everything; a comma at the end of a line does not.
        hard = (sign not in {",", "\n", "-", "–", "—"}) or (between and sign == "\n" and line and not hard) or (between and hard)
        line = sign == "\n" or (between and line)
        begin = cut.end()
    yield from _piece(text, begin, len(text), hard=hard, line=line)


def _piece(text: str, start: int, end: int, *, hard: bool, line: bool) -> Iterator[Piece]:
    while start < end and text[start] in " >*\r":
        start += 1
    while end > start and text[end - 1] in " \r":
        end -= 1
    if start < end:
        yield Piece(start, end, hard, line)


def step_of(text: str, piece: Piece, *, leads: bool = False) -> Step | None:
    """What the piece is a part of an address as; if it `leads`, only how it ends counts."""
    value = text[piece.start : piece.end]
    numbered = shapes.NUMBERED.search(value) is not None
    tried = shapes.WHOLE if numbered else shapes.UNNUMBERED
    for end in (piece.end, piece.end - 1) if value.endswith(".") else (piece.end,):
        for shape, kind in tried:
            if shape.fullmatch(text, piece.start, end) and not (kind == "place" and numbered and shapes.STREETS.search(value)):
                start = _without_label(text, piece.start, end) if kind == "street" else piece.start
                return Step(Part(start, end, kind), left=start == piece.start, right=True, line=piece.line)
    if numbered and not leads and not piece.hard and shapes.GOES_ON.match(value) and not shapes.STREETS.match(value):
        return _begun(piece, value)
    found = _inside(text, piece, value) or _flat(piece, value) or _maybe(piece, value) if numbered else None
    return found or (not leads and _begun(piece, value)) or _head(piece, value) or any_of(text, piece)


def _inside(text: str, piece: Piece, value: str) -> Step | None:
    """A piece that holds a street or a box among other words."""
    for shape, kind in shapes.CORE if shapes.HOUSE_NUMBER.search(value) else shapes.CORE[1:]:
        found = shape.search(value)
        if found:
            rest = value[found.end() :].strip(" .")
            more = not rest or bool(shapes.TOWNS.fullmatch(rest) or shapes.UNITS.fullmatch(rest))
            end = piece.end if more and rest else piece.start + found.end()
            start = _without_label(text, piece.start + found.start(), end)
            return Step(Part(start, end, kind), left=start == piece.start, right=more, line=piece.line)
    return None


def _flat(piece: Piece, value: str) -> Step | None:
    """A piece that ends with a flat by its number, behind other words: `Ann Hill of Flat 7`."""
    found = shapes.FLAT_AT_END.search(value)
    if found is None or shapes.NUMBERED.search(value, 0, found.start()):
        return None
    return Step(Part(piece.start + found.start(), piece.end, "unit"), left=False, right=True, line=piece.line)


def _maybe(piece: Piece, value: str) -> Step | None:
    """A piece that ends with capitalised words and a number: a street if a town follows."""
    found = shapes.MAYBE.fullmatch(value)
    if found is None and shapes.ENDS_AS_MAYBE.search(value) and not shapes.TOWNS.match(value):
        found = shapes.MAYBE_AT_END.search(value)
    town = not piece.hard and not shapes.TWO_NUMBERS.search(value) and shapes.TOWNS.match(value)
    if found is None or town or shapes.TOWNS.fullmatch(value) or shapes.CODE_LAST.match(value):
        return None
    start = _without_label(value, found.start(), len(value))
    kind = "unit" if shapes.UNITS.fullmatch(value, start) else "maybe"
    return Step(Part(piece.start + start, piece.end, kind), left=start == 0, right=True, line=piece.line)


def any_of(text: str, piece: Piece) -> Step | None:
    """A short piece that may stand between a street and its town."""
    short = shapes.ANYTHING.fullmatch(text, piece.start, piece.end)
    return Step(Part(piece.start, piece.end, "any"), left=True, right=True, line=piece.line) if short else None


def _without_label(text: str, start: int, end: int) -> int:
    """Where the street begins behind words such as `Anschrift`, which look like a part of its name."""
    while (found := shapes.LABEL.match(text, start, end)) is not None:
        start = found.end()
    return start


def _begun(piece: Piece, value: str) -> Step | None:
    """A piece that begins with the last part of an address, and goes on with other words."""
    if piece.hard:
        return None
    for shape, kind in ((shapes.TOWNS, "town"), (shapes.COUNTRIES, "country"), (shapes.CODES, "code"), (shapes.UNITS, "unit")):
        found = shape.match(value)
        if found and (kind not in {"unit", "code"} or (kind == "unit" and value[0].isdigit()) or shapes.UK_CODE.match(value)):
            return Step(Part(piece.start, piece.start + found.end(), kind), left=True, right=False, line=piece.line)
    found = shapes.BARE_CODE.match(value)
    if found and value[found.end() : found.end() + 1] == " ":
        return Step(Part(piece.start, piece.start + found.end(), "digits"), left=True, right=False, line=piece.line)
    found = shapes.PLACES.match(value)
    if found and value[found.end() : found.end() + 1] in {" ", "."}:
        return Step(Part(piece.start, piece.start + found.end(), "begun"), left=True, right=False, line=piece.line)
    return None


def _head(piece: Piece, value: str) -> Step | None:
    """A piece that ends with the first part of an address: a house, a flat, a street without number."""
    found = shapes.WAY_AT_END.search(value) if shapes.ENDS_AS_WAY.search(value) else None
    if found:
        return Step(Part(piece.start + found.start(), piece.end, "way"), left=False, right=True, line=piece.line)
    found = shapes.HEADS.search(value)
    if found:
        kind = "place" if value[found.start()].isupper() and not shapes.UNITS.fullmatch(found[0]) else "unit"
        return Step(Part(piece.start + found.start(), piece.end, kind), left=False, right=True, line=piece.line)
    found = shapes.NUMBER_AT_END.search(value)
    if found:
        return Step(Part(piece.start + found.start(), piece.end, "number"), left=False, right=True, line=piece.line)
    return None
