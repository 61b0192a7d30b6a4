"""Rules for mailing addresses: a text is cut at commas and line ends, and pieces that look like parts of an address are put together.

What makes an address is a street with a house number, a post office box, or a postal code with its town and something before it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

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
class _Piece:
    """Text between two separators; `hard` when nothing goes on across the one before it.

    :param line: it is the first on its line
    """

    start: int
    end: int
    hard: bool
    line: bool


@dataclass(slots=True)
class _Step:
    """A piece that is a part; whether more may come on either side."""

    part: Part
    left: bool
    right: bool
    line: bool


def find_addresses(text: str, is_city: Callable[[str], bool] = lambda _word: False) -> list[tuple[int, int]]:
    """Where addresses stand in `text`, by place.

    >>> text = "She lives at 12 High Street, Leeds LS1 4AB, and writes."
    >>> [text[start:end] for start, end in find_addresses(text)]
    ['12 High Street, Leeds LS1 4AB']
    """
    spans = [span for chain in _chains(text) if (span := _address(chain, text, is_city)) is not None]
    return [(start, end) for start, end in spans if not shapes.NO_WORDS.search(text, start, end)]


def _pieces(text: str) -> Iterator[_Piece]:
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


def _piece(text: str, start: int, end: int, *, hard: bool, line: bool) -> Iterator[_Piece]:
    while start < end and text[start] in " >*\r":
        start += 1
    while end > start and text[end - 1] in " \r":
        end -= 1
    if start < end:
        yield _Piece(start, end, hard, line)


def _step(text: str, piece: _Piece) -> _Step | None:
    value = text[piece.start : piece.end]
    numbered = shapes.NUMBERED.search(value) is not None
    tried = shapes.WHOLE if numbered else shapes.UNNUMBERED
    for end in (piece.end, piece.end - 1) if value.endswith(".") else (piece.end,):
        for shape, kind in tried:
            if shape.fullmatch(text, piece.start, end) and not (kind == "place" and numbered and shapes.STREETS.search(value)):
                start = _without_label(text, piece.start, end) if kind == "street" else piece.start
                return _Step(Part(start, end, kind), left=start == piece.start, right=True, line=piece.line)
    found = _inside(text, piece, value) or _maybe(piece, value) if numbered else None
    return found or _begun(piece, value) or _head(piece, value) or _any(piece, value)


def _inside(text: str, piece: _Piece, value: str) -> _Step | None:
    """A piece that holds a street or a box among other words."""
    for shape, kind in shapes.CORE if shapes.HOUSE_NUMBER.search(value) else shapes.CORE[1:]:
        found = shape.search(value)
        if found:
            rest = value[found.end() :].strip(" .")
            more = not rest or bool(shapes.TOWNS.fullmatch(rest) or shapes.UNITS.fullmatch(rest))
            end = piece.end if more and rest else piece.start + found.end()
            start = _without_label(text, piece.start + found.start(), end)
            return _Step(Part(start, end, kind), left=start == piece.start, right=more, line=piece.line)
    return None


def _maybe(piece: _Piece, value: str) -> _Step | None:
    """A piece that ends with capitalised words and a number: a street if a town follows."""
    found = shapes.MAYBE.fullmatch(value)
    if found is None and shapes.ENDS_AS_MAYBE.search(value) and not shapes.TOWNS.match(value):
        found = shapes.MAYBE_AT_END.search(value)
    town = not piece.hard and not shapes.TWO_NUMBERS.search(value) and shapes.TOWNS.match(value)
    if found is None or town or shapes.TOWNS.fullmatch(value):
        return None
    kind = "unit" if shapes.UNITS.fullmatch(value, found.start()) else "maybe"
    return _Step(Part(piece.start + found.start(), piece.end, kind), left=found.start() == 0, right=True, line=piece.line)


def _any(piece: _Piece, value: str) -> _Step | None:
    """A short piece that may stand between a street and its town."""
    return _Step(Part(piece.start, piece.end, "any"), left=True, right=True, line=piece.line) if shapes.ANYTHING.fullmatch(value) else None


def _without_label(text: str, start: int, end: int) -> int:
    """Where the street begins behind words such as `Anschrift`, which look like a part of its name."""
    while (found := shapes.LABEL.match(text, start, end)) is not None:
        start = found.end()
    return start


def _begun(piece: _Piece, value: str) -> _Step | None:
    """A piece that begins with the last part of an address, and goes on with other words."""
    if piece.hard:
        return None
    for shape, kind in ((shapes.TOWNS, "town"), (shapes.COUNTRIES, "country"), (shapes.CODES, "code"), (shapes.UNITS, "unit")):
        found = shape.match(value)
        if found and (kind not in {"unit", "code"} or (kind == "unit" and value[0].isdigit()) or shapes.UK_CODE.match(value)):
            return _Step(Part(piece.start, piece.start + found.end(), kind), left=True, right=False, line=piece.line)
    found = shapes.BARE_CODE.match(value)
    if found and value[found.end() : found.end() + 1] == " ":
        return _Step(Part(piece.start, piece.start + found.end(), "digits"), left=True, right=False, line=piece.line)
    found = shapes.PLACES.match(value)
    if found and value[found.end() : found.end() + 1] in {" ", "."}:
        return _Step(Part(piece.start, piece.start + found.end(), "begun"), left=True, right=False, line=piece.line)
    return None


def _head(piece: _Piece, value: str) -> _Step | None:
    """A piece that ends with the first part of an address: a house, a flat, a street without number."""
    found = shapes.WAY_AT_END.search(value) if shapes.ENDS_AS_WAY.search(value) else None
    if found:
        return _Step(Part(piece.start + found.start(), piece.end, "way"), left=False, right=True, line=piece.line)
    found = shapes.HEADS.search(value)
    if found:
        kind = "place" if value[found.start()].isupper() and not shapes.UNITS.fullmatch(found[0]) else "unit"
        return _Step(Part(piece.start + found.start(), piece.end, kind), left=False, right=True, line=piece.line)
    found = shapes.NUMBER_AT_END.search(value)
    if found:
        return _Step(Part(piece.start + found.start(), piece.end, "number"), left=False, right=True, line=piece.line)
    return None


def _chains(text: str) -> Iterator[list[_Step]]:
    """Runs of parts with nothing else between them, of those that hold a number: without one nothing is an address."""
    pieces = list(_pieces(text))
    behind = 0
    for place, piece in enumerate(pieces):
        if place >= behind and shapes.NUMBERED.search(text, piece.start, piece.end) and (step := _step(text, piece)):
            before = _before(text, pieces[behind:place], piece, step)
            after = _after(text, pieces[place:], step)
            yield from _ended([*before, step, *after], text)
            behind = place + 1 + len(after)


def _before(text: str, pieces: Sequence[_Piece], piece: _Piece, step: _Step) -> list[_Step]:
    """The parts that lead to `step`, which stands in `piece`, by place."""
    found: list[_Step] = []
    for earlier in reversed(pieces):
        led = _step(text, earlier) if step.left and not piece.hard else None
        if led is None or not led.right:
            break
        found.append(led)
        piece, step = earlier, led
    return found[::-1]


def _after(text: str, pieces: Sequence[_Piece], step: _Step) -> list[_Step]:
    """The parts that go on from `step`, which stands in the first of `pieces`, by place."""
    found: list[_Step] = []
    for later in pieces[1:]:
        led = _step(text, later) if step.right and not later.hard else None
        if led is None or not led.left:
            break
        found.append(led)
        step = led
    return found


def _ended(chain: list[_Step], text: str) -> Iterator[list[_Step]]:
    """The chain, with streets and their numbers made one, cut before each second street whose address is whole already."""
    part: list[_Step] = []
    for step in _joined(chain, text):
        kinds = {one.part.kind for one in part}
        if step.part.kind in {"street", "box"} and kinds & {"street", "box"} and kinds & {"town", "code"}:
            yield part
            part = []
        part.append(step)
    if part:
        yield part


def _joined(chain: list[_Step], text: str) -> list[_Step]:
    """`chain` with `7, impasse du Moulin` and `Plaza de España, 3` as one step each."""
    steps: list[_Step] = []
    for step in chain:
        if step.part.kind == "town" and shapes.CODE_BEHIND.fullmatch(text, step.part.start, step.part.end):
            steps = [_as_street(one, text) for one in steps]
        last = steps[-1] if steps else None
        if (
            step.part.kind == "street"
            and steps
            and steps[-1].part.kind in {"street", "unit", "box"}
            and shapes.TOWNS.fullmatch(text, step.part.start, step.part.end)
        ):
            step = _Step(replace(step.part, kind="town"), step.left, step.right, step.line)  # noqa: PLW2901 - `23669 Timmendorfer Strand`
        pair = (last.part.kind if last else "", step.part.kind)
        if last is not None and pair in {("number", "way"), ("way", "number")} and not (step.line and pair[0] == "number"):
            steps[-1] = _Step(Part(last.part.start, step.part.end, "street"), last.left, step.right, last.line)
        else:
            steps.append(step)
    return steps


def _as_street(step: _Step, text: str) -> _Step:
    """`57986 Amanda Pine`, which looks like a code and its town, before the real town."""
    if step.part.kind != "town" or not text[step.part.start].isdigit():
        return step
    return _Step(replace(step.part, kind="maybe"), step.left, step.right, step.line)


def _address(chain: list[_Step], text: str, is_city: Callable[[str], bool]) -> tuple[int, int] | None:
    kinds = [step.part.kind for step in chain]
    streets = [place for place, kind in enumerate(kinds) if kind in {"street", "box"}]
    towns = [place for place, kind in enumerate(kinds) if kind in {"town", "code"}]
    if not streets and not towns:
        return None
    if not streets and not any(_is_strong(text, chain[place].part, is_city) for place in towns):
        return None
    before = [place for place, kind in enumerate(kinds) if kind in {"maybe", "way"} and place < towns[-1]] if towns else []
    anchor = (streets or before or towns)[0]
    if (
        not streets
        and not before
        and chain[anchor].line
        and anchor
        and kinds[anchor - 1] in {"any", "place"}
        and not chain[anchor - 1].line
    ):
        return None
    if streets and anchor and kinds[anchor - 1] == "town" and not chain[anchor].line:
        # `55118 Mainz, Boppstraße 44`
        return chain[anchor - 1].part.start, chain[anchor].part.end
    first = _first(chain, text, anchor)
    last = _last(chain, text, anchor, is_city)
    if not streets and first == towns[-1]:
        return None
    return chain[first].part.start, chain[last].part.end


def _is_strong(text: str, part: Part, is_city: Callable[[str], bool]) -> bool:
    """Whether the town's code is of a kind that hardly stands for anything else, or the town is known."""
    value = text[part.start : part.end]
    if shapes.STRONG_TOWN.match(value):
        return True
    town = shapes.TOWN_NAME.search(value)
    return town is not None and is_city(town[0])


