"""Standard input as a target."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.errors import ReadError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.stdin import StdinSource
from tests.acceptance.source_suite import SourceSuite


def source_of(content: bytes) -> StdinSource:
    return StdinSource("feed.csv", io.BufferedReader(io.BytesIO(content)))


class TestStdinSuite(SourceSuite):
    def source(self, folder: Path) -> StdinSource:
        assert not list(folder.iterdir())
        return source_of(b"one,two\n")

    def contents(self) -> dict[str, bytes]:
        return {"feed.csv": b"one,two\n"}


def only(source: StdinSource) -> StoredObject:
    (one,) = source.objects()
    assert isinstance(one, StoredObject)
    return one


def test_its_name_is_the_key_and_it_has_no_bucket() -> None:
    assert only(source_of(b"x")).ref == ObjectRef("stdin", "", "feed.csv")


def test_no_bytes_at_all_is_an_empty_object() -> None:
    (one,) = source_of(b"").objects()
    assert isinstance(one, Unlisted)
    assert one.outcome == Outcome(Status.SKIPPED, Reason.EMPTY)


def test_it_is_read_in_this_process_only() -> None:
    source = source_of(b"x")
    assert not source.portable(only(source))


def test_it_cannot_seek_even_if_a_file_is_redirected_into_it() -> None:
    source = source_of(b"x")
    assert not source.open(only(source)).seekable()


def test_it_opens_only_once() -> None:
    source = source_of(b"x")
    one = only(source)
    source.open(one).close()
    with pytest.raises(ReadError, match="standard input can be read only once"):
        source.open(one)


def test_a_long_stream_comes_through_whole() -> None:
    content = bytes(range(256)) * 4096
    source = source_of(content)
    with source.open(only(source)) as stream:
        pieces = list(iter(lambda: stream.read(10_007), b""))
    assert b"".join(pieces) == content


def test_a_real_pipe_is_read_to_its_end() -> None:
    program = (
        "from scanner.sources.registry import open_source\n"
        "from scanner.sources.options import SourceOptions\n"
        "source = open_source('-', SourceOptions(name='a b.txt'))\n"
        "(one,) = source.objects()\n"
        "print(one.ref.uri, len(source.open(one).read()))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=b"x" * 300_000, capture_output=True, check=True)
    assert done.stdout == b"stdin:///a%20b.txt 300000\n"


def test_a_closed_standard_input_is_a_target_error() -> None:
    program = (
        "from scanner.errors import TargetError\n"
        "from scanner.sources.registry import open_source\n"
        "from scanner.sources.options import SourceOptions\n"
        "try:\n"
        "    open_source('-', SourceOptions())\n"
        "except TargetError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(["/bin/sh", "-c", 'exec "$0" "$@" <&-', sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"-: standard input is closed; pipe something into it\n"
