"""Where records end in the bytes of a delimited table: at line ends that stand outside of quotes.

The rules are those of Python's `csv` module: a quote opens only at the very beginning of a field, two quotes inside of
quotes are one, and a quote anywhere else is a character like others.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from scanner.readers.escapes import escaped_places
from scanner.readers.lines import LineEnds
from scanner.readers.windows import LONGEST_RECORD_BYTES

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Codes = npt.NDArray[np.unsignedinteger[Any]]
    Flags = npt.NDArray[np.bool_]
    Places = npt.NDArray[np.int64]

_PLAIN, _QUOTED, _CLOSED = range(3)
# What a quote leads to: by the state before it, then by whether it is neither, begins a field, or follows a quote.
_STATES: Final = (
    (_PLAIN, _QUOTED, _PLAIN),
    (_CLOSED, _CLOSED, _CLOSED),
    (_PLAIN, _QUOTED, _QUOTED),
)


@dataclass(frozen=True, slots=True)
class RecordCut:
    """Cuts behind records. A quote that is not closed within `longest` bytes, or at all, is a character like others.

    :param ends: of lines, in the encoding of the table
    :param number: NumPy's name for its code units
    :param quote: code unit, -1 for none; likewise `delimiter` and `escape`
    """

    ends: LineEnds
    number: str
    delimiter: int
    quote: int
    escape: int
    longest: int = LONGEST_RECORD_BYTES

    def __call__(self, held: bytearray, size: int, stop: int, *, last: bool) -> int:
        """See `scanner.readers.windows.Cut`."""
        if size > self.longest:
            size, last = self.longest, False
        quotes = self._quotes(held, size)
        found = quotes.first(stop, last=last) if stop <= size else 0
        if found or (last and quotes.closed):
            return found or size
        found = quotes.latest(last=last)
        if not found and (last or size == self.longest):
            return self.ends.after(held, size, self.ends.unit, last=last) or size
        return found

    def closes(self, held: bytearray) -> bool:
        """Whether every quote in it is closed."""
        return self._quotes(held, len(held)).closed

    def _quotes(self, held: bytearray, size: int) -> "_Quotes":
        import numpy as np

        codes = np.frombuffer(held, self.number, size // self.ends.unit)
        escaped = escaped_places(codes, self.escape) if self.escape >= 0 else None
        is_quote = codes == self.quote
        if escaped is not None:
            is_quote &= ~escaped
        places = np.flatnonzero(is_quote)
        inside = _inside(places, self._begins_field(codes, places, escaped))
        return _Quotes(held, size, self.ends, places, inside, escaped)

    def _begins_field(self, codes: "Codes", places: "Places", escaped: "Flags | None") -> "Flags":
        """For each quote whether it stands at the beginning of a field."""
        import numpy as np

        before = codes[places - 1]
        begins = (before == self.delimiter) | (before == ord("\n")) | (before == ord("\r"))
        if escaped is not None:
            begins &= ~escaped[places - 1]
        return np.asarray(begins | (places == 0))


def _inside(places: "Places", begins: "Flags") -> "Flags":
    """Whether one is inside of quotes behind the first 0, 1, 2 ... quotes."""
    import numpy as np

    follows = np.diff(places, prepend=-2) == 1
    inside = np.zeros(len(places) + 1, dtype=bool)
    if (begins | follows)[::2].all():
        inside[1::2] = True
        return inside
    state, states = _PLAIN, []
    for kind in np.where(follows, 2, begins).tolist():
        state = _STATES[state][kind]
        states.append(state == _QUOTED)
    inside[1:] = states
    return inside


@dataclass(frozen=True, slots=True)
class _Quotes:
    """The quotes of the bytes at hand.

    :param inside: whether one is inside of quotes behind the first 0, 1, 2 ... of `places`
    :param escaped: for each code unit, None where nothing escapes
    """

    held: bytearray
    size: int
    ends: LineEnds
    places: "Places"
    inside: "Flags"
    escaped: "Flags | None"

    @property
    def closed(self) -> bool:
        """Whether the bytes end outside of quotes."""
        return not self.inside[-1]

    def first(self, stop: int, *, last: bool) -> int:
        """The first record border at or after `stop`, 0 for none."""
        while border := self.ends.after(self.held, self.size, stop, last=last):
            count = self._count(border)
            if not self.inside[count]:
                if not self._is_escaped(border):
                    return border
                stop = border + self.ends.unit
            elif count == len(self.places):
                return 0
            else:
                stop = (int(self.places[count]) + 1) * self.ends.unit
        return 0

    def latest(self, *, last: bool) -> int:
        """The last record border, 0 for none."""
        bound = self.size
        while border := self.ends.before(self.held, self.size, bound, last=last):
            count = self._count(border)
            if self.inside[count]:
                bound = int(self.places[count - 1]) * self.ends.unit
            elif self._is_escaped(border):
                bound = border - self.ends.unit
            else:
                return border
        return 0

    def _count(self, border: int) -> int:
        return int(self.places.searchsorted(border // self.ends.unit))

    def _is_escaped(self, border: int) -> bool:
        return self.escaped is not None and bool(self.escaped[border // self.ends.unit - 1])
