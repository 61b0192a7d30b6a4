"""A source that holds its objects in memory, some of which do harm when they are opened, and workers that do harm on their own."""

import ctypes
import io
import os
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from identifiers.model import Category, Certainty, Identifier, Pattern, Severity, SeverityLevel
from scanner.engine.executor import TaskRunner
from scanner.engine.task import Done, Task
from scanner.errors import ReadError
from scanner.model.objects import ObjectFacts, ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import SCANNED, Outcome, Reason, Status
from scanner.model.result import ObjectResult

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MIB = 1024 * 1024
COLOUR = Identifier(
    id="COLOUR",
    name="Colour",
    category=Category.CUSTOM,
    patterns=(Pattern(r"red|blue", alone=Certainty.HIGH, max_length=4),),
    severity_levels=(SeverityLevel(1, Severity.LOW), SeverityLevel(3, Severity.HIGH)),
)


def ref(key: str) -> ObjectRef:
    return ObjectRef("shelf", "b", key)


def stored(key: str, size: int = 1, etag: str = "1") -> StoredObject:
    return StoredObject(ref(key), size, etag=etag)


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(3)


def hang() -> None:
    while True:
        time.sleep(60)


def freeze() -> None:
    # A call into C that keeps all other threads from running.
    ctypes.PyDLL(None).sleep(60)


def eat() -> None:
    hoard = []
    while True:
        # Address space that is never written to, so that it takes no time.
        hoard.append(np.empty(64 * MIB, np.uint8))


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def pause() -> None:
    time.sleep(0.2)


def stumble() -> None:
    raise LookupError("219-22-9999")


def be_denied() -> None:
    raise ReadError(Reason.ACCESS_DENIED, "Permission denied")


def be_gone() -> None:
    raise ReadError(Reason.GONE)


HARM = {
    "abort": abort,
    "leave": leave,
    "hang": hang,
    "freeze": freeze,
    "eat": eat,
    "killed": be_killed,
    "pause": pause,
    "stumble": stumble,
    "denied": be_denied,
    "gone": be_gone,
}


class BrokenStream(io.BytesIO):
    """Gives its bytes, and then an error of the system where the end should be."""

    def read(self, size: int | None = -1, /) -> bytes:
        return self._or_error(super().read(size))

    def read1(self, size: int | None = -1, /) -> bytes:
        return self._or_error(super().read1(size))

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        count = super().readinto(buffer)
        if not count:
            raise OSError(5, "Input/output error")
        return count

    def _or_error(self, data: bytes) -> bytes:
        if not data:
            raise OSError(5, "Input/output error")
        return data


@dataclass(frozen=True)
class Shelf:
    """A source.

    :param contents: key -> bytes, or the name of the harm that opening does
    :param unlisted: keys that are met but not offered
    :param broken: keys whose streams end with an error
    :param restless: keys that are written to each time they are read
    :param rewritten: key -> bytes that replaced those that were listed
    :param once: folder for marks; a harm strikes only where it left no mark yet
    :param here: keys that no other process can open
    """

    contents: Mapping[str, bytes | str]
    unlisted: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    restless: tuple[str, ...] = ()
    rewritten: Mapping[str, bytes] = field(default_factory=dict)
    once: str = ""
    here: tuple[str, ...] = ()

    @property
    def root(self) -> ObjectRef:
        return ref("")

    def portable(self, stored: StoredObject) -> bool:
        return stored.ref.key not in self.here

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        for key in sorted([*self.contents, *self.unlisted]):
            if key in self.unlisted:
                yield Unlisted(ref(key), 7, Outcome(Status.SKIPPED, Reason.EXCLUDED, "as asked"))
            else:
                yield StoredObject(ref(key), len(self.contents[key]), etag="1")

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        pass

    def open(self, stored: StoredObject) -> BinaryIO:
        key = stored.ref.key
        content = self.rewritten.get(key, self.contents[key])
        if isinstance(content, str):
            if self._strikes(key):
                HARM[content]()
            content = b"red\n"
        return BrokenStream(content) if key in self.broken else io.BytesIO(content)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:  # noqa: ARG002 - the shelf knows without looking
        if stored.ref.key not in self.rewritten:
            return stored
        return replace(stored, size=len(self.rewritten[stored.ref.key]), etag="2")

    def described(self, stored: StoredObject) -> StoredObject:
        return replace(stored, facts=ObjectFacts("AES256"))

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:  # noqa: ARG002 - as current
        return stored.ref.key not in self.restless

    def _strikes(self, key: str) -> bool:
        if not self.once:
            return True
        mark = os.path.join(self.once, key)
        if os.path.exists(mark):
            return False
        with open(mark, "w"):
            return True


@dataclass(frozen=True)
class Harmful:
    """The setup of a worker that does what the key of each entry says."""

    memory_bytes: int = 1024 * MIB
    appetite: int = 0
    broken: bool = False

    def build(self) -> TaskRunner:
        bytearray(self.appetite)
        if self.broken:
            raise ValueError("no such rule")
        return do_harm


def do_harm(task: Task) -> Iterator[Done]:
    for entry in task.entries:
        harm = HARM.get(entry.stored.ref.key.partition(".")[0])
        if harm:
            harm()
        yield ObjectResult(entry.stored, SCANNED, media_type=str(os.getpid()))
