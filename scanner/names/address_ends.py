"""Where an address begins and ends among the parts that stand around its street."""

from collections.abc import Callable
from typing import Final

from scanner.names import address_shapes as shapes
from scanner.names.address_parts import Part, Step

# Pieces between a flat and its street: the house, and where it stands.
_MOST_BETWEEN: Final = 2


def first_of(chain: list[Step], text: str, anchor: int, is_person: Callable[[str], bool]) -> int:
    """The part that the address begins with."""
    begins = chain[anchor].part
    sure = begins.kind in {"street", "box", "maybe"} or (begins.kind == "way" and _is_sure_way(text, begins))
    first = anchor
    for place in range(anchor - 1, -1, -1):
        step = chain[place]
        value = text[step.part.start : step.part.end]
        # What stands on a line above without a word for a house is somebody's name.
        above = any(later.line for later in chain[place + 1 : first + 1])
        unit = step.part.kind in {"unit", "number"} or (step.part.kind == "way" and not shapes.INITIAL.match(value))
        house = step.part.kind in {"place", "unit"} and bool(shapes.HOUSE_WORD.search(value)) and not shapes.NO_HOUSE.search(value)
        named = step.part.kind == "place" and not sure and not above
        if step.part.kind == "place" and not house and (is_person(value) or shapes.INITIAL.match(value) or shapes.WORKPLACE.search(value)):
            break
        if not unit and not house and not named:
            break
        first, sure = place, sure or house or step.part.kind == "unit" or (step.part.kind == "way" and _is_sure_way(text, step.part))
    return _door(chain, text, first)


def _is_sure_way(text: str, way: Part) -> bool:
    return text[way.end - 1].isdigit() or shapes.WAY_WORD_FIRST.match(text, way.start, way.end) is not None


def _door(chain: list[Step], text: str, first: int) -> int:
    """The flat or room not far before `first`, with only a house between; else `first`."""
    for place in range(first - 1, max(-1, first - 2 - _MOST_BETWEEN), -1):
        part = chain[place].part
        if part.kind in {"unit", "any"} and shapes.DOOR.fullmatch(text, part.start, part.end):
            return _door(chain, text, place)
        if part.kind not in {"place", "any", "unit", "way"}:
            break
    return first


def last_of(chain: list[Step], text: str, anchor: int, is_place: Callable[[str], bool]) -> int:
    """The part that the address ends with: the last code, country or unit; a place only before one, or if it is a known town."""
    last = anchor
    over, bare = chain[anchor].part.kind in {"town", "code"}, False
    for place in range(anchor + 1, len(chain)):
        part, step = chain[place].part, chain[place]
        code = _is_bare_code(chain, text, place)
        ends = part.kind == "town" or code
        if (ends and not over) or part.kind == "country":
            last, over, bare = place, over or ends, code
        elif over and part.kind == "code" and chain[place - 1].part.kind in {"town", "code"} and shapes.UK_CODE.match(text, part.start):
            last, bare = place, True
        elif over:
            following = chain[place + 1].part.kind if place + 1 < len(chain) else ""
            beside = part.kind in {"place", "begun"} and place == last + 1 and (not step.line or _is_own_line(text, part))
            if beside and ((bare and not step.line) or is_place(text[part.start : part.end])):
                last, bare = place, False
            elif not (part.kind == "place" and following == "country"):
                break
        elif (part.kind in {"unit", "number", "box"} and not shapes.WITH.match(text, part.start)) or (
            part.kind in {"place", "begun"}
            and (not step.line or (chain[last].part.kind in {"box", "street"} and _is_own_line(text, part)))
            and is_place(text[part.start : part.end])
        ):
            last = place
        elif part.kind == "any" and place - last > 1:
            break
    return last


def _is_own_line(text: str, part: Part) -> bool:
    """Whether nothing stands behind it on its line: `Madrid, 3 de mayo` begins a letter."""
    return not text[part.end : part.end + 1].strip(" \r\n") and text[part.end : part.end + 2].strip(" ")[:1] in {"", "\n", "\r"}


def _is_bare_code(chain: list[Step], text: str, place: int) -> bool:
    """Whether it is a postal code by itself: `1012 AB`, or five digits beside the name of a town."""
    part = chain[place].part
    if part.kind not in {"number", "digits"}:
        return part.kind == "code"
    beside = [chain[other].part.kind for other in (place - 1, place + 1) if 0 <= other < len(chain)]
    return bool(shapes.BARE_CODE.fullmatch(text, part.start, part.end)) and bool({"place", "begun"} & set(beside))