def _first(chain: list[_Step], text: str, anchor: int) -> int:
    """The part that the address begins with."""
    first, sure = anchor, chain[anchor].part.kind in {"street", "box", "maybe"}
    for place in range(anchor - 1, -1, -1):
        step = chain[place]
        value = text[step.part.start : step.part.end]
        unit = step.part.kind in {"unit", "number", "way"}
        # What stands on a line above without a word for a house is somebody's name.
        above = any(later.line for later in chain[place + 1 : first + 1])
        house = step.part.kind in {"place", "unit"} and bool(shapes.HOUSE_WORD.search(value) or value.startswith("The "))
        named = step.part.kind == "place" and not sure and not above
        if not unit and not house and not named:
            break
        first, sure = place, sure or (unit and step.part.kind == "unit")
    return first


def _last(chain: list[_Step], text: str, anchor: int, is_place: Callable[[str], bool]) -> int:
    """The part that the address ends with: the last code, country or unit; a place only before one, or if it is a known town."""
    last = anchor
    over, bare = chain[anchor].part.kind in {"town", "code"}, False
    for place in range(anchor + 1, len(chain)):
        part, step = chain[place].part, chain[place]
        code = _is_bare_code(chain, text, place)
        ends = part.kind == "town" or code
        if (ends and not over) or part.kind == "country":
            last, over, bare = place, over or ends, code
        elif over:
            following = chain[place + 1].part.kind if place + 1 < len(chain) else ""
            beside = part.kind in {"place", "begun"} and not step.line and place == last + 1
            if beside and (bare or is_place(text[part.start : part.end])):
                last, bare = place, False
            elif not (part.kind == "place" and following == "country"):
                break
        elif part.kind in {"unit", "number", "box"} or (
            part.kind in {"place", "begun"} and not step.line and is_place(text[part.start : part.end])
        ):
            last = place
        elif part.kind == "any" and place - last > 1:
            break
    return last


def _is_bare_code(chain: list[_Step], text: str, place: int) -> bool:
    """Whether it is a postal code by itself: `1012 AB`, or five digits beside the name of a town."""
    part = chain[place].part
    if part.kind not in {"number", "digits"}:
        return part.kind == "code"
    beside = [chain[other].part.kind for other in (place - 1, place + 1) if 0 <= other < len(chain)]
    return bool(shapes.BARE_CODE.fullmatch(text, part.start, part.end)) and bool({"place", "begun"} & set(beside))
