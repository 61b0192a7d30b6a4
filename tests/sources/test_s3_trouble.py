"""What becomes of an object when its store refuses, breaks off, or has it changed meanwhile."""

import io
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scanner.config import StoreConfig
from scanner.errors import ConfigError, ReadError
from scanner.model.objects import StoredObject
from scanner.model.outcome import Reason
from scanner.sources.options import SourceOptions
from scanner.sources.ranged import BLOCK, MOST
from scanner.sources.s3 import S3Source, open_s3
from scanner.sources.s3_connect import connect, refuse_link_local
from tests.sources.faulty_store import Cut, FaultyStore, Got, Refusal, Trouble

LARGE = bytes(range(256)) * ((MOST + 5 * BLOCK) // 256)


def listed(store: FaultyStore, **contents: bytes) -> tuple[S3Source, list[StoredObject]]:
    store.contents = contents
    source = open_s3("s3://b", SourceOptions(store=store.config))
    return source, [one for one in source.objects() if isinstance(one, StoredObject)]


def first_times(count: int, trouble: Trouble) -> Callable[[Got], Trouble | None]:
    """Trouble for the first requests, none after."""
    left = [trouble] * count
    return lambda _got: left.pop() if left else None


@pytest.mark.parametrize(
    ("refusal", "reason", "told"),
    [
        (Refusal(403, "AccessDenied"), Reason.ACCESS_DENIED, "--requester-pays"),
        (Refusal(403, "ExpiredToken"), Reason.ACCESS_DENIED, "ExpiredToken"),
        (Refusal(403, "SignatureDoesNotMatch"), Reason.ACCESS_DENIED, "check the credentials"),
        (
            Refusal(403, "AccessDenied", "User: arn:aws:iam::111122223333:user/x is not authorized to perform: kms:Decrypt on key"),
            Reason.KMS_DENIED,
            "kms:Decrypt is needed",
        ),
        (Refusal(400, "KMS.DisabledException", "key is disabled"), Reason.KMS_DENIED, "KMS.DisabledException"),
        (
            Refusal(400, "InvalidRequest", "The object was stored using a form of Server Side Encryption."),
            Reason.SSE_C,
            "SSE-C",
        ),
        (Refusal(403, "InvalidObjectState"), Reason.STORAGE_CLASS, "restore it"),
        (Refusal(404, "NoSuchKey"), Reason.GONE, "not there any more"),
        (Refusal(405, "MethodNotAllowed"), Reason.GONE, "deleted"),
        (Refusal(301, "PermanentRedirect"), Reason.IO_ERROR, "--region"),
        (Refusal(400, "\x1b[31mred"), Reason.IO_ERROR, "the store answers 400"),
        (Refusal(501, "NotImplemented"), Reason.IO_ERROR, "NotImplemented"),
    ],
    ids=lambda value: value.code if isinstance(value, Refusal) else "",
)
def test_a_refusal_says_what_it_means(faulty: FaultyStore, refusal: Refusal, reason: Reason, told: str) -> None:
    source, (one,) = listed(faulty, k=b"x")
    faulty.trouble = lambda _got: refusal
    with pytest.raises(ReadError) as caught:
        source.open(one)
    assert caught.value.reason is reason
    assert told in caught.value.detail
    assert "111122223333" not in caught.value.detail


def test_a_small_object_takes_one_request(faulty: FaultyStore) -> None:
    source, (one,) = listed(faulty, k=b"x" * 100_000)
    with source.open(one) as stream:
        assert stream.read() == b"x" * 100_000
    assert [(got.span, got.if_match) for got in faulty.requests] == [(None, one.etag)]


def test_a_large_object_is_read_in_ranges_of_one_version(faulty: FaultyStore) -> None:
    source, (one,) = listed(faulty, k=LARGE)
    with source.open(one) as stream:
        assert stream.read() == LARGE
        assert source.unchanged(one, stream)
    assert {got.if_match for got in faulty.requests} == {one.etag}
    assert faulty.sent == len(LARGE)


def test_a_busy_store_is_asked_again(faulty: FaultyStore) -> None:
    source, (one,) = listed(faulty, k=b"hello")
    faulty.trouble = first_times(2, Refusal(503, "SlowDown"))
    with source.open(one) as stream:
        assert stream.read() == b"hello"
    assert len(faulty.requests) == 3


@pytest.mark.parametrize("content", [b"0123456789" * 50_000, LARGE], ids=["small", "large"])
def test_a_body_that_breaks_off_is_taken_up_where_it_did(faulty: FaultyStore, content: bytes) -> None:
    source, (one,) = listed(faulty, k=content)
    faulty.trouble = first_times(3, Cut(70_000))
    with source.open(one) as stream:
        assert stream.read() == content
        assert source.unchanged(one, stream)
    # What came through is not asked for again, but for the last piece of each body, which is lost with it.
    assert faulty.sent < len(content) + 3 * 70_000


def test_a_store_that_always_breaks_off_is_given_up(faulty: FaultyStore) -> None:
    source, (one,) = listed(faulty, k=b"x" * 1000)
    faulty.trouble = lambda _got: Cut(0)
    with pytest.raises(ReadError, match="the store broke off 7 times") as caught:
        source.open(one)
    assert caught.value.reason is Reason.IO_ERROR


def test_what_was_written_anew_since_it_was_listed_is_read_as_it_is_now(faulty: FaultyStore) -> None:
    source, (one,) = listed(faulty, k=b"old")
    faulty.contents["k"] = b"new and longer" * 20_000
    with source.open(one) as stream:
        now = source.current(one, stream)
        assert (now.ref, now.size) == (one.ref, 14 * 20_000)
        assert now.etag != one.etag
        assert stream.read() == faulty.contents["k"]
        assert source.unchanged(now, stream)


def test_what_is_written_to_while_it_is_read_is_changed(faulty: FaultyStore) -> None:
    source, (one,) = listed(faulty, k=LARGE)
    with source.open(one) as stream:
        stream.read(BLOCK)
        faulty.contents["k"] = b"other" * len(LARGE)
        with pytest.raises(ReadError) as caught:
            stream.read()
        assert caught.value.reason is Reason.CHANGED
        assert not source.unchanged(one, stream)


def test_a_failure_that_a_parser_swallowed_is_told_after_reading(faulty: FaultyStore) -> None:
    source, (one,) = listed(faulty, k=LARGE)
    with source.open(one) as stream:
        faulty.trouble = lambda _got: Refusal(403, "AccessDenied")
        stream.seek(MOST)
        with pytest.raises(ReadError):
            stream.read(1)
        with pytest.raises(ReadError) as caught:
            source.unchanged(one, stream)
        assert caught.value.reason is Reason.ACCESS_DENIED


def test_what_is_expected_is_sent_for_at_once_and_each_object_once(faulty: FaultyStore) -> None:
    source, found = listed(faulty, **{f"k{number:02}": b"%d" % number for number in range(40)})
    source.expect(found)
    assert [source.open(one).read() for one in found] == [b"%d" % number for number in range(40)]
    assert sorted(got.key for got in faulty.requests) == [one.ref.key for one in found]


def test_what_is_expected_and_refused_is_refused_when_it_is_opened(faulty: FaultyStore) -> None:
    source, found = listed(faulty, a=b"1", b=b"2")
    faulty.trouble = lambda got: Refusal(403, "AccessDenied") if got.key == "a" else None
    source.expect(found)
    with pytest.raises(ReadError, match="access_denied"):
        source.open(found[0])
    assert source.open(found[1]).read() == b"2"


# endpoints


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254",
        "http://169.254.169.254:80/latest",
        "http://169.254.170.2/v2/credentials",
        "http://[fe80::1]/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:169.254.169.254]/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://user@169.254.169.254/",
    ],
)
def test_link_local_endpoints_are_refused_however_they_are_written(url: str) -> None:
    with pytest.raises(ConfigError, match="link-local"):
        refuse_link_local(url)


