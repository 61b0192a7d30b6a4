"""A file as a target."""

import os
from pathlib import Path

from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Reason
from scanner.sources.options import SourceOptions
from scanner.sources.single_file import SingleFileSource
from tests.acceptance.source_suite import SourceSuite


class TestSingleFileSuite(SourceSuite):
    def source(self, folder: Path) -> SingleFileSource:
        (folder / "sales 2026.csv").write_bytes(b"a,b\n1,2\n")
        (folder / "neighbour.csv").write_bytes(b"not named")
        return SingleFileSource(str(folder), "sales 2026.csv", SourceOptions())

    def contents(self) -> dict[str, bytes]:
        return {"sales 2026.csv": b"a,b\n1,2\n"}


def test_the_folder_is_the_bucket_and_the_name_is_the_key(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"x")
    (one,) = SingleFileSource(str(tmp_path), "x.txt", SourceOptions()).objects()
    assert one.ref == ObjectRef("file", str(tmp_path), "x.txt")


def test_a_link_that_the_user_named_is_read_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"here")
    os.symlink("real.txt", tmp_path / "link.txt")
    source = SingleFileSource(str(tmp_path), "link.txt", SourceOptions())
    (one,) = source.objects()
    assert isinstance(one, StoredObject)
    assert one.ref.key == "link.txt"
    with source.open(one) as stream:
        assert stream.read() == b"here"


def test_filters_hold_for_a_named_file_too(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x" * 11)
    (one,) = SingleFileSource(str(tmp_path), "big.txt", SourceOptions(max_size=10)).objects()
    assert isinstance(one, Unlisted)
    assert (one.outcome.reason, one.outcome.detail, one.size) == (Reason.EXCLUDED, "larger than 10 bytes", 11)


def test_a_file_that_is_gone_before_it_is_listed_is_an_outcome(tmp_path: Path) -> None:
    (one,) = SingleFileSource(str(tmp_path), "gone", SourceOptions()).objects()
    assert isinstance(one, Unlisted)
    assert one.outcome.reason is Reason.GONE
