"""From parsed JSON values to columns: all values of one path at once, so that most of the work is done by C code."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, cast

from scanner.model.segment import ColumnSegment
from scanner.readers.json_labels import is_value_name, labels_of
from scanner.readers.json_paths import PathNode, PathTree
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
_OBJECTS: Final[AbstractSet[type]] = frozenset({dict, Members})
_ARRAYS: Final[AbstractSet[type]] = frozenset({list})
_STRINGS: Final[AbstractSet[type]] = frozenset({str})


@dataclass(frozen=True, slots=True)
class Frame:
    """A container that is open where a window of a document begins.

    :param kind: `{` or `[`
    :param name: of the member that goes on in the window
    :param index: of the first element in the window
    """

    kind: str
    name: str = ""
    index: int = 0


@dataclass(frozen=True, slots=True)
class _Layer:
    """The values that lie at one path, in document order.

    :param records: the record of each
    :param steps: array indices and names of maps on the way to each
    :param depth: the first value is the container that was open at this depth when the window began; -1 if none is
    :param label: what names the values besides their path
    """

    node: PathNode
    values: Sequence[object]
    records: "Places"
    steps: "Steps"
    depth: int = -1
    label: str = ""

    def select(self, wanted: AbstractSet[type], kinds: AbstractSet[type]) -> "_Layer":
        """Only the values of the `wanted` types; `kinds` are the types of all."""
        if kinds <= wanted:
            return self
        places = [place for place, value in enumerate(self.values) if type(value) in wanted]
        return self.at(places, self.label)

    def at(self, places: Sequence[int], label: str) -> "_Layer":
        """Only the values at `places`, which `label` names."""
        values = [self.values[place] for place in places]
        steps = tuple(step[places] for step in self.steps)
        return _Layer(self.node, values, self.records[places], steps, -1 if places[0] else self.depth, label)

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
    :param whole: the values are all there is, so that of two members of an object both are seen, and one may name the other
    """

    def __init__(self, tree: PathTree, frames: Sequence[Frame] = (), *, whole: bool = False) -> None:
        self.members = 0
        self._tree = tree
        self._frames = frames
        self._whole = whole

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
        shape = next(iter(shapes))
        self.members += len(shape) * len(objects)
        columns = zip(*(value.values() for value in objects), strict=True)
        for place, (name, column) in enumerate(zip(shape, columns, strict=True)):
            below = _Layer(layer.node.member(name), column, layer.records, layer.steps, self._depth_below(layer, place))
            yield from self._by_label(name, below, objects, range(len(objects)))

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
        codes = {name: code for code, name in enumerate(dict.fromkeys(names))}
        code_of = np.fromiter(map(codes.__getitem__, names), np.int64, len(names))
        order = np.argsort(code_of, kind="stable")
        ends = np.cumsum(np.bincount(code_of, minlength=len(codes)))
        for name, places in zip(codes, np.split(order, ends[:-1]), strict=True):
            column = [values[place] for place in places.tolist()]
            below = layer.below(layer.node.member(name), column, rows[places], (), self._depth_below(layer, int(places[0])))
            yield from self._by_label(name, below, objects, rows[places].tolist())

    def _by_label(self, name: str, layer: _Layer, objects: Sequence[JsonObject], rows: Sequence[int]) -> Iterator[_Layer]:
        """The members called `name` of the `objects` at `rows`: a layer for each label where another member names them."""
        labels = labels_of(objects, rows) if self._whole and is_value_name(name) else None
        if labels is None:
            yield layer
            return
        places: dict[str, list[int]] = {}
        for place, label in enumerate(labels):
            places.setdefault(label, []).append(place)
        yield from (layer.at(those, label) for label, those in places.items())

    def _elements(self, layer: _Layer) -> Iterator[_Layer]:
        """The layer of the elements of arrays."""
        import numpy as np

        arrays = cast("Sequence[list[object]]", layer.values)
        rows, starts = _rows(arrays)
        if not len(rows):
            return
        index = np.arange(len(rows)) - starts[rows]
        depth = self._depth_below(layer, int(rows[0]))
        if layer.depth >= 0:
            index[rows == 0] += self._frames[layer.depth].index
        yield layer.below(layer.node.element(), list(chain.from_iterable(arrays)), rows, (index,), depth)

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


def _segment(layer: _Layer) -> ColumnSegment:
    locator = RecordLocator(layer.node.template, layer.steps, layer.records)
    names = (*layer.node.names, layer.label) if layer.label else layer.node.names
    return ColumnSegment(text_array(cast("Sequence[str]", layer.values)), layer.node.key, names, locator)


def text_array(values: Sequence[str]) -> "pa.Array":
    """Strings, which may hold halves of surrogate pairs, as an array; such halves become question marks."""
    import pyarrow as pa

    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([value.encode("utf-8", "replace").decode() for value in values], pa.string())
