"""What a target means."""

import os
from pathlib import Path

import pytest

from scanner.errors import ConfigError, TargetError
from scanner.model.objects import ObjectRef
from scanner.sources.options import SourceOptions
from scanner.sources.registry import open_source


def root(target: str) -> ObjectRef:
    return open_source(target, SourceOptions()).root


def test_a_folder_becomes_the_bucket(tmp_path: Path) -> None:
    assert root(str(tmp_path)) == ObjectRef("file", str(tmp_path), "")


def test_dots_and_double_slashes_are_tidied(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert root(f"{tmp_path}//a/./../a/") == ObjectRef("file", f"{tmp_path}/a", "")


def test_two_dots_behind_a_link_mean_what_the_system_means(tmp_path: Path) -> None:
    (tmp_path / "real/deep").mkdir(parents=True)
    os.symlink("real/deep", tmp_path / "link")
    assert root(f"{tmp_path}/link/..") == ObjectRef("file", f"{tmp_path}/real", "")


def test_a_relative_path_counts_from_the_working_folder() -> None:
    assert root(".") == ObjectRef("file", os.getcwd(), "")


def test_the_root_of_the_file_system_is_a_folder_like_any_other() -> None:
    assert root("/") == ObjectRef("file", "/", "")


def test_a_file_has_its_folder_as_the_bucket(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"x")
    assert root(str(tmp_path / "x.csv")) == ObjectRef("file", str(tmp_path), "x.csv")


def test_the_uri_of_a_finding_is_a_target_again(tmp_path: Path) -> None:
    name = os.path.join(os.fsencode(tmp_path), b"odd \xff\n%20#?.csv")
    with open(name, "wb") as stream:
        stream.write(b"x")
    (listed,) = open_source(str(tmp_path), SourceOptions()).objects()
    assert root(listed.ref.uri) == listed.ref


def test_a_name_that_is_not_utf_8_is_a_target(tmp_path: Path) -> None:
    os.mkdir(os.path.join(os.fsencode(tmp_path), b"\xff"))
    assert root(f"{tmp_path}/\udcff") == ObjectRef("file", f"{tmp_path}/\udcff", "")


def test_a_dash_is_standard_input_with_the_given_name() -> None:
    assert open_source("-", SourceOptions(name="feed.json")).root == ObjectRef("stdin", "", "feed.json")


def test_a_missing_target_is_named(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"/missing: there is no such file or folder; check the spelling$"):
        root(f"{tmp_path}/missing")


def test_a_path_through_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(TargetError, match="no such file or folder"):
        root(f"{tmp_path}/file/below")


def test_a_fifo_is_no_target(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(TargetError, match="it is a FIFO, neither a file nor a folder; give its content to `dowse scan -`"):
        root(f"{tmp_path}/fifo")


def test_a_path_with_nul_is_no_target() -> None:
    with pytest.raises(TargetError, match="it holds a NUL character"):
        root("a\0b")


def test_a_path_that_is_too_long_says_so() -> None:
    with pytest.raises(TargetError, match="it cannot be read: File name too long"):
        root("x" * 5000)


def test_a_store_that_is_not_there_yet_is_said_so() -> None:
    with pytest.raises(
        ConfigError,
        match=r"^ftp://host/file: ftp:// is not there yet; known are paths, az://, file://, gs://, http://, https://, s3:// and - ",
    ):
        root("ftp://host/file")


def test_files_of_another_host_are_refused() -> None:
    with pytest.raises(TargetError, match="it names the host 'server'"):
        root("file://server/share")


def test_a_bad_pattern_is_found_before_the_target_is_looked_at(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"exclude pattern 'a\["):
        open_source(f"{tmp_path}/missing", SourceOptions(exclude=("a[",)))
