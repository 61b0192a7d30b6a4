"""What every source must do. A source's own test class inherits it and says how to make one."""

import os
import pickle
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from scanner.errors import ReadError
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.outcome import Reason
from scanner.sources.base import Source


class SourceSuite(ABC):
    @abstractmethod
    def source(self, folder: Path) -> Source:
        """A source with exactly the objects of `contents`, each time as new; `folder` is empty."""

    @abstractmethod
    def contents(self) -> dict[str, bytes]:
        """Key -> bytes."""

    def remove(self, folder: Path, key: str) -> None:
        """Takes one object away behind the source's back; only asked for what is portable."""
        os.remove(os.path.join(folder, key))

    def test_every_object_is_listed_once_in_the_order_of_the_bytes_of_its_key(self, tmp_path: Path) -> None:
        keys = [listed.ref.key for listed in self.source(tmp_path).objects()]
        assert keys == sorted(self.contents(), key=os.fsencode)

    def test_every_object_gives_its_bytes(self, tmp_path: Path) -> None:
        source = self.source(tmp_path)
        for stored in _stored(source):
            with source.open(stored) as stream:
                assert stream.read() == self.contents()[stored.ref.key]

    def test_an_object_that_nobody_touches_is_unchanged_after_reading(self, tmp_path: Path) -> None:
        source = self.source(tmp_path)
        for stored in _stored(source):
            with source.open(stored) as stream:
                stream.read()
                assert source.unchanged(stored, stream)

    def test_what_is_current_right_after_listing_is_what_was_listed(self, tmp_path: Path) -> None:
        source = self.source(tmp_path)
        for stored in _stored(source):
            with source.open(stored) as stream:
                assert source.current(stored, stream) == stored

    def test_a_known_size_is_the_true_size(self, tmp_path: Path) -> None:
        for stored in _stored(self.source(tmp_path)):
            assert stored.size in {0, len(self.contents()[stored.ref.key])}

    def test_all_objects_lie_under_the_root(self, tmp_path: Path) -> None:
        source = self.source(tmp_path)
        for stored in _stored(source):
            assert source.root in {stored.ref, replace(stored.ref, key=""), ObjectRef("", "", "")}

    def test_what_is_portable_opens_after_pickling(self, tmp_path: Path) -> None:
        source = self.source(tmp_path)
        for stored in _stored(source):
            if source.portable(stored):
                with pickle.loads(pickle.dumps(source)).open(pickle.loads(pickle.dumps(stored))) as stream:  # noqa: S301 - our own
                    assert stream.read() == self.contents()[stored.ref.key]

    def test_an_object_that_is_not_there_any_more_is_gone(self, tmp_path: Path) -> None:
        source = self.source(tmp_path)
        for stored in _stored(source):
            if source.portable(stored):
                self.remove(tmp_path, stored.ref.key)
                with pytest.raises(ReadError) as caught:
                    source.open(stored)
                assert caught.value.reason is Reason.GONE


def _stored(source: Source) -> list[StoredObject]:
    listed = list(source.objects())
    assert all(isinstance(one, StoredObject) for one in listed)
    return [one for one in listed if isinstance(one, StoredObject)]


@contextmanager
def without_privileges() -> Iterator[None]:
    """Runs as a user whom permissions bind, also where the tests run as root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)
