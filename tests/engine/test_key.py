"""The key of fingerprints."""

import os
import stat
from pathlib import Path

import pytest

from scanner.engine.key import load_key
from scanner.errors import ConfigError


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path)}
    key, warning = load_key(environment)
    assert (len(key), warning) == (32, "")
    assert load_key(environment) == (key, "")
    assert (tmp_path / "dowse" / "key").read_bytes() == key


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    load_key({"XDG_STATE_HOME": str(tmp_path)})
    assert stat.S_IMODE(os.stat(tmp_path / "dowse" / "key").st_mode) == 0o600
    assert stat.S_IMODE(os.stat(tmp_path / "dowse").st_mode) == 0o700


def test_nothing_else_is_left_beside_it(tmp_path: Path) -> None:
    load_key({"XDG_STATE_HOME": str(tmp_path)})
    assert os.listdir(tmp_path / "dowse") == ["key"]


def test_without_a_state_folder_it_lies_in_the_home_folder(tmp_path: Path) -> None:
    load_key({"HOME": str(tmp_path)})
    assert (tmp_path / ".local" / "state" / "dowse" / "key").exists()


def test_a_relative_state_folder_does_not_count(tmp_path: Path) -> None:
    load_key({"HOME": str(tmp_path), "XDG_STATE_HOME": "here"})
    assert (tmp_path / ".local" / "state" / "dowse" / "key").exists()


def test_another_file_may_be_named(tmp_path: Path) -> None:
    named = tmp_path / "team.key"
    named.write_bytes(b"k" * 32)
    assert load_key({"DOWSE_KEY_FILE": str(named), "XDG_STATE_HOME": str(tmp_path)}) == (b"k" * 32, "")
    assert os.listdir(tmp_path) == ["team.key"]


def test_where_nothing_can_be_written_the_key_serves_one_run(tmp_path: Path) -> None:
    (tmp_path / "dowse").write_text("a file where a folder should be")
    key, warning = load_key({"XDG_STATE_HOME": str(tmp_path)})
    assert len(key) == 32
    assert load_key({"XDG_STATE_HOME": str(tmp_path)})[0] != key
    assert (
        warning
        == f"{tmp_path}/dowse/key: cannot be used (Not a directory); fingerprints of this run cannot be compared with those of others"
    )


def test_a_named_file_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        ConfigError, match="file/key: cannot be used as key file: Not a directory; point DOWSE_KEY_FILE elsewhere or unset it"
    ):
        load_key({"DOWSE_KEY_FILE": str(tmp_path / "file" / "key")})


@pytest.mark.parametrize("content", [b"", b"short", b"k" * 33])
def test_a_damaged_key_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dowse").mkdir()
    (tmp_path / "dowse" / "key").write_bytes(content)
    with pytest.raises(ConfigError, match="dowse/key: is no key file of 32 bytes; delete it to have a new key made, or restore it"):
        load_key({"XDG_STATE_HOME": str(tmp_path)})
