"""Output files are whole or not there."""

import gzip
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.errors import ConfigError, DowseError
from scanner.reports.files import open_output


def write_and_be_interrupted(path: str, data: bytes) -> None:
    with open_output(path) as out:
        out.write(data)
        raise KeyboardInterrupt


def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with open_output(str(path)) as out:
        out.write(b"one\n")
        assert os.listdir(tmp_path) == ["out.jsonl.partial"]
        out.write(b"two\n")
    assert os.listdir(tmp_path) == ["out.jsonl"]
    assert path.read_bytes() == b"one\ntwo\n"


def test_it_is_for_its_owner_only_even_where_an_older_one_was_not(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"an older and longer report")
    path.chmod(0o644)
    with open_output(str(path)) as out:
        out.write(b"new")
        assert path.read_bytes() == b"an older and longer report"
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_written_before_an_error_stays_beside(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_and_be_interrupted(str(tmp_path / "out.jsonl"), b"half")
    assert os.listdir(tmp_path) == ["out.jsonl.partial"]
    assert (tmp_path / "out.jsonl.partial").read_bytes() == b"half"


def test_an_error_before_anything_was_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_and_be_interrupted(str(tmp_path / "out.jsonl"), b"")
    assert os.listdir(tmp_path) == []


def test_what_a_killed_run_left_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out.partial").write_bytes(b"left by a run that was killed")
    with open_output(str(tmp_path / "out")) as out:
        out.write(b"new")
    assert (tmp_path / "out").read_bytes() == b"new"


def test_two_runs_do_not_write_the_same_file(tmp_path: Path) -> None:
    path = str(tmp_path / "out")
    with open_output(path) as first:
        first.write(b"first")
        with pytest.raises(ConfigError, match=r"out\.partial: another run is writing it"), open_output(path):
            pass
    assert (tmp_path / "out").read_bytes() == b"first"


def test_a_symbolic_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    os.symlink("real", tmp_path / "link")
    with open_output(str(tmp_path / "link")) as out:
        out.write(b"new")
    assert os.readlink(tmp_path / "link") == "real"
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_planted_link_in_place_of_the_partial_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"untouched")
    os.symlink("victim", tmp_path / "out.partial")
    with pytest.raises(ConfigError, match=r"out\.partial: cannot be created"), open_output(str(tmp_path / "out")):
        pass
    assert (tmp_path / "victim").read_bytes() == b"untouched"


def test_a_device_is_written_to_and_never_replaced() -> None:
    with open_output("/dev/null") as out:
        out.write(b"x")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert not os.path.exists("/dev/null.partial")


def test_a_full_disk_is_said_so() -> None:
    with pytest.raises(DowseError, match="/dev/full: cannot be written: No space left on device"), open_output("/dev/full") as out:
        out.write(b"x")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing/out.jsonl", "the folder .*/missing does not exist; create it first"),
        ("", "it is a folder; name a file in it"),
        ("file/out.jsonl", "cannot be created: Not a directory"),
    ],
)
def test_a_place_that_cannot_be_written_is_named_with_the_remedy(tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(ConfigError, match=message), open_output(str(tmp_path / path)):
        pass


def test_a_dash_is_standard_output() -> None:
    program = "from scanner.reports.files import open_output\nwith open_output('-') as out:\n    out.write(b'to stdout')\n"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"to stdout"


def test_a_broken_pipe_reaches_the_caller_as_such() -> None:
    program = (
        "from scanner.reports.files import open_output\n"
        "import sys\n"
        "sys.stdin.read()\n"
        "try:\n"
        "    with open_output('/dev/stdout') as out:\n"
        "        out.write(b'x' * 1_000_000)\n"
        "except BrokenPipeError:\n"
        "    sys.exit(7)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 7


def test_what_ends_in_gz_is_compressed_as_a_whole(tmp_path: Path) -> None:
    for name in ("one.gz", "two.gz"):
        with open_output(str(tmp_path / name)) as out:
            for _ in range(1_000):
                out.write(b"the same record\n")
                out.flush()
    packed = (tmp_path / "one.gz").read_bytes()
    assert gzip.decompress(packed) == b"the same record\n" * 1_000
    assert len(packed) < 500
    assert packed == (tmp_path / "two.gz").read_bytes()


def test_what_was_compressed_before_an_error_stays_beside(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_and_be_interrupted(str(tmp_path / "out.gz"), b"half")
    assert gzip.decompress((tmp_path / "out.gz.partial").read_bytes()) == b"half"
