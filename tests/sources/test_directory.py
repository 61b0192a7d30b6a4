"""Folders, with all that may lie in them."""

import os
import socket
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import ReadError, TargetError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.directory import DirectorySource
from scanner.sources.files import modified_at
from scanner.sources.options import SourceOptions
from tests.acceptance.source_suite import SourceSuite, without_privileges

ODD_NAMES = ["a b", "new\nline", "tab\t", "\udcff\udcfe.csv", "ü" * 125, "-rf", "#x", "[bold]", "\x1b[31m", "é", "e\u0301", "...", "~"]


class TestDirectorySuite(SourceSuite):
    def source(self, folder: Path) -> DirectorySource:
        for key, content in self.contents().items():
            write(folder, key, content)
        return DirectorySource(str(folder), SourceOptions())

    def contents(self) -> dict[str, bytes]:
        plain = {"b/c/deep.txt": b"deep", "a/x.csv": b"1,2\n", "a-b": b"between", "a.txt": b"first", "b": b""}
        del plain["b"]
        return plain | {f"odd/{name}": name.encode("utf-8", "surrogateescape") for name in ODD_NAMES}


def write(folder: Path, key: str, content: bytes = b"x") -> None:
    path = os.path.join(folder, key)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as stream:
        stream.write(content)


def listing(folder: Path | str, options: SourceOptions | None = None, others: frozenset[str] = frozenset()) -> dict[str, Reason | None]:
    listed = DirectorySource(str(folder), options or SourceOptions(), others).objects()
    return {one.ref.key: one.outcome.reason if isinstance(one, Unlisted) else None for one in listed}


def only(folder: Path, options: SourceOptions | None = None) -> Unlisted:
    (one,) = DirectorySource(str(folder), options or SourceOptions()).objects()
    assert isinstance(one, Unlisted)
    return one


def stored(folder: Path) -> tuple[DirectorySource, StoredObject]:
    source = DirectorySource(str(folder), SourceOptions())
    (one,) = source.objects()
    assert isinstance(one, StoredObject)
    return source, one


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)  # noqa: S103 - the very point of it
        yield Path(name)


def test_an_object_carries_its_facts(tmp_path: Path) -> None:
    write(tmp_path, "a/b.csv", b"hello")
    os.utime(tmp_path / "a/b.csv", ns=(0, 1_767_225_600_123_456_789))
    _, one = stored(tmp_path)
    inode = os.stat(tmp_path / "a/b.csv").st_ino
    assert one.ref == ObjectRef("file", str(tmp_path), "a/b.csv")
    assert (one.size, one.modified) == (5, datetime(2026, 1, 1, 0, 0, 0, 123456, UTC))
    assert one.etag == f"5-{1_767_225_600_123_456_789:x}-{inode:x}"


def test_an_empty_folder_lists_nothing(tmp_path: Path) -> None:
    assert listing(tmp_path) == {}


def test_an_empty_file_is_skipped_as_empty(tmp_path: Path) -> None:
    write(tmp_path, "nothing", b"")
    assert only(tmp_path).outcome == Outcome(Status.SKIPPED, Reason.EMPTY)


def test_a_symbolic_link_is_skipped_whatever_it_leads_to(tmp_path: Path) -> None:
    write(tmp_path, "real/file")
    os.symlink("real", tmp_path / "to-folder")
    os.symlink("real/file", tmp_path / "to-file")
    os.symlink("nowhere", tmp_path / "dangling")
    assert listing(tmp_path) == {
        "dangling": Reason.SYMLINK,
        "real/file": None,
        "to-file": Reason.SYMLINK,
        "to-folder": Reason.SYMLINK,
    }


def test_special_files_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket"))
        assert listing(tmp_path) == {"fifo": Reason.SPECIAL_FILE, "socket": Reason.SPECIAL_FILE}


