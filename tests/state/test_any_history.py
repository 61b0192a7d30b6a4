"""Whatever happens to a tree between runs, a run that comes to its end knows what a fresh scan of everything finds."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from identifiers.model import Identifier
from scanner.config import ScanConfig, WorkerConfig
from scanner.engine.plan import TaskSizes
from scanner.engine.scan import Scan
from scanner.errors import ReadError
from scanner.model.life import Life
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Reason
from scanner.model.result import ObjectResult
from scanner.sources.directory import DirectorySource
from scanner.sources.options import SourceOptions
from scanner.state.lives import Look, look_of
from scanner.state.objects import ObjectTable
from scanner.state.recorder import Recorder
from scanner.state.replay import replay
from scanner.state.store import open_store
from scanner.state.upkeep import problems
from tests.state.conftest import COLOUR, FRUIT, custom

ALL_KEYS = ("a.txt", "b.csv", "sub/a.txt", "sub/b.json", "sub/deep/c.txt", "sub2/d.txt", "z.bin")
KEYS = st.sampled_from(ALL_KEYS)
CONTENTS = st.sampled_from(
    [
        b"",
        b"nothing\n",
        b"red\n",
        b"red and blue, apple\n",
        b"\nred\n",
        b"name,paint\nx,red\ny,pear\n",
        b'{"paint": "green", "eat": ["pear", "apple"]}\n',
        b"\x00\x01\x02\x03" * 64,
        b"red " * 3 + b"pear\n",
    ]
)
RULES: list[tuple[Identifier, ...]] = [
    (COLOUR,),
    (COLOUR, FRUIT),
    (FRUIT,),
    (custom("COLOUR", "red|blue"), FRUIT),
    (custom("COLOUR", "red", least=2),),
]
FILTERS = st.sampled_from([{}, {"include": ("*.txt",)}, {"exclude": ("sub/",)}, {"max_size": 12}, {"folder_depth": 0}])

Found = dict[str, dict[str, tuple[int, tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class Guarded:
    """A folder in which some files may be listed and not read."""

    inner: DirectorySource
    denied: frozenset[str]

    @property
    def root(self) -> ObjectRef:
        return self.inner.root

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        return self.inner.objects()

    def portable(self, stored: StoredObject) -> bool:
        return self.inner.portable(stored)

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        self.inner.expect(coming, until)

    def open(self, stored: StoredObject) -> BinaryIO:
        if stored.ref.key in self.denied:
            raise ReadError(Reason.ACCESS_DENIED, "Permission denied")
        return self.inner.open(stored)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        return self.inner.current(stored, stream)

    def described(self, stored: StoredObject) -> StoredObject:
        return stored

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        return self.inner.unchanged(stored, stream)


class History(RuleBasedStateMachine):
    """A tree, what is done to it, and runs over it."""

    @initialize()
    def begin(self) -> None:
        self.base = tempfile.mkdtemp()
        self.tree = os.path.join(self.base, "tree")
        self.state = os.path.join(self.base, "state.db")
        os.mkdir(self.tree)
        self.environment = {"XDG_STATE_HOME": self.base, "XDG_CACHE_HOME": tempfile.gettempdir()}
        self.now = 1_000_000_000
        self.wanted: tuple[Identifier, ...] = RULES[0]
        self.denied: set[str] = set()
        # Of each object what was open when a run that came to its end last looked at it.
        self.told: Found = {}
        # Of these a run that was broken off may have found something else, which is told when a run next looks at them.
        self.untold: set[str] = set()

    def teardown(self) -> None:
        shutil.rmtree(self.base)

    @rule(key=KEYS, content=CONTENTS)
    def write(self, key: str, content: bytes) -> None:
        path = os.path.join(self.tree, key)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        self.touch(key)

    @rule(key=KEYS)
    def touch(self, key: str) -> None:
        path = os.path.join(self.tree, key)
        if os.path.exists(path):
            self.now += 1
            os.utime(path, (self.now, self.now))

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        path = os.path.join(self.tree, key)
        if os.path.exists(path):
            os.unlink(path)

    @rule(key=KEYS, other=KEYS)
    def rename(self, key: str, other: str) -> None:
        if os.path.exists(os.path.join(self.tree, key)):
            os.makedirs(os.path.dirname(os.path.join(self.tree, other)), exist_ok=True)
            os.replace(os.path.join(self.tree, key), os.path.join(self.tree, other))

    @rule(key=KEYS)
    def deny_or_allow(self, key: str) -> None:
        self.denied ^= {key}

    @rule(rules=st.sampled_from(RULES))
    def look_for(self, rules: tuple[Identifier, ...]) -> None:
        self.wanted = rules

    @rule(after=st.integers(0, 6))
    def break_off(self, after: int) -> None:
        """Nothing that was not committed is left of the run, as if it had been killed."""
        with open_store(self.state, write=True) as store:
            memory = Recorder(store)
            for _ in islice(self.scan(SourceOptions(), memory), after):
                pass
        self.untold = set(ALL_KEYS)

    @rule(options=FILTERS)
    def look_at_less(self, options: dict[str, object]) -> None:
        """A run with a narrower scope ends nothing that it does not look at."""
        before = self.opened()
        with open_store(self.state, write=True) as store:
            memory = Recorder(store)
            scan = self.scan(replace(SourceOptions(), **options), memory)  # type: ignore[arg-type]
            looked_at = {one.object.ref.key for one in scan if look_of(one.outcome) in {Look.WHOLE, Look.GONE}}
            memory.finish(scan.summary())
        after = self.opened()
        for key, found in before.items():
            assert key in looked_at or after.get(key) == found, key
        self.tell(after, looked_at)

    @rule(full=st.booleans())
    def run_to_the_end(self, full: bool) -> None:
        with open_store(self.state, write=True) as store:
            memory = Recorder(store, full=full)
            scan = self.scan(SourceOptions(), memory)
            results = list(scan)
            memory.finish(scan.summary())
            assert list(problems(store)) == []
            again = [plain(one) for one in replay(store)[1] if one.outcome.reason is not Reason.GONE]
        met = [one for one in results if one.outcome.reason is not Reason.GONE]
        assert not (full and any(one.life and one.life.unchanged for one in met))
        fresh = self.fresh(met)
        assert [plain(one) for one in met] == fresh
        assert again == fresh
        self.check_open(fresh)
        self.check_lives(results, fresh)
        self.tell(self.opened(), set(ALL_KEYS) - hidden_in(fresh))

    def fresh(self, met: list[ObjectResult]) -> list[ObjectResult]:
        """What a scan of everything finds, by somebody who may still read what need not be read again."""
        unchanged = {one.object.ref.key for one in met if one.life and one.life.unchanged}
        allowed = {one.object.ref.key: one for one in self.scan(SourceOptions(), None, frozenset())}
        plainly = (allowed[one.object.ref.key] if one.object.ref.key in unchanged else one for one in self.scan(SourceOptions(), None))
        return [plain(one) for one in plainly]

    def tell(self, opened: Found, looked_at: set[str]) -> None:
        """A run came to its end: what is open in these objects is known now."""
        self.untold -= looked_at
        for key in looked_at:
            self.told.pop(key, None)
            if key in opened:
                self.told[key] = opened[key]

    def check_open(self, fresh: list[ObjectResult]) -> None:
        """What is open is what a fresh scan finds, and besides what it cannot see."""
        opened, there, hidden = self.opened(), found_in(fresh, self.least), hidden_in(fresh)
        assert {key: found for key, found in opened.items() if key not in hidden} == there
        assert opened.keys() - there.keys() <= hidden

    def check_lives(self, results: list[ObjectResult], fresh: list[ObjectResult]) -> None:
        there, hidden = found_in(fresh, self.least), hidden_in(fresh)
        lives = {one.object.ref.key: one.life.finding for one in results if one.life}
        for key in (self.told.keys() | there.keys()) - self.untold:
            before, now = self.told.get(key, {}), there.get(key, {})
            if key in hidden:
                assert lives[key] is Life.UNSEEN, key
            elif not now:
                assert lives[key] is Life.RESOLVED, key
            elif not before:
                assert lives[key] is Life.NEW, key
            elif before == now:
                assert lives[key] is Life.UNCHANGED, key
            else:
                assert lives[key] is Life.CHANGED, key

    @invariant()
    def nothing_is_doubled(self) -> None:
        if hasattr(self, "state") and os.path.exists(self.state):
            with open_store(self.state) as store:
                assert store.one("SELECT 1 FROM object GROUP BY place, key, version HAVING count(*) > 1") is None

    @property
    def least(self) -> dict[str, int]:
        return {one.id: one.severity_levels[0].occurrences for one in self.wanted}

    def scan(self, options: SourceOptions, memory: Recorder | None, denied: frozenset[str] | None = None) -> Scan:
        source = Guarded(DirectorySource(self.tree, options), frozenset(self.denied) if denied is None else denied)
        config = ScanConfig((self.tree,), workers=WorkerConfig(processes=0))
        sizes = TaskSizes(batch_objects=2)
        return Scan(config, identifiers=self.wanted, source=source, environment=self.environment, memory=memory, sizes=sizes)

    def opened(self) -> Found:
        """Key -> identifier -> number and values of what is open."""
        if not os.path.exists(self.state):
            return {}
        opened: Found = {}
        with open_store(self.state) as store:
            rows = store.rows(
                "SELECT id, key FROM object WHERE id IN (SELECT object FROM detection WHERE resolved IS NULL AND severity NOTNULL)"
            )
            table = ObjectTable(store)
            for number, path in list(rows):
                assert isinstance(number, int)
                assert isinstance(path, bytes)
                kept = {name: row for name, row in table.detections(number).items() if row.is_open}
                key = os.path.relpath(os.fsdecode(path), self.tree)
                opened[key] = {name: (row.count, tuple(sorted(one.fingerprint for one in row.occurrences))) for name, row in kept.items()}
        return opened


def plain(result: ObjectResult) -> ObjectResult:
    """What any scan would say of the object as it is."""
    return replace(result, life=None, bytes_read=0)


def hidden_in(results: list[ObjectResult]) -> set[str]:
    """Keys of what could not be looked at, or not wholly."""
    return {one.object.ref.key for one in results if look_of(one.outcome) is not Look.WHOLE}


def found_in(results: list[ObjectResult], least: dict[str, int]) -> Found:
    """Key -> identifier -> number and values of what makes a finding."""
    found = {
        one.object.ref.key: {
            each.identifier: (each.count, tuple(sorted(two.fingerprint for two in each.occurrences)))
            for each in one.detections
            if each.count >= least[each.identifier]
        }
        for one in results
        if look_of(one.outcome) is Look.WHOLE
    }
    return {key: detections for key, detections in found.items() if detections}


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=int(os.environ.get("DOWSE_HISTORIES", "8")), stateful_step_count=14, deadline=None)
