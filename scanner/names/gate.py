"""Where in a text names and addresses could stand: whole windows at once, little for each byte, more for each capitalised word."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from scanner.names.lexicon import CITY, GIVEN, LABEL, ORDINARY, STREET, SURNAME, TECHNICAL, TITLE, Lexicon

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Offsets = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]
    Bits = npt.NDArray[np.uint32]

_OTHER: Final = 0
_SMALL: Final = 1
_LARGE: Final = 2
_DIGIT: Final = 3
# Bytes of a word that are looked at; longer words are no names that the lists have.
_WORD: Final = 24
# Where a capital letter within a word makes it one of a program.
_HUMP: Final = 5
# Bytes before or behind the word for a street in which a digit must stand.
_NEAR: Final = 39
_NAMES: Final = GIVEN | SURNAME


@dataclass(frozen=True, slots=True)
class Places:
    """Offsets of words near which something could stand, ascending.

    :param strong: what stands around them need not be asked
    :param weak: single words of the lists, and unknown words, which mean something among words of a language only
    """

    strong: "Offsets"
    weak: "Offsets"


class Gate:
    """Tells the places; misses a name now and then, and lets pass what is none: what is let through is looked at again.

    :param lexicon: what is known of words
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._classes = _classes()

    def places(self, data: bytes) -> Places:
        """Where to look in `data`, which is UTF-8."""
        import numpy as np

        if len(data) < 4:
            return Places(np.zeros(0, np.int64), np.zeros(0, np.int64))
        padded = b"".join([b"\n" * 8, data, b"\n" * (_WORD + 8)])
        raw = np.frombuffer(padded, np.uint8)
        classes = np.frombuffer(padded.translate(self._classes), np.uint8)
        starts = _starts(raw, classes)
        if not len(starts):
            return Places(starts, starts)
        words = _Words(raw, classes, starts, self._lexicon)
        strong, weak = words.named()
        return Places(starts[strong | words.addressed()] - 8, starts[weak] - 8)


def _classes() -> bytes:
    import numpy as np

    table = np.zeros(256, np.uint8)
    table[ord("a") : ord("z") + 1] = _SMALL
    table[ord("A") : ord("Z") + 1] = _LARGE
    table[ord("0") : ord("9") + 1] = _DIGIT
    table[0x80:] = _SMALL
    # The first byte of two of which most capital letters with accents consist; those that are small letters cost a look.
    table[0xC3:0xC6] = _LARGE
    return table.tobytes()


def _starts(raw: "Bytes", classes: "Bytes") -> "Offsets":
    """Where words with a capital letter and another letter behind it begin, and words at the start of a line that a colon ends."""
    import numpy as np

    large = classes[8:-_WORD] == _LARGE
    large &= (classes[7 : -_WORD - 1] == _OTHER) & ((classes[9 : -_WORD + 1] - np.uint8(1)) < _LARGE)
    large[_spoken_lines(raw, classes) - 8] = True
    return np.flatnonzero(large) + 8


def _spoken_lines(raw: "Bytes", classes: "Bytes") -> "Offsets":
    """Where lines begin with a small letter, and a colon comes before any blank: `ana: see you`, as in chats."""
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view

    lines = np.flatnonzero(raw[7 : -_WORD - 1] == 0x0A) + 8
    lines = lines[classes[lines] == _SMALL]
    window = sliding_window_view(raw, _WORD)[lines]
    colon = (window == 0x3A).argmax(axis=1)
    letters = (classes[lines + np.maximum(colon - 1, 0)] == _SMALL) & (colon > 1) & (raw[lines + colon + 1] == 0x20)
    return np.asarray(lines[letters & ((window == 0x20).argmax(axis=1) > colon)])