def test_a_file_that_became_a_fifo_after_listing_is_refused_without_waiting(tmp_path: Path) -> None:
    write(tmp_path, "file")
    source, one = stored(tmp_path)
    os.remove(tmp_path / "file")
    os.mkfifo(tmp_path / "file")
    with pytest.raises(ReadError) as caught:
        source.open(one)
    assert (caught.value.reason, caught.value.detail) == (Reason.SPECIAL_FILE, "it has become a FIFO")


def test_a_folder_that_may_not_be_read_fails_and_the_walk_goes_on(public_folder: Path) -> None:
    for key in ("a", "locked/inside", "z"):
        write(public_folder, key)
    os.chmod(public_folder / "locked", 0)
    with without_privileges():
        assert listing(public_folder) == {"a": None, "locked/": Reason.ACCESS_DENIED, "z": None}


def test_a_file_that_may_not_be_read_is_listed_and_denied_at_opening(public_folder: Path) -> None:
    write(public_folder, "locked")
    os.chmod(public_folder / "locked", 0)
    with without_privileges():
        source, one = stored(public_folder)
        with pytest.raises(ReadError) as caught:
            source.open(one)
    assert caught.value.reason is Reason.ACCESS_DENIED


def test_a_file_that_vanishes_during_the_walk_is_gone(tmp_path: Path) -> None:
    for key in ("a", "b", "c"):
        write(tmp_path, key)
    walk = DirectorySource(str(tmp_path), SourceOptions()).objects()
    first = next(walk)
    os.remove(tmp_path / "b")
    second, third = walk
    assert [one.ref.key for one in (first, second, third)] == ["a", "b", "c"]
    assert isinstance(second, Unlisted)
    assert second.outcome == Outcome(Status.SKIPPED, Reason.GONE, "No such file or directory")


def test_a_folder_swapped_for_a_link_during_the_walk_leads_nowhere(tmp_path: Path) -> None:
    write(tmp_path, "tree/a")
    write(tmp_path, "tree/folder/file")
    write(tmp_path, "outside/file", b"not ours")
    walk = DirectorySource(str(tmp_path / "tree"), SourceOptions()).objects()
    next(walk)
    os.rename(tmp_path / "tree/folder", tmp_path / "tree/moved")
    os.symlink(tmp_path / "outside", tmp_path / "tree/folder")
    (second,) = walk
    assert isinstance(second, Unlisted)
    assert (second.ref.key, second.outcome.reason) == ("folder/", Reason.GONE)


def test_a_parent_swapped_for_a_link_after_listing_does_not_lead_out(tmp_path: Path) -> None:
    write(tmp_path, "tree/folder/file")
    write(tmp_path, "outside/file", b"not ours")
    source, one = stored(tmp_path / "tree")
    os.rename(tmp_path / "tree/folder", tmp_path / "moved")
    os.symlink(tmp_path / "outside", tmp_path / "tree/folder")
    with pytest.raises(ReadError) as caught:
        source.open(one)
    assert caught.value.reason is Reason.GONE


def test_a_file_that_grows_while_it_is_read_is_changed(tmp_path: Path) -> None:
    write(tmp_path, "file", b"one")
    source, one = stored(tmp_path)
    with source.open(one) as stream:
        write(tmp_path, "file", b"one and more")
        assert not source.unchanged(one, stream)
        now = source.current(one, stream)
        assert (now.ref, now.size) == (one.ref, 12)
        assert source.unchanged(now, stream)


def test_a_file_replaced_since_it_was_listed_is_changed(tmp_path: Path) -> None:
    write(tmp_path, "file", b"one")
    source, one = stored(tmp_path)
    before = os.stat(tmp_path / "file")
    write(tmp_path, "other", b"two")
    os.utime(tmp_path / "other", ns=(before.st_atime_ns, before.st_mtime_ns))
    os.replace(tmp_path / "other", tmp_path / "file")
    with source.open(one) as stream:
        assert not source.unchanged(one, stream)


