"""Rules for mailing addresses: a text is cut at commas and line ends, and pieces that look like parts of an address are put together.

What makes an address is a street with a house number, a post office box, or a postal code with its town and something before it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scanner.names import address_shapes as shapes
from scanner.names.address_doubts import is_doubtful
from scanner.names.address_ends import first_of, last_of
from scanner.names.address_forms import find_formed
from scanner.names.address_parts import Part, Piece, Step, any_of, pieces_of, step_of

# Flats, blocks and ways that an address without a street has.
_LEAST_UNITS: Final = 2
# Characters before an address in which a label for a house may stand.
_LODGED: Final = 40


@dataclass(frozen=True, slots=True)
class Known:
    """What the lists say of words.

    :param place: whether they are a town, a region or a country
    :param person: whether they are the name of somebody
    :param ordinary: whether one of them is a usual word
    """

    place: Callable[[str], bool]
    person: Callable[[str], bool]
    ordinary: Callable[[str], bool]


def find_addresses(
    text: str,
    is_city: Callable[[str], bool] = lambda _words: False,
    is_person: Callable[[str], bool] = lambda _words: False,
    is_ordinary: Callable[[str], bool] = lambda _words: True,
) -> list[tuple[int, int]]:
    """Where addresses stand in `text`, by place.

    :param is_city: whether words are the name of a town, a region or a country
    :param is_person: whether they are that of somebody, as far as lists tell
    :param is_ordinary: whether one of them is a usual word

    >>> text = "She lives at 12 High Street, Leeds LS1 4AB, and writes."
    >>> [text[start:end] for start, end in find_addresses(text)]
    ['12 High Street, Leeds LS1 4AB']
    """

    def is_place(words: str) -> bool:
        return shapes.REGIONS.fullmatch(words) is not None or is_city(words) or is_city(shapes.SUFFIX.sub("", words))

    def is_somebody(words: str) -> bool:
        return is_person(words) and not is_place(words)

    spans = [span for chain in _chains(text) for span in _addresses(chain, text, Known(is_place, is_somebody, is_ordinary))]
    found = [
        (_without_owner(text, start, end), _with_point(text, start, end))
        for start, end in spans
        if not _is_none(text, start, end, is_place)
    ]
    more = [one for one in find_formed(text) if not any(one[0] < end and start < one[1] for start, end in found)]
    return sorted([*found, *more]) if more else found


def _is_none(text: str, start: int, end: int, is_place: Callable[[str], bool]) -> bool:
    """Whether it has what no address has, or stands in a bank's list before an amount."""
    listed = shapes.AMOUNT.match(text, end) is not None and not shapes.STRONG_TOWN.match(text, start, end)
    if shapes.LONG_WORD.search(text, start, end) is None or shapes.WEAK_STREET.fullmatch(text, start, end) is not None:
        return True
    return (
        listed
        or is_doubtful(text, start, end, is_place)
        or shapes.NO_WORDS.search(text, start, end) is not None
        or shapes.ONLY_KILOMETRE.fullmatch(text, start, end) is not None
    )


def _without_owner(text: str, start: int, end: int) -> int:
    found = shapes.OWNER.match(text, start, end)
    if found:
        return found.end()
    lodging = next((match for match in shapes.LODGING.finditer(text, max(0, start - _LODGED), end) if match.start("house") == start), None)
    return lodging.end() if lodging else start


def _with_point(text: str, start: int, end: int) -> int:
    """What is the end: without a quote or the full stop of the sentence behind a number, with that of a region, as in `Guanajuato, Gto.`"""
    if text[end - 1] in "'’" or (text[end - 1] == "." and text[end - 2].isdigit()):
        return end - 1
    return end + 1 if text[end : end + 1] == "." and shapes.ABBREVIATED.fullmatch(text, start, end) else end


def _chains(text: str) -> Iterator[list[Step]]:
    """Runs of parts with nothing else between them, of those that hold a number: without one nothing is an address."""
    pieces = list(pieces_of(text))
    behind = place = 0
    while place < len(pieces):
        piece = pieces[place]
        step = step_of(text, piece) if shapes.NUMBERED.search(text, piece.start, piece.end) else None
        if step is None:
            place += 1
            continue
        before = _before(text, pieces[behind:place], piece, step)
        after = _after(text, pieces[place:], step)
        yield from _ended([*before, step, *after], text)
        place += len(after)
        rest = _rest(text, pieces[place], (after or [step])[-1])
        if rest is None:
            place += 1
        else:
            pieces[place] = rest
        behind = place


def _rest(text: str, piece: Piece, last: Step) -> Piece | None:
    """What stands in `piece` behind a town, where the sentence goes on and another address could follow."""
    if last.right or last.part.kind not in {"town", "code"}:
        return None
    end = last.part.end
    return Piece(end, piece.end, hard=True, line=False) if shapes.NUMBERED.search(text, end, piece.end) else None


