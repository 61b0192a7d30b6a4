"""Ordinary source code and documentation of this machine, in which next to nothing is sensitive: what is found there is counted.

The figures depend on what is installed. Not all of it is wrong: authors' e-mail addresses are real ones, so a reader must look.
`python -m benchmarks.accuracy.trees` prints the table alone. Names in texts are left to `benchmarks/names`.
"""

import hashlib
import os
import shutil
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Final

import scanner
from scanner.config import ScanConfig, WorkerConfig
from scanner.model.names_mode import NamesMode

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
    :param places: files by identifier, ten at most each
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
        return sum(count for label, count in self.found.items() if label not in but) * 1e7 / max(self.bytes_read, 1)


def measure_trees(size: int = 30 * _MB, seconds: float = 80.0) -> list[TreeResult]:
    """The standard library, what is installed beside it, and what else the system has: of each a sample of `size` bytes, for `seconds`."""
    packages = sysconfig.get_path("purelib")
    trees = {"standard library": sysconfig.get_path("stdlib"), "installed packages": _borrowed(packages) or packages}
    for name, places in _SYSTEM.items():
        there = next(filter(os.path.isdir, places), None)
        if there:
            trees[name] = there
    return [_measure(name, path, size, seconds) for name, path in trees.items()]


def _borrowed(packages: str) -> str | None:
    """The other folder of packages that a path file names, when this environment borrows from it."""
    names = sorted(name for name in os.listdir(packages) if name.endswith(".pth"))
    for name in names:
        with open(os.path.join(packages, name), encoding="utf-8") as file:
            folders = [line.strip() for line in file if line.strip().endswith("site-packages")]
        if folders:
            return folders[0]
    return None


def _measure(name: str, path: str, size: int, seconds: float) -> TreeResult:
    found: Counter[str] = Counter()
    places: dict[str, list[str]] = {}
    unread: Counter[str] = Counter()
    files = read = 0
    in_time, end = True, monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        _sample(path, folder, size)
        for result in scanner.scan(folder, config=ScanConfig((), names=NamesMode.TABLES, workers=WorkerConfig(processes=0))):
            whole = result.outcome.status.name == "SCANNED"
            files, read = files + whole, read + result.bytes_read
            if not whole:
                unread[result.outcome.reason.name if result.outcome.reason else result.outcome.status.name] += 1
            for detection in result.detections:
                found[detection.identifier] += detection.count
                places.setdefault(detection.identifier, []).append(result.object.ref.key)
            if monotonic() > end:
                in_time = False
                break
    return TreeResult(name, files, read, dict(unread), in_time, dict(found), {label: there[:10] for label, there in places.items()})


def _sample(path: str, folder: str, size: int) -> None:
    """Copies files in an order that has nothing to do with their names, the same each time, until `size` is reached."""
    left = size
    for key in sorted(_texts(path), key=lambda key: hashlib.sha256(key.encode()).digest()):
        left -= os.path.getsize(os.path.join(path, key))
        if left < 0:
            return
        target = os.path.join(folder, key)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(os.path.join(path, key), target)


def _texts(path: str) -> Iterator[str]:
    for folder, folders, names in os.walk(path):
        if folder == path:
            folders[:] = [each for each in folders if each not in _APART]
        yield from (os.path.relpath(os.path.join(folder, name), path) for name in names if name.endswith(_ENDINGS))


def main() -> None:
    """Measures and prints the table, and where things were found."""
    # Here, not above: the report knows of trees.
    from benchmarks.accuracy.report import tree_lines

    print("\n".join(tree_lines(measure_trees())))


if __name__ == "__main__":
    main()