def test_a_tree_deeper_than_any_path_may_be_long_is_walked_and_read(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(600):
        os.mkdir("level" * 4, dir_fd=folder)
        below = os.open("level" * 4, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    with os.fdopen(os.open("bottom", os.O_WRONLY | os.O_CREAT, dir_fd=folder), "wb") as stream:
        stream.write(b"found")
    os.close(folder)
    source, one = stored(tmp_path)
    assert one.ref.key == ("level" * 4 + "/") * 600 + "bottom"
    with source.open(one) as stream:
        assert stream.read() == b"found"


def test_a_wide_tree_takes_few_descriptors(tmp_path: Path) -> None:
    for key in ("a/b/c/d/e/f", "a/b/c/g", "a/h", "i/j/k"):
        write(tmp_path, key)
    walk = DirectorySource(str(tmp_path), SourceOptions()).objects()
    before = len(os.listdir("/proc/self/fd"))
    held = [len(os.listdir("/proc/self/fd")) - before for _ in walk]
    assert held == [1, 1, 1, 1]
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_walk_that_is_given_up_leaves_no_descriptor_open(tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path, "b")
    before = os.listdir("/proc/self/fd")
    walk = DirectorySource(str(tmp_path), SourceOptions()).objects()
    next(walk)
    del walk
    assert len(os.listdir("/proc/self/fd")) == len(before)


def test_a_time_that_no_calendar_has_is_no_time() -> None:
    far = os.stat_result((0,) * 10, {"st_mtime_ns": 2**62 * 1_000_000})
    assert modified_at(far) is None


def test_a_folder_removed_before_the_walk_is_a_target_error(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    source = DirectorySource(str(tmp_path / "folder"), SourceOptions())
    (tmp_path / "folder").rmdir()
    with pytest.raises(TargetError, match="cannot be listed: No such file or directory"):
        list(source.objects())


# what the user leaves out


def test_excluded_files_are_said_to_be_excluded(tmp_path: Path) -> None:
    write(tmp_path, "data.csv")
    write(tmp_path, "notes.log", b"0123456789")
    (_, one) = DirectorySource(str(tmp_path), SourceOptions(exclude=("*.log",))).objects()
    assert one == Unlisted(
        ObjectRef("file", str(tmp_path), "notes.log"), 10, Outcome(Status.SKIPPED, Reason.EXCLUDED, "matches an exclude pattern")
    )


def test_an_excluded_folder_is_one_entry_and_is_not_entered(public_folder: Path) -> None:
    write(public_folder, "keep/node_modules/a/b")
    os.chmod(public_folder / "keep/node_modules", 0)
    with without_privileges():
        one = only(public_folder, SourceOptions(exclude=("node_modules/",)))
    assert one.ref.key == "keep/node_modules/"
    assert one.outcome.detail == "matches an exclude pattern, with everything in it"


def test_only_what_an_include_pattern_matches_is_listed_and_exclude_wins(tmp_path: Path) -> None:
    for key in ("a.csv", "a.txt", "old/b.csv", "old/tmp/c.csv"):
        write(tmp_path, key)
    options = SourceOptions(include=("*.csv",), exclude=("tmp/",))
    assert listing(tmp_path, options) == {"a.csv": None, "a.txt": Reason.EXCLUDED, "old/b.csv": None, "old/tmp/": Reason.EXCLUDED}


def test_size_bounds_include_themselves(tmp_path: Path) -> None:
    for size in range(1, 6):
        write(tmp_path, str(size), b"x" * size)
    found = listing(tmp_path, SourceOptions(min_size=2, max_size=4))
    assert [key for key, reason in found.items() if reason is None] == ["2", "3", "4"]


def test_modified_since_includes_its_moment_and_before_excludes_it(tmp_path: Path) -> None:
    for day in (1, 2, 3):
        write(tmp_path, str(day))
        os.utime(tmp_path / str(day), (0, datetime(2026, 3, day, tzinfo=UTC).timestamp()))
    options = SourceOptions(modified_since=datetime(2026, 3, 2, tzinfo=UTC), modified_before=datetime(2026, 3, 3, tzinfo=UTC))
    assert listing(tmp_path, options) == {"1": Reason.EXCLUDED, "2": None, "3": Reason.EXCLUDED}


def test_extensions_count_in_any_case_with_and_without_their_dot(tmp_path: Path) -> None:
    for key in ("a.CSV", "b.tar.gz", "c.gz", "csv", "d.txt"):
        write(tmp_path, key)
    found = listing(tmp_path, SourceOptions(extensions=("csv", ".tar.gz")))
    assert [key for key, reason in found.items() if reason is None] == ["a.CSV", "b.tar.gz"]


# following links


def followed(folder: Path) -> dict[str, Reason | None]:
    return listing(folder, SourceOptions(follow_symlinks=True))


def test_a_link_out_of_the_tree_is_followed_on_request_and_its_files_open(tmp_path: Path) -> None:
    write(tmp_path, "outside/deep/file", b"there")
    write(tmp_path, "single", b"alone")
    (tmp_path / "tree").mkdir()
    os.symlink(tmp_path / "outside", tmp_path / "tree/link")
    os.symlink(tmp_path / "single", tmp_path / "tree/one")
    assert followed(tmp_path / "tree") == {"link/deep/file": None, "one": None}
    source = DirectorySource(str(tmp_path / "tree"), SourceOptions(follow_symlinks=True))
    texts = []
    for one in source.objects():
        assert isinstance(one, StoredObject)
        with source.open(one) as stream:
            texts.append(stream.read())
            assert source.unchanged(one, stream)
    assert texts == [b"there", b"alone"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, "tree/file")
    os.symlink("..", tmp_path / "tree/up")
    os.symlink(".", tmp_path / "tree/self")
    os.symlink("circle", tmp_path / "tree/circle")
    assert followed(tmp_path / "tree") == {
        "circle": Reason.GONE,
        "file": None,
        "self": Reason.SYMLINK,
        "up/tree": Reason.SYMLINK,
    }


def test_a_link_into_the_tree_lists_nothing_twice(tmp_path: Path) -> None:
    write(tmp_path, "z/file")
    os.symlink("z", tmp_path / "a")
    os.symlink("z/file", tmp_path / "b")
    assert followed(tmp_path) == {"a": Reason.SYMLINK, "b": Reason.SYMLINK, "z/file": None}


def test_two_links_to_the_same_place_outside_list_it_once(tmp_path: Path) -> None:
    write(tmp_path, "outside/sub/file")
    write(tmp_path, "outside/top")
    (tmp_path / "tree").mkdir()
    os.symlink(tmp_path / "outside/sub", tmp_path / "tree/a")
    os.symlink(tmp_path / "outside", tmp_path / "tree/b")
    os.symlink(tmp_path / "outside/top", tmp_path / "tree/c")
    assert followed(tmp_path / "tree") == {"a/file": None, "b/sub": Reason.SYMLINK, "b/top": None, "c": Reason.SYMLINK}


def test_a_link_with_an_excluded_name_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "outside/file")
    (tmp_path / "tree").mkdir()
    os.symlink(tmp_path / "outside", tmp_path / "tree/link")
    options = SourceOptions(follow_symlinks=True, exclude=("link/",))
    assert listing(tmp_path / "tree", options) == {"link/": Reason.EXCLUDED}


def test_a_target_that_is_itself_a_link_is_followed_and_keeps_its_name(tmp_path: Path) -> None:
    write(tmp_path, "real/file", b"inside")
    os.symlink("real", tmp_path / "link")
    source, one = stored(tmp_path / "link")
    assert one.ref.bucket == str(tmp_path / "link")
    with source.open(one) as stream:
        assert stream.read() == b"inside"


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=8).filter(lambda name: name not in {".", ".."})
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


@settings(max_examples=40, deadline=None)
@given(st.sets(PATHS, max_size=12))
def test_any_tree_is_listed_once_in_order(paths: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            try:
                write(Path(folder), path)
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                continue
        expected = [os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names]
        assert list(listing(folder)) == sorted(expected, key=os.fsencode)