def _before(text: str, pieces: Sequence[Piece], piece: Piece, step: Step) -> list[Step]:
    """The parts that lead to `step`, which stands in `piece`, by place."""
    found: list[Step] = []
    for earlier in reversed(pieces):
        led = step_of(text, earlier, leads=True) if step.left and not piece.hard else None
        if led is None or not led.right:
            break
        found.append(led)
        piece, step = earlier, led
    return found[::-1]


def _after(text: str, pieces: Sequence[Piece], step: Step) -> list[Step]:
    """The parts that go on from `step`, which stands in the first of `pieces`, by place."""
    found: list[Step] = []
    for place, later in enumerate(pieces[1:], 1):
        led = step_of(text, later) if step.right and not later.hard else None
        if led is not None and not led.left and led.part.kind in {"place", "unit", "number"} and _is_before_town(text, pieces[place + 1 :]):
            # `letra C` between a street and its town, of which only the end looks like a part.
            led = any_of(text, later)
        if led is None or not led.left:
            break
        found.append(led)
        step = led
    return found


def _is_before_town(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether the first of `pieces` goes on with a town and its code."""
    if not pieces or pieces[0].hard:
        return False
    led = step_of(text, pieces[0])
    return led is not None and led.left and led.part.kind in {"town", "code"}


def _ended(chain: list[Step], text: str) -> Iterator[list[Step]]:
    """The chain, with streets and their numbers made one, cut before each second street whose address is whole already."""
    part: list[Step] = []
    for step in _joined(chain, text):
        kinds = {one.part.kind for one in part}
        apart = bool(part) and step.line and part[-1].line and part[-1].part.kind in {"place", "any"}
        if step.part.kind in {"street", "box"} and kinds & {"street", "box"} and (kinds & {"town", "code"} or apart):
            yield part
            part = []
        part.append(step)
    if part:
        yield part


def _joined(chain: list[Step], text: str) -> list[Step]:
    """`chain` with `7, impasse du Moulin` and `Plaza de España, 3` as one step each."""
    steps: list[Step] = []
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
            step = Step(replace(step.part, kind="town"), step.left, step.right, step.line)  # noqa: PLW2901 - `23669 Timmendorfer Strand`
        if last is not None and step.part.kind == "town":
            steps = _with_street(_with_house(steps, step.part, text), step.part, text)
        if last is not None and _is_code_of_state(last.part, step.part, text):
            step = Step(replace(step.part, kind="code"), step.left, step.right, step.line)  # noqa: PLW2901 - `RS, 99700-000`
        pair = (last.part.kind if last else "", step.part.kind)
        bare = pair == ("place", "number") and shapes.NO_NUMBER.fullmatch(text, step.part.start, step.part.end) and not step.line
        if last is not None and (bare or pair in {("number", "way"), ("way", "number")}) and not (step.line and pair[0] == "number"):
            steps[-1] = Step(Part(last.part.start, step.part.end, "street"), last.left, step.right, last.line)
        else:
            steps.append(step)
    return steps


def _with_house(steps: list[Step], town: Part, text: str) -> list[Step]:
    """`steps` with `Vara de Rey, 44` as a street, before `town` with a code of five digits."""
    if not shapes.LONG_CODE.match(text, town.start) or any(step.part.kind in {"street", "box", "maybe", "way"} for step in steps):
        return steps
    for place in range(len(steps) - 1):
        one, number = steps[place], steps[place + 1]
        plain = number.part.kind == "number" and not number.line and shapes.PLAIN_NUMBER.fullmatch(text, number.part.start, number.part.end)
        if one.part.kind in {"place", "unit"} and plain:
            whole = Step(Part(one.part.start, number.part.end, "street"), one.left, number.right, one.line)
            return [*steps[:place], whole, *steps[place + 2 :]]
    return steps


def _with_street(steps: list[Step], town: Part, text: str) -> list[Step]:
    """`steps` with the last one that is no flat as a street if it is one before `town`: `Am Anger 9, Hinterhaus`."""
    place = len(steps) - 1
    while (
        place > 0
        and steps[place].part.kind == "unit"
        and not shapes.ENDS_WITH_NUMBER.search(text, steps[place].part.start, steps[place].part.end)
    ):
        place -= 1
    one = steps[place]
    if not _is_street_by_town(one.part, town, text):
        return steps
    return [*steps[:place], Step(replace(one.part, kind="maybe"), one.left, one.right, one.line), *steps[place + 1 :]]


def _is_code_of_state(state: Part, code: Part, text: str) -> bool:
    """Whether it is a postal code of Brazil behind its state."""
    found = shapes.CODE_LAST.fullmatch(text, code.start, code.end)
    return found is not None and shapes.STATE.fullmatch(text, state.start, state.end) is not None


def _is_street_by_town(part: Part, town: Part, text: str) -> bool:
    """Whether `Am Anger 9`, which could be a place, is a street, since a town with its code follows."""
    if part.kind not in {"place", "town"} or text[part.start].isdigit() or not shapes.CODE_FIRST.match(text, town.start):
        return False
    return shapes.ENDS_WITH_NUMBER.search(text, part.start, part.end) is not None and text[part.end - 1].isdigit()


def _as_street(step: Step, text: str) -> Step:
    """`57986 Amanda Pine`, which looks like a code and its town, before the real town."""
    if step.part.kind != "town" or not text[step.part.start].isdigit():
        return step
    return Step(replace(step.part, kind="maybe"), step.left, step.right, step.line)


def _addresses(chain: list[Step], text: str, known: Known) -> Iterator[tuple[int, int]]:
    """All in one chain, by place: that of who writes and that of who is written to often stand together."""
    whole = _address(chain, text, known)
    if whole is None:
        return
    first, last = whole
    yield from _addresses(chain[:first], text, known)
    yield chain[first].part.start, chain[last].part.end
    yield from _addresses(chain[last + 1 :], text, known)


def _address(chain: list[Step], text: str, known: Known) -> tuple[int, int] | None:
    """The first and the last part of an address in the chain."""
    kinds = [step.part.kind for step in chain]
    streets = [place for place, kind in enumerate(kinds) if kind in {"street", "box"}]
    towns = [place for place, kind in enumerate(kinds) if kind in {"town", "code"}]
    if not streets and not towns:
        return _of_units(chain, text, known)
    before = [place for place, kind in enumerate(kinds) if kind in {"maybe", "way"} and place < towns[-1]] if towns else []
    # A street that leads to a town on the next line begins its own.
    led = kinds.count("unit") >= _LEAST_UNITS or any(chain[place].line or not chain[towns[-1]].line for place in before)
    if not streets and not any(_is_strong(text, chain[place].part, known, led=led) for place in towns):
        return None
    anchor = streets[0] if streets else _nearest(chain, before) if before else towns[0]
    if (
        not streets
        and not before
        and chain[anchor].line
        and anchor
        and kinds[anchor - 1] in {"any", "place"}
        and not chain[anchor - 1].line
    ):
        return None
    first = first_of(chain, text, anchor, known.person)
    last = last_of(chain, text, anchor, known.place)
    if streets and anchor and not chain[anchor].line and "town" not in kinds[anchor:]:
        # `55118 Mainz, Boppstraße 44`; `Jesi, Corso Matteotti 31`, if no town follows.
        town = chain[anchor - 1].part
        if _is_town_first(town, text) or (last == anchor and town.kind == "place" and known.place(text[town.start : town.end])):
            return anchor - 1, anchor
    if not streets and first == towns[-1]:
        return None
    return first, last


def _of_units(chain: list[Step], text: str, known: Known) -> tuple[int, int] | None:
    """The first and the last part of an address without a street: two flats, blocks or ways with a number, and a town with its country."""
    kinds = [step.part.kind for step in chain]
    inner = [place for place, kind in enumerate(kinds) if kind in {"unit", "way", "number", "maybe"}]
    units = [place for place in inner if kinds[place] == "unit"]
    if len(inner) < _LEAST_UNITS or not any(
        shapes.NUMBERED.search(text, chain[place].part.start, chain[place].part.end) for place in inner
    ):
        return None
    first = first_of(chain, text, inner[0], known.person)
    last = last_of(chain, text, inner[-1], known.place)
    ends = chain[last].part
    value = text[ends.start : ends.end]
    district = shapes.DISTRICT.fullmatch(value) is not None and known.place(value)
    whole = (
        ends.kind == "country"
        or district
        or (len(units) >= _LEAST_UNITS and known.place(value))
        or (ends.kind == "place" and shapes.SUFFIX.search(value) is not None)
    )
    return (first, last) if whole and last > inner[-1] else None


def _nearest(chain: list[Step], streets: Sequence[int]) -> int:
    """Of what may be streets the one before the town, with those that stand before it on its line."""
    nearest = streets[-1]
    for place in reversed(streets[:-1]):
        if any(step.line for step in chain[place + 1 : nearest + 1]):
            break
        nearest = place
    return nearest


def _is_town_first(part: Part, text: str) -> bool:
    """Whether it is a town with its code before it, as in `55118 Mainz, Boppstraße 44`."""
    return part.kind == "town" or (part.kind == "maybe" and shapes.TOWN_FIRST.fullmatch(text, part.start, part.end) is not None)


def _is_strong(text: str, part: Part, known: Known, *, led: bool) -> bool:
    """Whether the town's code is of a kind that hardly stands for anything else, or the town is known.

    :param led: something like a street stands before it, so that a town is one if its name is no word
    """
    value = text[part.start : part.end]
    if shapes.STRONG_TOWN.match(value):
        return True
    short = shapes.SHORT_CODE.fullmatch(value)
    if led and short is not None and not known.ordinary(short["town"]):
        return True
    town = shapes.TOWN_NAME.search(shapes.SUFFIX.sub("", value))
    return town is not None and known.place(town[0])
