"""Some objects of a source, chosen beforehand."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Reason
from scanner.sources.base import Source
from scanner.sources.files import skipped


class PickedSource:
    """Only `picked` of `inner`, and what is gone. It covers nothing as a whole, so that no other object is missed in it."""

    def __init__(self, inner: Source, picked: Sequence[StoredObject], gone: Sequence[ObjectRef] = ()) -> None:
        self.inner = inner
        self._picked = picked
        self._gone = gone

    def __reduce__(self) -> tuple[object, ...]:
        return _itself, (self.inner,)

    @property
    def root(self) -> ObjectRef:
        """Nothing in particular: the empty reference."""
        return ObjectRef("", "", "")

    def portable(self, stored: StoredObject) -> bool:
        """As `inner`."""
        return self.inner.portable(stored)

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """What is gone, then the objects by name."""
        for ref in sorted(self._gone):
            yield skipped(ref, 0, Reason.GONE, "it was there in an earlier run")
        yield from sorted(self._picked, key=lambda stored: stored.ref)

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """As `inner`."""
        self.inner.expect(coming, until)

    def open(self, stored: StoredObject) -> BinaryIO:
        """As `inner`."""
        return self.inner.open(stored)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        """As `inner`."""
        return self.inner.current(stored, stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """As `inner`."""
        return self.inner.described(stored)

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        """As `inner`."""
        return self.inner.unchanged(stored, stream)


def _itself(inner: Source) -> Source:
    return inner
