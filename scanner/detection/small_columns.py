"""Short columns: one sweep over all of them, and over all their names, tells those that are worth the ordinary look."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scanner.detection.column_rule import ColumnRule
from scanner.detection.keywords import KeywordIndex
from scanner.detection.names import forms_of_names
from scanner.detection.prefilter import Prefilter
from scanner.detection.rules import Rule
from scanner.detection.values import SEPARATOR, as_texts, join
from scanner.model.segment import ColumnSegment, ShortColumns

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Places = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


# Rules are tried on the values of so many columns at once; those of fewer are looked at column by column.
_WORTH_ASKING: Final = 16


class ShortSearch:
    """Looks at groups of short columns for one ruleset."""

    def __init__(self, rules: Sequence[Rule], index: KeywordIndex, prefilter: Prefilter) -> None:
        self._rules = [ColumnRule(rule) for rule in rules]
        self._index = index
        self._prefilter = prefilter

    def worth_looking(self, group: ShortColumns) -> list[ColumnSegment]:
        """The columns in which something may be found.

        Those with a hit of the prefilter, and those whose names hold a keyword of a rule that a value may match.
        """
        if self._prefilter.unfiltered:
            return list(group.columns)
        pairs = [(column, texts) for column in group.columns if (texts := _texts(column.values)) is not None]
        if not pairs:
            return []
        columns, texts = zip(*pairs, strict=True)
        values = _Values(texts)
        worth = values.columns_of(self._hit(values.joined))
        for rule, spoken in self._spoken_for([column.names for column in columns]).items():
            open_ones = spoken[~worth[spoken]]
            worth[open_ones] = self._may_match(rule, values, open_ones)
        return [column for column, chosen in zip(columns, worth.tolist(), strict=True) if chosen]

    def _hit(self, texts: "pa.Array") -> "Places":
        """The texts in which there is a hit."""
        import numpy as np

        joined, starts = join(texts)
        hits = self._prefilter.scan(joined)
        ends = [np.asarray(places, dtype=np.int64) for places in hits.shapes.values()]
        ends.append(np.array([end for _, _, end in hits.keywords], dtype=np.int64))
        return np.unique(starts.searchsorted(np.concatenate(ends), "left") - 1)

    def _spoken_for(self, all_names: Sequence[tuple[str, ...]]) -> "dict[int, Places]":
        """Rule index -> indices of those of `all_names` that may hold one of its keywords."""
        import numpy as np

        forms = [SEPARATOR.join(forms_of_names(names)).encode("utf-8", "replace") for names in all_names]
        keywords = self._prefilter.scan(memoryview(SEPARATOR.encode().join(forms))).keywords
        ends = np.cumsum([len(form) + 1 for form in forms])
        places = ends.searchsorted(np.array([start for _, start, _ in keywords], dtype=np.int64), "right")
        spoken: dict[int, list[int]] = {}
        for keyword, place in set(zip((keyword for keyword, _, _ in keywords), places.tolist(), strict=True)):
            for rule in self._index.rules[keyword]:
                spoken.setdefault(rule, []).append(place)
        return {rule: np.unique(places) for rule, places in spoken.items()}

    def _may_match(self, rule: int, values: "_Values", columns: "Places") -> "Flags":
        """In which of `columns` a value may match the rule."""
        import numpy as np

        if len(columns) < _WORTH_ASKING:
            return np.ones(len(columns), dtype=bool)
        places = np.flatnonzero(np.isin(values.column_of, columns))
        possible = places[self._rules[rule].anywhere(values.joined.take(places))]
        return values.columns_of(possible)[columns]


class _Values:
    """The values of all columns.

    :ivar joined: one column after the other
    :ivar column_of: for each value its column
    """

    def __init__(self, texts: "Sequence[pa.Array]") -> None:
        import numpy as np
        import pyarrow as pa

        self._count = len(texts)
        self.joined = pa.concat_arrays(texts)
        self.column_of = np.repeat(np.arange(self._count), list(map(len, texts)))

    def columns_of(self, places: "Places") -> "Flags":
        """For each column whether one of the values at `places` is in it."""
        import numpy as np

        flags = np.zeros(self._count, dtype=bool)
        flags[self.column_of[places]] = True
        return flags


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
