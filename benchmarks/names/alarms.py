"""False alarms on texts that are full of capitals and hardly hold a name: documentation, source code and logs.

    python -m benchmarks.names.alarms [MEGABYTES]

What is found is printed, since some of it is real: libraries name their authors.
"""

import glob
import os
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterator
from typing import Final

import numpy as np

from benchmarks import texts
from scanner.names.prose import Prose, ProseSearch

_KINDS: Final = ("source code", "documentation", "logs")
_CHARACTERS: Final = 200_000


def texts_of(kind: str, characters: int = _CHARACTERS) -> Iterator[str]:
    """Texts of about as many characters together: every so many-th file of what is installed, and made logs."""
    if kind == "logs":
        yield texts.log_lines(np.random.default_rng(20260214)).content.decode()[:characters]
        return
    paths = sorted(_source() if kind == "source code" else _documentation())
    left = characters
    for path in paths[:: max(1, len(paths) // 60)]:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read(min(left, characters // 30))
        left -= len(text)
        yield text
        if left <= 0:
            return


def _source() -> Iterator[str]:
    yield from glob.iglob(os.path.join(sysconfig.get_path("stdlib"), "*.py"))


def _documentation() -> Iterator[str]:
    packages = os.path.dirname(os.path.dirname(os.path.abspath(np.__file__)))
    for pattern in ("*.dist-info/METADATA", "*/**/*.rst", "*/**/*.md"):
        yield from glob.iglob(os.path.join(packages, pattern), recursive=True)


def alarms_in(search: ProseSearch, kind: str, characters: int = _CHARACTERS) -> tuple[int, Counter[tuple[str, str]]]:
    """Bytes looked at, and what was found: (kind, text) -> how often."""
    size = 0
    found: Counter[tuple[str, str]] = Counter()
    for text in texts_of(kind, characters):
        size += len(text.encode())
        found.update((one.kind, _value(text, one)) for one in search.find_in(text))
    return size, found


def _value(text: str, one: Prose) -> str:
    return text[one.start : one.end]


def main() -> None:
    """Print what is found, and how much of it there is."""
    characters = int(float(sys.argv[1]) * 1_000_000) if len(sys.argv) > 1 else _CHARACTERS
    search = ProseSearch()
    for kind in _KINDS:
        size, found = alarms_in(search, kind, characters)
        for (what, value), times in found.most_common():
            print(f"{kind}: {what} {value!r} {times}")
        print(f"{kind}: {found.total()} in {size} bytes, {20_000 * found.total() / size:.2f} in 20 kB")


if __name__ == "__main__":
    main()
