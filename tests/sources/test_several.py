"""Several targets, which may overlap."""

import io
import os
import pickle
from pathlib import Path

import pytest

from scanner.errors import TargetError
from scanner.model.objects import StoredObject
from scanner.sources.base import Source
from scanner.sources.directory import DirectorySource
from scanner.sources.options import SourceOptions
from scanner.sources.several import SeveralSources, open_sources
from scanner.sources.stdin import StdinSource
from tests.acceptance.source_suite import SourceSuite


class TestSeveralSuite(SourceSuite):
    def source(self, folder: Path) -> Source:
        for key, content in self.contents().items():
            (folder / key).write_bytes(content)
        (folder / "not-named").write_bytes(b"x")
        return open_sources([str(folder / key) for key in self.contents()], SourceOptions())

    def contents(self) -> dict[str, bytes]:
        return {"b.txt": b"second", "a.txt": b"first", "Z": b"zero"}


def write(folder: Path, *keys: str) -> None:
    for key in keys:
        (folder / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / key).write_bytes(b"x")


def uris(folder: Path, *targets: str, options: SourceOptions | None = None) -> list[str]:
    """What is listed, as paths relative to `folder`."""
    source = open_sources([os.path.join(folder, target) for target in targets], options or SourceOptions())
    return [one.ref.uri.removeprefix(f"file://{folder}/") for one in source.objects() if isinstance(one, StoredObject)]


def test_one_target_needs_no_composite(tmp_path: Path) -> None:
    assert type(open_sources([str(tmp_path)], SourceOptions())).__name__ == "DirectorySource"


def test_a_target_named_twice_is_listed_once(tmp_path: Path) -> None:
    write(tmp_path, "a/x")
    assert uris(tmp_path, "a", "a/", "./a") == ["a/x"]


def test_a_file_inside_a_folder_target_is_listed_once(tmp_path: Path) -> None:
    write(tmp_path, "a/x", "a/y")
    assert uris(tmp_path, "a", "a/x") == ["a/x", "a/y"]
    assert uris(tmp_path, "a/y", "a") == ["a/x", "a/y"]


def test_a_folder_inside_a_folder_target_is_listed_once(tmp_path: Path) -> None:
    write(tmp_path, "a/b/x", "a/c/y", "a/z")
    assert sorted(uris(tmp_path, "a", "a/b")) == ["a/b/x", "a/c/y", "a/z"]


def test_a_target_by_way_of_a_link_is_the_same_target(tmp_path: Path) -> None:
    write(tmp_path, "a/b/x", "a/y")
    os.symlink("a/b", tmp_path / "link")
    assert sorted(uris(tmp_path, "a", "link")) == ["a/y", "link/x"]
    assert uris(tmp_path, "a", "link/../..") == ["a/b/x", "a/y"]


def test_naming_a_file_outweighs_its_exclusion_from_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "a/tmp/x", "a/tmp/y", "a/z")
    assert sorted(uris(tmp_path, "a", "a/tmp/x", options=SourceOptions(exclude=("tmp/",)))) == ["a/tmp/x", "a/z"]


def test_a_followed_link_into_another_target_lists_nothing_twice(tmp_path: Path) -> None:
    write(tmp_path, "a/x", "b/y")
    os.symlink("../b", tmp_path / "a/link")
    assert uris(tmp_path, "a", "b", options=SourceOptions(follow_symlinks=True)) == ["a/x", "b/y"]


def test_targets_are_listed_in_the_order_of_their_names_not_as_given(tmp_path: Path) -> None:
    write(tmp_path, "c", "b/x", "a/y")
    assert uris(tmp_path, "c", "b", "a") == ["c", "a/y", "b/x"]


def test_each_object_is_opened_by_the_part_that_listed_it(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/real").write_bytes(b"in the folder")
    (tmp_path / "elsewhere").write_bytes(b"behind a named link")
    os.symlink("elsewhere", tmp_path / "link")
    source = open_sources([str(tmp_path / "link"), str(tmp_path / "folder")], SourceOptions())
    contents = {}
    for one in source.objects():
        assert isinstance(one, StoredObject)
        with source.open(one) as stream:
            contents[one.ref.key] = stream.read()
    assert contents == {"link": b"behind a named link", "real": b"in the folder"}


def test_standard_input_stays_behind_when_the_others_travel(tmp_path: Path) -> None:
    write(tmp_path, "a/x")
    stdin = StdinSource("feed", io.BufferedReader(io.BytesIO(b"piped")))
    folder = DirectorySource(str(tmp_path / "a"), SourceOptions())
    both = SeveralSources({stdin.root: stdin, folder.root: folder})
    listed = [one for one in both.objects() if isinstance(one, StoredObject)]
    assert [(one.ref.key, both.portable(one)) for one in listed] == [("x", True), ("feed", False)]
    travelled = pickle.loads(pickle.dumps(both))  # noqa: S301 - our own
    with travelled.open(listed[0]) as stream:
        assert stream.read() == b"x"


def test_a_missing_target_among_several_stops_before_anything_is_listed(tmp_path: Path) -> None:
    write(tmp_path, "a")
    with pytest.raises(TargetError, match="/missing: there is no such file"):
        open_sources([str(tmp_path / "a"), str(tmp_path / "missing")], SourceOptions())
