"""Objects of web servers as sources."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.errors import ConfigError, ReadError, TargetError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Reason, Status
from scanner.sources.http import HttpSource, open_http
from scanner.sources.http_ask import AUTHORIZATION, get
from scanner.sources.http_target import parse_url, shown
from scanner.sources.options import SourceOptions
from scanner.sources.ranged import BLOCK, MOST
from scanner.sources.several import open_sources
from tests.acceptance.source_suite import SourceSuite
from tests.sources.web_server import Say, WebServer

ROOT = Path(__file__).resolve().parents[2]
LARGE = bytes(range(256)) * ((MOST + 5 * BLOCK) // 256)


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.fixture(autouse=True)
def _no_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(AUTHORIZATION, raising=False)


def met(web: WebServer, path: str = "/k", **options: Any) -> tuple[HttpSource, StoredObject | Unlisted]:
    source = open_http(web.url + path, SourceOptions(**options))
    (one,) = source.objects()
    return source, one


def listed(web: WebServer, path: str = "/k") -> tuple[HttpSource, StoredObject]:
    source, one = met(web, path)
    assert isinstance(one, StoredObject)
    return source, one


class TestRangesSuite(SourceSuite):
    ranges = True
    lengths = True

    @pytest.fixture(autouse=True)
    def _server(self, web: WebServer) -> None:
        self.web = web
        web.ranges, web.lengths = self.ranges, self.lengths

    def source(self, folder: Path) -> HttpSource:  # noqa: ARG002 - it lies on a server
        (self.web.content,) = self.contents().values()
        return open_http(f"{self.web.url}/a/x.csv", SourceOptions())

    def contents(self) -> dict[str, bytes]:
        return {"a/x.csv": b"1,2\n"}

    def remove(self, folder: Path, key: str) -> None:  # noqa: ARG002 - it lies on a server
        self.web.content = None


class TestLargeSuite(TestRangesSuite):
    def contents(self) -> dict[str, bytes]:
        return {"a/x.csv": LARGE}


class TestNoRangesSuite(TestLargeSuite):
    ranges = False


class TestNoLengthSuite(TestLargeSuite):
    ranges = lengths = False


# what it is called


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://h/a/b%20c.csv", "a/b c.csv"),
        ("https://h/a/b c.csv", "a/b c.csv"),
        ("https://h/ü", "ü"),
        ("https://h/%FF", "\udcff"),
        ("https://h", ""),
        ("https://h/k?X-Amz-Signature=abc&X-Amz-Expires=60#part", "k"),
        ("https://h/k.csv?sv=2024-11-04&sp=r&sig=abc", "k.csv"),
    ],
)
def test_the_path_is_the_name(url: str, key: str) -> None:
    assert parse_url(url).ref == ObjectRef("https", "h", key)


def test_what_the_query_or_an_encoded_slash_decides_is_told_apart() -> None:
    urls = ["https://h/k.csv?id=1", "https://h/k.csv?id=2", "https://h/k.csv", "https://h/a/b", "https://h/a%2Fb", "https://h:444/k.csv"]
    refs = {parse_url(url).ref for url in urls}
    assert len(refs) == len(urls)
    assert all(ref.key.endswith(".csv") for ref in refs if ref.key.startswith("k"))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://ann:s3cret@h/k?token=s3cret#s3cret", "https://h/k?..."),
        ("HTTPS://h/k", "HTTPS://h/k"),
        ("https://h?s3cret", "https://h?..."),
        ("https://ann:s3c/ret@h", "https://ann:s3c/ret@h"),
        ("folder?x#y", "folder?x#y"),
    ],
)
def test_what_is_shown_of_a_target(url: str, told: str) -> None:
    assert shown(url) == told


@pytest.mark.parametrize("url", ["https://", "https://h:port/s3cret?s3cret", "https://ann:s3cret@h/"])
def test_what_is_no_url_is_said_without_its_secrets(url: str) -> None:
    with pytest.raises(TargetError) as caught:
        open_http(url, SourceOptions())
    assert "ann" not in str(caught.value)
    assert "?s3cret" not in str(caught.value)


# what is listed


def test_an_object_carries_its_facts(web: WebServer) -> None:
    web.content = b"hello"
    _, one = listed(web)
    assert (one.size, len(one.etag), str(one.modified)) == (5, 32, "2026-01-01 00:00:00+00:00")


@pytest.mark.parametrize("ranges", [True, False])
def test_an_empty_object_is_skipped(web: WebServer, *, ranges: bool) -> None:
    web.ranges = ranges
    _, one = met(web)
    assert isinstance(one, Unlisted)
    assert (one.outcome.status, one.outcome.reason) == (Status.SKIPPED, Reason.EMPTY)


def test_filters_hold_and_a_size_that_nobody_knows_leaves_nothing_out(web: WebServer) -> None:
    web.content = b"hello"
    _, one = met(web, max_size=4)
    assert isinstance(one, Unlisted)
    assert one.outcome.reason is Reason.EXCLUDED
    web.lengths = web.ranges = False
    assert isinstance(met(web, max_size=4)[1], StoredObject)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(404, Reason.GONE), (410, Reason.GONE), (401, Reason.ACCESS_DENIED), (403, Reason.ACCESS_DENIED), (418, Reason.IO_ERROR)],
)
def test_an_object_that_cannot_be_had_is_met_as_failed(web: WebServer, status: int, reason: Reason) -> None:
    web.trouble = lambda _asked: Say(status)
    _, one = met(web)
    assert isinstance(one, Unlisted)
    assert (one.outcome.status, one.outcome.reason) == (Status.FAILED, reason)


# how it is read


def test_parts_of_a_large_object_are_of_one_version(web: WebServer) -> None:
    web.content = LARGE
    source, one = listed(web)
    with source.open(one) as stream:
        stream.seek(-100, os.SEEK_END)
        assert stream.read() == LARGE[-100:]
    assert [asked.headers.get("If-Match") for asked in web.asked[1:]] == [f'"{one.etag}"'] * 2
    assert {asked.method for asked in web.asked} == {"GET"}


@pytest.mark.parametrize("obeys", [True, False])
def test_what_is_written_to_while_it_is_read_is_changed(web: WebServer, *, obeys: bool) -> None:
    web.content, web.obeys = LARGE, obeys
    source, one = listed(web)
    with source.open(one) as stream:
        stream.read(10)
        web.content = LARGE[::-1]
        stream.seek(MOST)
        with pytest.raises(ReadError, match="changed"):
            stream.read()
        assert not source.unchanged(one, stream)


@pytest.mark.parametrize("weak", [True, False])
def test_what_was_written_anew_since_it_was_listed_is_read_as_it_is_now(web: WebServer, *, weak: bool) -> None:
    web.content, web.weak = b"old", weak
    source, one = listed(web)
    web.content = LARGE
    with source.open(one) as stream:
        now = source.current(one, stream)
        assert stream.read() == LARGE
    assert now.size == len(LARGE)
    assert now.etag != one.etag


def test_without_validators_another_size_is_a_change(web: WebServer) -> None:
    web.content, web.validators = b"old", False
    source, one = listed(web)
    web.content = b"newer"
    with source.open(one) as stream:
        assert stream.read() == b"newer"


def test_a_body_that_breaks_off_is_taken_up_where_it_did(web: WebServer) -> None:
    web.content = LARGE
    source, one = listed(web)
    web.cut = (70_000, 3)
    with source.open(one) as stream:
        assert stream.read() == LARGE


def test_a_body_that_breaks_off_and_cannot_be_taken_up_is_no_end(web: WebServer) -> None:
    web.content, web.ranges = LARGE, False
    source, one = listed(web)
    web.cut = (70_000, 1)
    with source.open(one) as stream:
        assert not stream.seekable()
        with pytest.raises(ReadError, match="the store broke off"):
            stream.read()
        with pytest.raises(ReadError):
            source.unchanged(one, stream)


def test_a_server_that_gives_other_parts_than_asked_for_is_not_believed(web: WebServer) -> None:
    web.content = LARGE
    source, one = listed(web)
    with source.open(one) as stream:
        web.ranges = False
        stream.seek(MOST)
        with pytest.raises(ReadError, match="does not give the parts"):
            stream.read()


def test_a_busy_server_is_asked_again(web: WebServer) -> None:
    web.content = b"hello"
    left = [Say(503)]
    web.trouble = lambda _asked: left.pop() if left else None
    assert isinstance(met(web)[1], StoredObject)


# where it may lead


def send_to(location: str) -> Say:
    return Say(302, {"Location": location})


def test_a_redirect_is_followed_and_the_name_stays_the_users(web: WebServer) -> None:
    web.content = b"hello"
    web.trouble = lambda asked: send_to("/there?x=1") if asked.path == "/k" else None
    source, one = listed(web)
    with source.open(one) as stream:
        assert stream.read() == b"hello"
    assert one.ref.key == "k"


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://[fd00:ec2::254]/", "link-local"),
        ("http://[::ffff:169.254.169.254]/", "link-local"),
        ("http://[64:ff9b::a9fe:a9fe]/", "link-local"),
        ("http://2852039166/", "link-local"),
        ("file:///etc/passwd", "no http"),
        ("ftp://127.0.0.1/", "no http"),
        ("http://ann:s3cret@127.0.0.1/", "password"),
        ("/k", "more than 5 times"),
        ("", "more than 5 times"),
    ],
)
def test_a_redirect_elsewhere_is_refused(web: WebServer, location: str, told: str) -> None:
    web.trouble = lambda _asked: send_to(location)
    _, one = met(web)
    assert isinstance(one, Unlisted)
    assert (one.outcome.status, one.outcome.reason) == (Status.FAILED, Reason.IO_ERROR)
    assert told in one.outcome.detail
    assert "s3cret" not in one.outcome.detail


def test_nobody_else_may_lead_to_this_machine(web: WebServer) -> None:
    from scanner.sources.http_ask import _dialled, _sent_to

    for name in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433"):  # noqa: S104 - a target
        there = _sent_to(parse_url("http://store.example/k"), f"http://{name}:{web.port}/")
        with pytest.raises(ReadError, match="not followed"):
            _dialled(there, at_home=False)
    assert web.asked == []


def test_nothing_leads_from_https_to_http() -> None:
    from scanner.sources.http_ask import _sent_to

    with pytest.raises(ReadError, match="read along"):
        _sent_to(parse_url("https://store.example/k"), "http://store.example/k")
    assert _sent_to(parse_url("https://store.example:8443/a/k"), "b").ref.uri == "https://store.example:8443/a/b"


def test_a_target_that_is_link_local_is_refused() -> None:
    with pytest.raises(TargetError, match="link-local"):
        open_http("http://169.254.169.254/latest", SourceOptions())


def test_the_header_is_for_the_named_server_alone(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUTHORIZATION, "Bearer s3cret")
    with WebServer() as other:
        other.content = b"hello"
        web.trouble = lambda _asked: send_to(f"{other.url}/k")
        get(parse_url(f"{web.url}/k"), {}).close()
        assert [asked.headers.get("Authorization") for asked in [*web.asked, *other.asked]] == ["Bearer s3cret", None]


def test_the_header_is_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUTHORIZATION, "Bearer s3cret")
    with pytest.raises(ConfigError, match="in the clear") as caught:
        open_http("http://192.0.2.1/k", SourceOptions())
    assert "s3cret" not in str(caught.value)


# together with others, and from end to end


def test_several_urls_and_a_folder_are_scanned_together(web: WebServer, tmp_path: Path) -> None:
    (tmp_path / "local").write_bytes(b"here")
    web.content = b"there"
    source = pickle.loads(pickle.dumps(open_sources([str(tmp_path), f"{web.url}/a", f"{web.url}/k?id=1", f"{web.url}/a"], SourceOptions())))  # noqa: S301 - our own
    found = [one for one in source.objects() if isinstance(one, StoredObject)]
    contents = []
    for one in found:
        with source.open(one) as stream:
            contents.append((one.ref.store, stream.read()))
    assert contents == [("file", b"here"), ("http", b"there"), ("http", b"there")]


def dowse(*arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "scanner", "scan", *arguments, "--workers", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=environment, text=True)
    return done.returncode, done.stdout, done.stderr


def test_a_scan_finds_what_is_there_and_prints_no_secret(web: WebServer, tmp_path: Path) -> None:
    web.content = b"name,ssn\nAnn,219-22-9999\n"
    report = tmp_path / "report.html"
    code, out, told = dowse(
        f"{web.url}/in/staff.csv?X-Amz-Signature=s3cret&X-Amz-Date=1", "--format", "jsonl", "--output", f"html={report}"
    )
    records = [json.loads(line) for line in out.splitlines()]
    (finding,) = [one for one in records if one["record"] == "finding"]
    assert code == 0
    assert finding["path"] == f"{web.url}/in/staff.csv"
    assert records[0]["targets"] == [f"{web.url}/in/staff.csv?..."]
    assert [one["identifier"] for one in finding["detections"]] == ["USA_SOCIAL_SECURITY_NUMBER"]
    assert "s3cret" not in out + told + report.read_text()


def test_an_object_that_is_not_there_is_no_success(web: WebServer) -> None:
    web.content = None
    code, out, _ = dowse(f"{web.url}/k?token=s3cret")
    assert code == 3
    assert json.loads(out.splitlines()[-1])["reasons"] == {"failed:gone": 1}
    assert "s3cret" not in out