class _Words:
    """Capitalised words of a text, and what is known of each; all arrays have one element a word.

    :param starts: where they begin in `raw`
    """

    def __init__(self, raw: "Bytes", classes: "Bytes", starts: "Offsets", lexicon: Lexicon) -> None:
        import numpy as np
        from numpy.lib.stride_tricks import sliding_window_view

        self._raw, self._classes, self._starts = raw, classes, starts
        window = sliding_window_view(classes, _WORD)[starts]
        letters = (window - np.uint8(1)) < _LARGE
        self._lengths: Offsets = np.where(letters.all(axis=1), _WORD, letters.argmin(axis=1))
        letters_only = sliding_window_view(raw, _WORD)[starts] | np.uint8(0x20)
        letters_only *= np.arange(_WORD, dtype=np.uint8) < self._lengths[:, None]
        self._known: Bits = lexicon.flags_of_bytes(letters_only)
        self._shouted: Flags = window[:, 1] == _LARGE
        # `ValueError`, and not `McBride` or `FitzGerald`.
        inside = np.arange(_HUMP, _WORD) < self._lengths[:, None]
        self._humped: Flags = ((window[:, _HUMP:] == _LARGE) & inside).any(axis=1) & ~self._shouted
        self._foreign: Flags = letters_only.max(axis=1) >= 0x80
        self._ends: Offsets = starts + self._lengths

    def named(self) -> "tuple[Flags, Flags]":
        """Words that speak for a name; those that do so among words of a language only."""
        known, follows = self._known, self._follows()
        plain = self._is_plain()
        ordinary = (known & (ORDINARY | TECHNICAL)) != 0
        listed = ((known & _NAMES) != 0) & ~ordinary
        unknown = ((known & (ORDINARY | TECHNICAL | TITLE | LABEL | STREET | CITY)) == 0) & ~self._humped
        before = _shifted(follows)
        # A word of the lists, a run with a word that is not ordinary (all in capitals: with one of the lists), what follows a title, an
        # unknown word in a sentence.
        named = ((known & _NAMES) != 0) & ~(ordinary & self._shouted)
        run = (follows | before) & ((unknown & ~self._shouted) | named) & ((known & TECHNICAL) == 0)
        title = (known & TITLE) != 0
        titled = _shifted(follows & title) | (title & self._goes_on_small())
        inside = self._is_in_sentence() & unknown & ~self._shouted
        speaks = self._speaks()
        large = self._classes[self._starts] == _LARGE
        strong = (plain & large & (run | titled)) | (speaks & (listed | (unknown & (large | self._foreign))))
        return strong, plain & large & (listed | inside) & ~strong

    def addressed(self) -> "Flags":
        """Words that speak for an address."""
        street = (self._known & STREET) != 0
        street[street] = self._has_digit_near(self._starts[street], self._ends[street])
        found: Flags = street | self._is_behind_code()
        return found

    def _follows(self) -> "Flags":
        """Whether another capitalised word comes directly behind."""
        import numpy as np

        gaps = np.full(len(self._starts), 99)
        gaps[:-1] = self._starts[1:] - self._ends[:-1]
        signs = self._raw[self._ends]
        near = (gaps == 1) & ((signs == 0x20) | (signs == 0x2D) | (signs == 0x0A))
        found: Flags = near | ((gaps == 2) & ((signs == 0x2C) | (signs == 0x2E)) & (self._raw[self._ends + 1] == 0x20))
        return found

    def _goes_on_small(self) -> "Flags":
        """Whether what comes behind could be `van`, `de` or the like, as in `Mr van der Berg`."""
        dotted = (self._raw[self._ends] == 0x2E).astype(int)
        letters = self._raw[self._ends + dotted + 1]
        found: Flags = (self._raw[self._ends + dotted] == 0x20) & _particle_letters()[letters]
        return found

    def _is_plain(self) -> "Flags":
        """Whether nothing touches the word that has no place in prose: `_`, `/`, `=`, digits, braces."""
        before, behind = self._raw[self._starts - 1], self._raw[self._ends]
        after = self._classes[self._ends + 1]
        odd_before = _odd_signs()[before] | ((before == 0x2E) & (self._classes[self._starts - 2] != _OTHER))
        odd_behind = _odd_signs()[behind] | (((behind == 0x2E) | (behind == 0x3A)) & (after != _OTHER))
        found: Flags = ~(odd_before | odd_behind | (self._classes[self._ends] == _DIGIT))
        return found

    def _is_in_sentence(self) -> "Flags":
        """Whether a small letter or a comma stands before the blank before the word."""
        blank = self._raw[self._starts - 1] == 0x20
        before = self._starts - 2
        found: Flags = blank & ((self._classes[before] == _SMALL) | (self._raw[before] == 0x2C))
        return found

    def _speaks(self) -> "Flags":
        """Whether the word is all there is before a colon at the start of a line."""
        blank = self._raw[self._ends + 1]
        found: Flags = (self._raw[self._starts - 1] == 0x0A) & (self._raw[self._ends] == 0x3A) & ((blank == 0x20) | (blank == 0x0A))
        return found

    def _has_digit_near(self, starts: "Offsets", ends: "Offsets") -> "Flags":
        """Whether a digit stands a few words before or behind."""
        import numpy as np

        digits = np.flatnonzero(self._classes == _DIGIT)
        before = digits.searchsorted(starts - 1) > digits.searchsorted(starts - _NEAR)
        behind = digits.searchsorted(ends + _NEAR) > digits.searchsorted(ends + 1)
        found: Flags = before | behind
        return found

    def _is_behind_code(self) -> "Flags":
        """Whether what stands before the word could be a postal code: four or five digits by themselves."""
        import numpy as np

        digits = [self._classes[np.maximum(self._starts - step, 0)] == _DIGIT for step in range(2, 8)]
        blank = (self._raw[self._starts - 1] == 0x20) & digits[0] & digits[1] & digits[2]
        guard4 = _code_guards()[self._raw[np.maximum(self._starts - 6, 0)]]
        guard5 = _code_guards()[self._raw[np.maximum(self._starts - 7, 0)]]
        dash = self._raw[np.maximum(self._starts - 5, 0)] == 0x2D
        found: Flags = blank & ((digits[3] & guard4 & ~digits[4]) | (digits[3] & digits[4] & guard5) | (dash & digits[5]))
        return found


def _shifted(flags: "Flags") -> "Flags":
    """For each word what is true of the one before it."""
    import numpy as np

    return np.concatenate([np.zeros(1, bool), flags[:-1]])


def _table(signs: bytes) -> "Flags":
    import numpy as np

    table = np.zeros(256, bool)
    table[np.frombuffer(signs, np.uint8)] = True
    return table


@cache
def _odd_signs() -> "Flags":
    return _table(b"_/=@$#{}<\\%&+~^|0123456789[")


@cache
def _particle_letters() -> "Flags":
    return _table(b"vdtl")


@cache
def _code_guards() -> "Flags":
    return _table(b" \n\t,-\r(:")
