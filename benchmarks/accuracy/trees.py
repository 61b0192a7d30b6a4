"""Ordinary source code and documentation of this machine, in which next to nothing is sensitive: what is found there is counted.

The figures depend on what is installed. Not all of it is wrong: authors' e-mail addresses are real ones, so a reader must look.
`python -m benchmarks.accuracy.trees` prints them; it takes folders of yours, too (`--help`). Names in texts are left to `benchmarks/names`.
"""

import argparse
import hashlib
import os
import shutil
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Final

import scanner
from scanner.config import ScanConfig, WorkerConfig
from scanner.model.location import LineLocation
from scanner.model.names_mode import NamesMode
from scanner.model.result import Detection

_MB: Final = 1_000_000
_ENDINGS: Final = (
    ".py", ".pyi", ".c", ".h", ".txt", ".md", ".rst", ".json", ".toml", ".cfg", ".js", ".ts", ".css", ".html", ".po", ".xml", ".sh", ".gz",
    "copyright", "README", "LICENSE", "METADATA", "AUTHORS",
)  # fmt: skip
# Trees of their own, and libraries whose every module shows valid numbers or people: they are found, and rightly.
_APART: Final = ("site-packages", "dist-packages", "stdnum", "faker")
# Where systems keep them; what is not there is not measured.
_SYSTEM: Final = {
    "documentation of the system": ("/usr/share/doc",),
    "packages of JavaScript": ("/usr/lib/node_modules", "/usr/local/lib/node_modules", "/usr/share/nodejs"),
}


@dataclass(frozen=True, slots=True)
class TreeResult:
    """What was found in a sample of one tree at default confidence.

    :param files: that were read whole
    :param unread: the others, by the scanner's word for why
    :param in_time: False when the clock ended the scan before the whole sample was read
    :param places: by identifier, the first ten files and, behind a colon, the lines of texts, with what is there, masked
    """

    name: str
    files: int
    bytes_read: int
    unread: dict[str, int]
    in_time: bool
    found: dict[str, int]
    places: dict[str, list[str]]

    def per_10_mb(self, *but: str) -> float:
        """Findings in 10 MB, all but those of the identifiers named."""
        return sum(self.per_10_mb_of(label) for label in self.found if label not in but)

    def per_10_mb_of(self, identifier: str) -> float:
        """Findings of one identifier in 10 MB."""
        return self.found[identifier] * 1e7 / max(self.bytes_read, 1)


def measure_trees(size: int = 30 * _MB, seconds: float = 80.0, folders: Iterable[str] = ()) -> list[TreeResult]:
    """Of each tree a sample of `size` bytes, for `seconds`.

    :param folders: the trees; if there are none: the standard library, what is installed beside it, and what else the system has
    """
    named = [(os.path.normpath(folder), folder, _every(folder)) for folder in folders]
    trees = named or [(name, folder, _texts(folder)) for name, folder in _known_trees().items()]
    return [_measure(name, root, paths, size, seconds) for name, root, paths in trees]


def _known_trees() -> dict[str, str]:
    """Name -> folder of those that are on this machine."""
    trees = {"standard library": sysconfig.get_path("stdlib"), "installed packages": sysconfig.get_path("purelib")}
    for name, places in _SYSTEM.items():
        there = next(filter(os.path.isdir, places), None)
        if there:
            trees[name] = there
    return trees


def _measure(name: str, root: str, paths: Iterable[str], size: int, seconds: float) -> TreeResult:
    found: Counter[str] = Counter()
    places: dict[str, list[str]] = {}
    unread: Counter[str] = Counter()
    files = read = 0
    in_time, end = True, monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        _sample((os.path.relpath(path, root) for path in paths), root, folder, size)
        for result in scanner.scan(folder, config=ScanConfig((), names=NamesMode.TABLES, workers=WorkerConfig(processes=0))):
            whole = result.outcome.status.name == "SCANNED"
            files, read = files + whole, read + result.bytes_read
            if not whole:
                unread[result.outcome.reason.name if result.outcome.reason else result.outcome.status.name] += 1
            for detection in result.detections:
                found[detection.identifier] += detection.count
                places.setdefault(detection.identifier, []).append(_place(result.object.ref.key, detection))
            if monotonic() > end:
                in_time = False
                break
    return TreeResult(name, files, read, dict(unread), in_time, dict(found), {label: there[:10] for label, there in places.items()})


def _sample(paths: Iterable[str], root: str, folder: str, size: int) -> None:
    """Copies files below `root`, as many as have `size` bytes together, in an order that has nothing to do with their names."""
    left = size
    for path in sorted(paths, key=lambda path: hashlib.sha256(path.encode(errors="surrogateescape")).digest()):
        bytes_of = os.path.getsize(os.path.join(root, path))
        if bytes_of > left:
            continue
        left -= bytes_of
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(os.path.join(root, path), target)


def _texts(path: str) -> Iterator[str]:
    """Source code and documentation below a tree that is known."""
    for folder, folders, names in os.walk(path):
        if folder == path:
            folders[:] = [each for each in folders if each not in _APART]
        yield from (os.path.join(folder, name) for name in names if name.endswith(_ENDINGS))


def _every(path: str) -> Iterator[str]:
    """All files below a tree of the user's."""
    for folder, _, names in os.walk(path):
        paths = (os.path.join(folder, name) for name in names)
        yield from (each for each in paths if os.path.isfile(each) and not os.path.islink(each))


def _place(key: str, detection: Detection) -> str:
    first = detection.occurrences[0] if detection.occurrences else None
    line = f":{first.location.start}" if first and isinstance(first.location, LineLocation) and not first.member else ""
    return f"{key}{line} {first.mask if first else ''}".rstrip()


def main() -> None:
    """Measures and prints the table, then the figures of each identifier, then where things were found."""
    # Here, not above: the report knows of trees.
    from benchmarks.accuracy.report import tree_lines

    parser = argparse.ArgumentParser(description="Count what is found where next to nothing is sensitive.")
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="trees of yours; left out: those that are known")
    parser.add_argument("--mb", type=float, default=30.0, help="of each tree a sample of so many megabytes (default: 30)")
    parser.add_argument("--seconds", type=float, default=80.0, help="longest time for each tree (default: 80)")
    asked = parser.parse_args()
    missing = [folder for folder in asked.folders if not os.path.isdir(folder)]
    if missing:
        parser.error(f"no folder: {', '.join(missing)}")
    print("\n".join(tree_lines(measure_trees(int(asked.mb * _MB), asked.seconds, asked.folders))))


if __name__ == "__main__":
    main()
