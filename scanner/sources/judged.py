"""A source of which only a part is offered for reading, as somebody else judges."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, Final, TypeAlias

from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.sources.base import Source

Judge: TypeAlias = Callable[[StoredObject], StoredObject | Unlisted]

_AT_ONCE: Final = 16


class JudgedSource:
    """`inner`, of which some objects are met as not offered. In other processes, which only open, it is just `inner`.

    :param judge: the object, or what became of it instead
    :param slow: whether judging an object may take a request, so that it is better done of many at once, by several threads
    """

    def __init__(self, inner: Source, judge: Judge, slow: Callable[[StoredObject], bool] = lambda _stored: False) -> None:
        self.inner = inner
        self._judge = judge
        self._slow = slow

    def __reduce__(self) -> tuple[object, ...]:
        return _itself, (self.inner,)

    @property
    def root(self) -> ObjectRef:
        """As `inner`."""
        return self.inner.root

    def portable(self, stored: StoredObject) -> bool:
        """As `inner`."""
        return self.inner.portable(stored)

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """As `inner` lists them and the judge has it; what `inner` does not offer is nobody's to judge."""
        met = iter(self.inner.objects())
        with ThreadPoolExecutor(_AT_ONCE, "judge") as pool:
            while several := list(itertools.islice(met, 8 * _AT_ONCE)):
                slow = any(isinstance(one, StoredObject) and self._slow(one) for one in several)
                yield from pool.map(self._judged, several) if slow else map(self._judged, several)

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

    def _judged(self, met: StoredObject | Unlisted) -> StoredObject | Unlisted:
        return met if isinstance(met, Unlisted) else self._judge(met)


def _itself(inner: Source) -> Source:
    return inner