@pytest.mark.parametrize("url", ["ftp://host", "s3.example.com", "http://", ""])
def test_an_endpoint_is_a_url(url: str) -> None:
    with pytest.raises(ConfigError, match=r"it is no http:// or https:// URL"):
        refuse_link_local(url)


def test_an_endpoint_from_the_environment_is_refused_too(credentials: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://169.254.169.254")
    with pytest.raises(ConfigError, match="link-local"):
        connect(StoreConfig(region="eu-central-1"))


@pytest.mark.parametrize("store", [StoreConfig(profile="nobody"), StoreConfig(endpoint_url="no url"), StoreConfig(region="not a region")])
def test_what_is_wrong_with_the_configuration_is_said(store: StoreConfig, credentials: None) -> None:  # noqa: ARG001
    with pytest.raises(ConfigError):
        connect(store)


def test_of_a_parquet_file_only_the_columns_that_are_wanted_are_fetched(faulty: FaultyStore) -> None:
    random = np.random.default_rng(1)
    table = pa.table({f"c{number}": random.random(50_000) for number in range(40)})
    written = io.BytesIO()
    pq.write_table(table, written, row_group_size=25_000)
    source, (one,) = listed(faulty, k=written.getvalue())
    with source.open(one) as stream:
        file = pq.ParquetFile(stream, pre_buffer=False, buffer_size=1024 * 1024)
        assert file.read(columns=["c7", "c31"]) == table.select(["c7", "c31"])
    assert one.size > MOST
    assert faulty.sent < 0.15 * one.size
