"""Short columns: one sweep over all of them, and over all their names, tells those that are worth the ordinary look."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from scanner.detection.candidates import spoken_for
from scanner.detection.column_rule import ColumnRule
from scanner.detection.keywords import KeywordIndex
from scanner.detection.names import forms_of_names
from scanner.detection.prefilter import Prefilter
from scanner.detection.rules import Rule
from scanner.detection.values import SEPARATOR, as_texts, join, places_of
from scanner.model.segment import ColumnSegment, ShortColumns

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Places = npt.NDArray[np.int64]


# Fewer values are sooner looked at than asked all at once.
_WORTH_ASKING: Final = 16


class ShortSearch:
    """Looks at groups of short columns for one ruleset."""

    def __init__(self, rules: Sequence[Rule], index: KeywordIndex, prefilter: Prefilter) -> None:
        self._rules = [ColumnRule(rule) for rule in rules]
        self._index = index
        self._prefilter = prefilter

    def worth_looking(self, group: ShortColumns) -> list[ColumnSegment]:
        """The columns in which something may be found: those with a value that a rule may match.

        A rule is tried where the prefilter saw its shape, where a value holds one of its keywords, and in columns whose names do.
        """
        if self._prefilter.unfiltered:
            return list(group.columns)
        pairs = [(column, texts) for column in group.columns if (texts := _texts(column.values)) is not None]
        if not pairs:
            return []
        columns, texts = zip(*pairs, strict=True)
        values = _Values(texts)
        for rule, places in self._tried(values, [column.names for column in columns]):
            open_ones = places[~values.is_worth[values.column_of[places]]]
            values.is_worth[values.column_of[self._possible(rule, values, open_ones)]] = True
        return [column for column, chosen in zip(columns, values.is_worth.tolist(), strict=True) if chosen]

    def _tried(self, values: "_Values", names: Sequence[tuple[str, ...]]) -> "Iterator[tuple[int, Places]]":
        """Rules with the values that each is to be tried on."""
        joined, starts = join(values.joined)
        hits = self._prefilter.scan(joined)
        yield from ((rule, places_of(ends, starts)) for rule, ends in hits.shapes.items())
        for rule, places in spoken_for(hits.keywords, starts, self._index).items():
            # A rule that needs no keyword is seen by its shape wherever it matches.
            if self._rules[rule].rule.alone is None:
                yield rule, places
        for rule, columns in self._spoken_for(names).items():
            yield rule, values.places_of(columns)

    def _possible(self, rule: int, values: "_Values", places: "Places") -> "Places":
        """Those of `places` at which the rule may match."""
        return places if len(places) < _WORTH_ASKING else places[self._rules[rule].anywhere(values.joined.take(places))]

    def _spoken_for(self, all_names: Sequence[tuple[str, ...]]) -> "dict[int, Places]":
        """Rule index -> indices of those of `all_names` that may hold one of its keywords."""
        import numpy as np

        forms = [SEPARATOR.join(forms_of_names(names)).encode("utf-8", "replace") for names in all_names]
        keywords = self._prefilter.words(memoryview(SEPARATOR.encode().join(forms)))
        ends = np.cumsum([len(form) + 1 for form in forms])
        # A hit may begin with the separator before the keyword.
        places = ends.searchsorted(np.array([end - 1 for _, _, end in keywords], dtype=np.int64), "right")
        spoken: dict[int, list[int]] = {}
        for keyword, place in set(zip((keyword for keyword, _, _ in keywords), places.tolist(), strict=True)):
            for rule in self._index.rules[keyword]:
                spoken.setdefault(rule, []).append(place)
        return {rule: np.unique(places) for rule, places in spoken.items()}


class _Values:
    """The values of all columns.

    :ivar joined: one column after the other
    :ivar column_of: for each value its column
    :ivar is_worth: for each column whether it is to be looked at
    """

    def __init__(self, texts: "Sequence[pa.Array]") -> None:
        import numpy as np
        import pyarrow as pa

        self.joined = pa.concat_arrays(texts)
        self.column_of = np.repeat(np.arange(len(texts)), list(map(len, texts)))
        self.is_worth = np.zeros(len(texts), dtype=bool)

    def places_of(self, columns: "Places") -> "Places":
        """The values of `columns` that are not known to be worth a look."""
        import numpy as np

        wanted = np.zeros(len(self.is_worth), dtype=bool)
        wanted[columns] = True
        return np.flatnonzero((wanted & ~self.is_worth)[self.column_of])


def _texts(values: "pa.Array | pa.ChunkedArray") -> "pa.Array | None":
    """The values without nulls; None when they can hold nothing."""
    import pyarrow as pa

    array = pa.concat_arrays(values.chunks) if isinstance(values, pa.ChunkedArray) and values.num_chunks else values
    if len(array) == array.null_count:
        return None
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    texts = as_texts(array.dictionary_decode() if pa.types.is_dictionary(array.type) else array)
    return None if texts is None else texts.drop_null()
