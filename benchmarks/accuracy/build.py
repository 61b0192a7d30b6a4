"""Builds the corpus: `python -m benchmarks.accuracy.build FOLDER` writes its files and truth.json below FOLDER."""

import hashlib
import json
import os
import random
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

import regex

from benchmarks.accuracy.generators import GENERATORS

HERE: Final = os.path.dirname(os.path.abspath(__file__))
PARTS: Final = ("locked", "development")
_ROWS: Final = 40
_SLOT: Final = regex.compile(r"\{\{([!?]?)([a-z0-9_]+)\}\}")
_KIND: Final = regex.compile(r"([!?]?)([a-z0-9_]+)")
_DELIMITERS: Final = {".tsv": "\t", ".semicolons.csv": ";"}
_DOCUMENT: Final = regex.compile(r"^=== (\S+)\n", regex.MULTILINE)


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled place: characters `start` to `end` of a file, and in a table the cell `row` (from 1, header included), `column`.

    :param generator: what made the value; `sensitive` says whether it must be found
    :param optional: of those that need not be found: a right finding counts neither for nor against
    """

    file: str
    generator: str
    sensitive: bool
    start: int = 0
    end: int = 0
    row: int = 0
    column: int = 0
    optional: bool = False


def digest_of_locked() -> str:
    """SHA-256 over the names and bytes of the locked part's sources."""
    folder, digest = os.path.join(HERE, "corpus", "locked"), hashlib.sha256()
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            digest.update(name.encode() + b"\0" + file.read() + b"\0")
    return digest.hexdigest()


def build(part: str, folder: str) -> list[Item]:
    """Writes the files of one part below `folder`, equal bytes each time, and gives what they hold."""
    os.makedirs(folder, exist_ok=True)
    source = os.path.join(HERE, "corpus", part)
    items = [item for name, body in documents(source) for item in _text(part, name, body, folder)]
    with open(os.path.join(source, "tables.toml"), "rb") as tables:
        declared = tomllib.load(tables)
    return items + [item for name, columns in declared.items() for item in _table(part, name, columns, folder)]


def documents(source: str) -> Iterator[tuple[str, str]]:
    """Name and body of the texts below `source`: the sections of texts.txt and each line of lines.txt; README.md says how they look."""
    with open(os.path.join(source, "texts.txt"), encoding="utf-8") as file:
        pieces = _DOCUMENT.split(file.read())
    yield from zip(pieces[1::2], pieces[2::2], strict=True)
    with open(os.path.join(source, "lines.txt"), encoding="utf-8") as file:
        for line in filter(None, file.read().split("\n")):
            ending, _, text = line.partition(": ")
            # Named by what it says, so that a new line changes no other line's values.
            yield f"line-{hashlib.sha256(line.encode()).hexdigest()[:8]}.{ending}", text.replace("\\n", "\n") + "\n"


def _text(part: str, name: str, body: str, folder: str) -> Iterator[Item]:
    rng, text, last = random.Random(f"{part}/{name}"), "", 0
    for slot in _SLOT.finditer(body):
        text += body[last : slot.start()]
        start, last = len(text), slot.end()
        text += GENERATORS[slot[2]](rng)
        yield Item(name, slot[2], not slot[1], start, len(text), optional=slot[1] == "?")
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        file.write(text + body[last:])


def _table(part: str, name: str, columns: list[list[str]], folder: str) -> Iterator[Item]:
    """A CSV file, or one with the delimiter that its name asks for."""
    rng = random.Random(f"{part}/{name}")
    delimiter = next((sign for ending, sign in _DELIMITERS.items() if name.endswith(ending)), ",")
    file_name = name if "." in name else f"{name}.csv"
    text = delimiter.join(_cell(header, delimiter) for header, _ in columns) + "\r\n"
    for row in range(2, _ROWS + 2):
        for column, (_, kind) in enumerate(columns, 1):
            mark, generator = _parts(kind)
            start = len(text)
            text += _cell(GENERATORS[generator](rng), delimiter)
            yield Item(file_name, generator, not mark, start, len(text), row, column, optional=mark == "?")
            text += delimiter if column < len(columns) else "\r\n"
    with open(os.path.join(folder, file_name), "w", encoding="utf-8", newline="") as file:
        file.write(text)


def _parts(kind: str) -> tuple[str, str]:
    match = _KIND.fullmatch(kind)
    if match is None:
        raise ValueError(f"{kind}: no kind of a column; write a generator's name, with ! or ? before it if need be")
    return match[1], match[2]


def _cell(value: str, delimiter: str) -> str:
    return '"' + value.replace('"', '""') + '"' if delimiter in value or '"' in value else value


def main() -> None:
    """Builds both parts."""
    truth = {part: [asdict(item) for item in build(part, os.path.join(sys.argv[1], part))] for part in PARTS}
    with open(os.path.join(sys.argv[1], "truth.json"), "w", encoding="utf-8") as file:
        json.dump(truth, file, indent=1)
    print({part: len(items) for part, items in truth.items()})


if __name__ == "__main__":
    main()
