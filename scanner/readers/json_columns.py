"""From parsed JSON values to columns: all values of one path at once, so that most of the work is done by C code."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar, cast

from scanner.model.segment import ColumnSegment
from scanner.readers.json_labels import is_value_name, labels_of
from scanner.readers.json_paths import DEEPEST, PathNode, PathTree
from scanner.readers.json_tables import Heads, heads_beside, heads_within, is_rows_name
from scanner.readers.locators import RecordLocator

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Places = npt.NDArray[np.int64]
    Steps = tuple[npt.NDArray[np.int64] | npt.NDArray[np.object_], ...]


class Members:
    """The members of an object in which a name stands more than once; to iterate over like a dict."""

    def __init__(self, pairs: Sequence[tuple[str, object]]) -> None:
        self._pairs = pairs

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def values(self) -> list[object]:
        """The values, in order."""
        return [value for _, value in self._pairs]


JsonObject = dict[str, object] | Members
_T = TypeVar("_T")
_OBJECTS: Final[AbstractSet[type]] = frozenset({dict, Members})
_ARRAYS: Final[AbstractSet[type]] = frozenset({list})
_STRINGS: Final[AbstractSet[type]] = frozenset({str})


@dataclass(frozen=True, slots=True)
class Frame:
    """A container that is open where a window of a document begins.

    :param kind: `{` or `[`
    :param name: of the member that goes on in the window
    :param index: of the first element in the window
    :param before: the members that ended before the window, as far as they may tell of the others
    :param row: of an array, as much as there is before the window of its first element, if that is an array
    :param heads: what that says of the columns of the others, once it has ended; None before
    """

    kind: str
    name: str = ""
    index: int = 0
    before: "dict[str, object] | None" = None
    row: "Sequence[object]" = ()
    heads: Heads | None = None

    def after(self, elements: "Sequence[object]", *, is_open: bool) -> "Frame":
        """The same array behind a window.

        :param elements: what the window has of it
        :param is_open: the last of them goes on
        """
        row, heads = self.row, self.heads
        if heads is None and isinstance(elements[0], list):
            row = [*row, *elements[0]]
        if heads is None and (len(elements) > 1 or not is_open):
            row, heads = (), heads_within(row)
        return Frame(self.kind, index=self.index + len(elements) - is_open, row=row, heads=heads)


@dataclass(frozen=True, slots=True)
class _Layer:
    """The values that lie at one path, in document order.

    :param records: the record of each
    :param steps: array indices and names of maps on the way to each
    :param depth: the first value is the container that was open at this depth when the window began; -1 if none is
    :param label: what names the values besides their path
    :param heads: the values are arrays of rows, of which these head the columns
    """

    node: PathNode
    values: Sequence[object]
    records: "Places"
    steps: "Steps"
    depth: int = -1
    label: str = ""
    heads: Heads = ()

    def select(self, wanted: AbstractSet[type], kinds: AbstractSet[type]) -> "_Layer":
        """Only the values of the `wanted` types; `kinds` are the types of all."""
        if kinds <= wanted:
            return self
        places = [place for place, value in enumerate(self.values) if type(value) in wanted]
        return self.at(places, self.label, self.heads)

    def at(self, places: Sequence[int], label: str = "", heads: Heads = ()) -> "_Layer":
        """Only the values at `places`, which `label` names, or `heads` their columns."""
        values = [self.values[place] for place in places]
        steps = tuple(step[places] for step in self.steps)
        return _Layer(self.node, values, self.records[places], steps, -1 if places[0] else self.depth, label, heads)

    def below(self, node: PathNode, values: Sequence[object], rows: "Places", step: "Steps", depth: int) -> "_Layer":
        """`values` at `node` under this layer's values at `rows`.

        :param step: the last step to each, where it has one of its own
        """
        steps = tuple(own[rows] for own in self.steps)
        return _Layer(node, values, self.records[rows], steps if node is self.node else (*steps, *step), depth)


class JsonColumns:
    """Turns values into columns.

    :param tree: the paths of the object
    :param frames: containers that are open where the first value begins, from the outermost in
    """

    def __init__(self, tree: PathTree, frames: Sequence[Frame] = ()) -> None:
        self.members = 0
        self._tree = tree
        self._frames = frames

    def of(self, values: Sequence[object], records: "Places") -> Iterator[ColumnSegment]:
        """The columns of `values`, each of which lies in the record beside it; `members` counts the members of all objects."""
        layers = [_Layer(self._tree.root, values, records, (), 0 if self._frames else -1)]
        while layers:
            layer = layers.pop()
            kinds = set(map(type, layer.values))
            below: list[_Layer] = []
            if str in kinds:
                yield _segment(layer.select(_STRINGS, kinds))
            if kinds & _OBJECTS:
                objects = layer.select(_OBJECTS, kinds)
                shapes = set(map(tuple, cast("Sequence[JsonObject]", objects.values)))
                below += self._members(objects, shapes)
                yield from self._names(objects, set(chain.from_iterable(shapes)))
            if list in kinds:
                below += self._elements(layer.select(_ARRAYS, kinds))
            layers += reversed(below)

    def _members(self, layer: _Layer, shapes: set[tuple[str, ...]]) -> Iterator[_Layer]:
        """The layers below objects: one for each name, or one for all names of a map."""
        objects = cast("Sequence[JsonObject]", layer.values)
        for shape in shapes:
            layer.node.note(shape)
        if len(shapes) > 1 or layer.node.is_map:
            yield from self._members_of_many_shapes(layer, objects)
            return
        shape, seen = next(iter(shapes)), self._seen(layer)
        self.members += len(shape) * len(objects)
        columns = zip(*(value.values() for value in objects), strict=True)
        for place, (name, column) in enumerate(zip(shape, columns, strict=True)):
            below = _Layer(layer.node.member(name), column, layer.records, layer.steps, self._depth_below(layer, place))
            yield from self._named(name, below, seen, range(len(objects)))

    def _members_of_many_shapes(self, layer: _Layer, objects: Sequence[JsonObject]) -> Iterator[_Layer]:
        import numpy as np

        rows, _ = _rows(objects)
        self.members += len(rows)
        names = list(chain.from_iterable(objects))
        values = list(chain.from_iterable(value.values() for value in objects))
        if layer.node.is_map:
            step = (np.array(names, dtype=object),)
            yield layer.below(layer.node.member(""), values, rows, step, self._depth_below(layer, 0))
            return
        seen = self._seen(layer)
        codes = {name: code for code, name in enumerate(dict.fromkeys(names))}
        code_of = np.fromiter(map(codes.__getitem__, names), np.int64, len(names))
        order = np.argsort(code_of, kind="stable")
        ends = np.cumsum(np.bincount(code_of, minlength=len(codes)))
        for name, places in zip(codes, np.split(order, ends[:-1]), strict=True):
            column = [values[place] for place in places.tolist()]
            below = layer.below(layer.node.member(name), column, rows[places], (), self._depth_below(layer, int(places[0])))
            yield from self._named(name, below, seen, rows[places].tolist())

    def _seen(self, layer: _Layer) -> "Sequence[JsonObject]":
        """The objects of a layer, of which the first may have begun before the window."""
        objects = cast("Sequence[JsonObject]", layer.values)
        before = self._frames[layer.depth].before if layer.depth >= 0 else None
        return [before | objects[0], *objects[1:]] if before and isinstance(objects[0], dict) else objects

    def _named(self, name: str, layer: _Layer, objects: "Sequence[JsonObject]", rows: Sequence[int]) -> Iterator[_Layer]:
        """The members called `name` of the `objects` at `rows`, together where other members say the same of what they are."""
        if is_value_name(name) and (labels := labels_of(objects, rows)):
            yield from (layer.at(places, label=label) for label, places in _places(labels).items())
        elif is_rows_name(name) and any(type(value) is list for value in layer.values):
            heads = [heads_beside(objects[row]) for row in rows]
            yield from (layer.at(places, heads=those) for those, places in _places(heads).items()) if any(heads) else (layer,)
        else:
            yield layer

    def _elements(self, layer: _Layer) -> Iterator[_Layer]:
        """The layers of the elements of arrays: one for all, but for arrays of rows one for each column that something heads."""
        arrays = cast("Sequence[list[object]]", layer.values)
        is_deep = len(layer.node.template) > DEEPEST - 2
        heads = [() if is_deep else layer.heads or self._heads_within(layer, place, array) for place, array in enumerate(arrays)]
        for those, places in _places(heads).items() if any(heads) else [((), range(len(arrays)))]:
            below = self._all_elements(layer.at(places) if len(places) < len(arrays) else layer)
            yield from self._cells(below, those, above=not layer.heads) if those and below else [below] if below else []

    def _heads_within(self, layer: _Layer, place: int, array: list[object]) -> Heads:
        frame = self._frames[layer.depth] if layer.depth >= 0 and place == 0 else None
        if frame is not None and frame.heads is not None:
            return frame.heads
        return heads_within([*(frame.row if frame else ()), *array[0]]) if array and isinstance(array[0], list) else ()

    def _cells(self, rows: _Layer, heads: Heads, *, above: bool) -> Iterator[_Layer]:
        """What stands in rows, a layer for each column.

        :param above: the heads are the first row themselves
        """
        kinds = set(map(type, rows.values))
        cells = self._all_elements(rows.select(_ARRAYS, kinds)) if list in kinds else None
        if kinds - _ARRAYS:
            yield rows.select(kinds - _ARRAYS, kinds)
        if cells is not None:
            numbers = zip(cells.steps[-2].tolist(), cells.steps[-1].tolist(), strict=True)
            columns = [heads[column] if row >= above and column < len(heads) else "" for row, column in numbers]
            yield from (cells.at(places, label=head) for head, places in _places(columns).items())

    def _all_elements(self, layer: _Layer) -> _Layer | None:
        """The layer of the elements of arrays; None where all are empty."""
        import numpy as np

        arrays = cast("Sequence[list[object]]", layer.values)
        rows, starts = _rows(arrays)
        if not len(rows):
            return None
        index = np.arange(len(rows)) - starts[rows]
        depth = self._depth_below(layer, int(rows[0]))
        if layer.depth >= 0:
            index[rows == 0] += self._frames[layer.depth].index
        return layer.below(layer.node.element(), list(chain.from_iterable(arrays)), rows, (index,), depth)

    def _names(self, layer: _Layer, names_in_use: set[str]) -> Iterator[ColumnSegment]:
        """The names in objects that might be data, such as the keys of a map by e-mail address."""
        import numpy as np

        wanted = layer.node.data_names(names_in_use)
        objects = cast("Sequence[JsonObject]", layer.values)
        found = [(row, name) for row, value in enumerate(objects) for name in value if name in wanted] if wanted else []
        if found and self._depth_below(layer, 0) >= 0 and next(iter(objects[0])) in wanted:
            del found[0]  # the member goes on from the window before, where its name was seen
        if not found:
            return
        rows, names = [row for row, _ in found], [name for _, name in found]
        steps = (*(step[rows] for step in layer.steps), np.array(names, dtype=object))
        locator = RecordLocator((*layer.node.template, None), steps, layer.records[rows])
        yield ColumnSegment(text_array(names), layer.node.key + ".{keys}", layer.node.names, locator)

    def _depth_below(self, layer: _Layer, place: int) -> int:
        """The `depth` of a layer whose first value is the one at `place` below the first of `layer`."""
        return layer.depth + 1 if layer.depth >= 0 and place == 0 and layer.depth + 1 < len(self._frames) else -1


def _rows(containers: "Sequence[JsonObject | list[object]]") -> "tuple[Places, Places]":
    """For each item of `containers`, one after the other, which container it is of; and for each container how many items come before."""
    import numpy as np

    lengths = np.fromiter(map(len, containers), np.int64, len(containers))
    return np.repeat(np.arange(len(containers)), lengths), np.cumsum(lengths) - lengths


def _places(values: Sequence[_T]) -> dict[_T, list[int]]:
    """Where each of `values` stands."""
    places: dict[_T, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    return places


def _segment(layer: _Layer) -> ColumnSegment:
    node, label = layer.node, layer.label
    locator = RecordLocator(node.template, layer.steps, layer.records)
    key, names = (f"{node.key}.{{{label}}}", (*node.names, label)) if label else (node.key, node.names)
    return ColumnSegment(text_array(cast("Sequence[str]", layer.values)), key, names, locator)


def text_array(values: Sequence[str]) -> "pa.Array":
    """Strings, which may hold halves of surrogate pairs, as an array; such halves become question marks."""
    import pyarrow as pa

    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([value.encode("utf-8", "replace").decode() for value in values], pa.string())
