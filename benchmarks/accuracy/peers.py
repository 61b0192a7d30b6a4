"""Other tools on the same items: peers.toml says what their labels mean, peer_finders.py runs them in their own environment."""

import json
import os
import subprocess
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from benchmarks.accuracy.build import HERE, Item
from benchmarks.accuracy.score import Found, Known, Score, expected, judge, optional_unless

PYTHON: Final = os.path.join(os.path.dirname(os.path.dirname(HERE)), ".venv-peers", "bin", "python")
_FAMILY: Final = "family:"


@dataclass(frozen=True, slots=True)
class Beside:
    """A peer and Dowse on those items of one family that the peer has a label for."""

    peer: str
    family: str
    theirs: Score
    ours: Score


def labels() -> dict[str, dict[str, list[str]]]:
    """peers.toml: for each peer its labels, and the identifiers they mean."""
    with open(os.path.join(HERE, "peers.toml"), "rb") as file:
        return tomllib.load(file)


def versions() -> dict[str, str]:
    """Which peers there are to run; empty without their environment."""
    if not os.path.exists(PYTHON):
        return {}
    names = list(labels())
    program = (
        "import importlib.metadata as m, json;"
        f"names = {names!r}; there = {{d.metadata['Name'].replace('_', '-'): d.version for d in m.distributions()}};"
        "print(json.dumps({name: there[name] for name in names if name in there}))"
    )
    told: dict[str, str] = json.loads(subprocess.run([PYTHON, "-P", "-c", program], check=True, stdout=subprocess.PIPE).stdout)
    return told


def compare(items: Sequence[Item], ours: Sequence[Found], folder: str, peers: Iterable[str]) -> list[Beside]:
    """Each peer beside Dowse, family by family, over the same files.

    :param ours: what Dowse found below `folder`
    """
    rows = []
    for peer in peers:
        meanings = labels()[peer]
        known = _known(peer, meanings)
        theirs = judge(_covered(items, known), _run(peer, folder, meanings), known).by_family
        mine = judge(_covered(items, known), ours).by_family
        families = sorted({family for name, (family, right) in known.items() if len(right) > 1 and name in _sensitive(items)})
        rows += [Beside(peer, family, theirs[family], mine[family]) for family in families]
    return rows


def _sensitive(items: Iterable[Item]) -> set[str]:
    return {item.generator for item in items if item.sensitive}


def _run(peer: str, folder: str, meanings: Mapping[str, object]) -> list[Found]:
    script = os.path.join(HERE, "peer_finders.py")
    done = subprocess.run([PYTHON, "-P", script, peer, folder], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    found = json.loads(done.stdout.splitlines()[-1])
    return [Found(file, f"{peer}:{label}", start, end) for file, label, start, end in found if label in meanings]


def _known(peer: str, meanings: Mapping[str, Sequence[str]]) -> Known:
    """As `expected`, the peer's labels in place of our identifiers behind the first."""
    return {
        name: (family, (right[0], *(f"{peer}:{label}" for label, means in meanings.items() if _means(means, family, right))))
        for name, (family, right) in expected().items()
    }


def _means(means: Sequence[str], family: str, right: Sequence[str]) -> bool:
    return any(one == _FAMILY + family or any(fnmatchcase(each, one) for each in right) for one in means)


def _covered(items: Iterable[Item], known: Known) -> list[Item]:
    """Items the peer has no label for need not be found by anyone."""
    return optional_unless(items, lambda generator: len(known[generator][1]) > 1)
