"""Objects that are asked for without most of botocore: the same objects, by the same right, and botocore where anything is the matter."""

import pytest

from scanner.config import StoreConfig
from scanner.errors import ReadError
from scanner.model.objects import StoredObject
from scanner.model.outcome import Reason
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import S3Source, open_s3
from scanner.sources.s3_connect import connect
from scanner.sources.s3_direct import DirectGet
from scanner.sources.traffic import TRAFFIC
from tests.sources.faulty_store import FaultyStore, Refusal
from tests.sources.test_s3 import fill
from tests.sources.test_s3_trouble import first_times, listed


def learnt(faulty: FaultyStore, **contents: bytes) -> tuple[S3Source, StoredObject]:
    """A source that has had one object of the bucket, and another object."""
    source, (first, second) = listed(faulty, a=b"first", **contents)
    source.open(first).close()
    faulty.requests.clear()
    TRAFFIC.take()
    return source, second


def test_the_first_object_of_a_bucket_shows_the_way_to_the_others(moto: StoreConfig) -> None:
    buckets = [fill(moto, {"k": name.encode(), "a/k": b"deep", "kk": b"x"}) for name in ("one", "two")]
    direct = DirectGet(client := connect(moto))
    for bucket, content in zip(buckets, (b"one", b"two"), strict=True):
        arguments = {"Bucket": bucket, "Key": "k"}
        assert direct.get(arguments) is None
        client.get_object(**arguments)
        answer = direct.get(arguments)
        assert answer
        assert answer["Body"].read() == content
        # What another caller asks for in between teaches nothing.
        client.get_object(Bucket=bucket, Key="a/k")
        assert (direct.get({"Bucket": bucket, "Key": "kk"}) or {})["Body"].read() == b"x"


def test_what_botocore_tells_is_told(moto: StoreConfig) -> None:
    bucket = fill(moto, {"a": b"x"})
    client = connect(moto)
    put = client.put_object(
        Bucket=bucket,
        Key="k",
        Body=b"0123456789",
        ServerSideEncryption="aws:kms",
        SSEKMSKeyId="1234",
        Tagging="a=b",
        StorageClass="STANDARD_IA",
    )
    direct = DirectGet(client)
    arguments = {"Bucket": bucket, "Key": "k", "IfMatch": put["ETag"], "Range": "bytes=2-5"}
    direct.get(arguments)
    plain = client.get_object(**arguments)

    answer = dict(direct.get(arguments) or {})

    assert answer.pop("Body").read() == plain["Body"].read() == b"2345"
    assert {name: str(value) for name, value in answer.items()} == {name: str(plain[name]) for name in answer}
    assert {"ETag", "ContentLength", "ContentRange", "LastModified", "StorageClass", "ServerSideEncryption", "SSEKMSKeyId"} <= answer.keys()


def test_an_object_takes_one_request_whoever_makes_it(faulty: FaultyStore) -> None:
    source, second = learnt(faulty, b=b"second")
    with source.open(second) as stream:
        assert stream.read() == b"second"
    assert [(got.key, got.if_match) for got in faulty.requests] == [("b", second.etag)]
    traffic = TRAFFIC.take()
    assert (traffic.attempts, traffic.repeated) == (1, 0)


@pytest.mark.parametrize("status", [500, 503, 301, 401, 418])
def test_whatever_is_the_matter_botocore_is_asked(faulty: FaultyStore, status: int) -> None:
    source, second = learnt(faulty, b=b"second")
    faulty.trouble = first_times(1, Refusal(status, "Whatever"))
    with source.open(second) as stream:
        assert stream.read() == b"second"
    traffic = TRAFFIC.take()
    assert (len(faulty.requests), traffic.attempts, traffic.repeated) == (2, 2, 1)


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (Refusal(403, "AccessDenied"), Reason.ACCESS_DENIED),
        (Refusal(403, "InvalidObjectState"), Reason.STORAGE_CLASS),
        (Refusal(404, "NoSuchKey"), Reason.GONE),
        (Refusal(400, "InvalidRequest", "The object was stored using a form of Server Side Encryption."), Reason.SSE_C),
    ],
)
def test_a_plain_refusal_is_taken_at_its_word(faulty: FaultyStore, refusal: Refusal, reason: Reason) -> None:
    source, second = learnt(faulty, b=b"second")
    faulty.trouble = lambda _got: refusal
    with pytest.raises(ReadError) as caught:
        source.open(second)
    assert caught.value.reason is reason
    assert len(faulty.requests) == 1


@pytest.mark.parametrize(("pays", "unsigned"), [(True, False), (False, True)])
def test_payers_and_strangers_are_the_same_in_every_request(faulty: FaultyStore, pays: bool, unsigned: bool) -> None:
    faulty.contents = {"a": b"1", "b": b"2", "c": b"3"}
    store = StoreConfig(endpoint_url=faulty.config.endpoint_url, requester_pays=pays, no_sign_request=unsigned)
    source = open_s3("s3://b", SourceOptions(store=store))
    for one in source.objects():
        assert isinstance(one, StoredObject)
        source.open(one).close()
    assert set(faulty.payers) == {"requester" if pays else ""}
    assert {bool(signature) for signature in faulty.signatures} == {not unsigned}


def test_a_busy_store_is_left_to_botocore_for_a_while(faulty: FaultyStore) -> None:
    source, second = learnt(faulty, b=b"second")
    direct = DirectGet(client := connect(faulty.config))
    arguments = {"Bucket": "b", "Key": "b"}
    assert direct.get(arguments) is None
    client.get_object(**arguments)
    assert direct.get(arguments) is not None
    faulty.trouble = first_times(1, Refusal(503, "SlowDown"))
    assert direct.get(arguments) is None
    asked = len(faulty.requests)
    assert direct.get(arguments) is None
    assert len(faulty.requests) == asked
    direct._rests_until = 0
    assert direct.get(arguments) is not None
    source.open(second).close()


def test_a_botocore_that_is_made_otherwise_is_asked_for_everything(moto: StoreConfig) -> None:
    bucket = fill(moto, {"k": b"x"})
    direct = DirectGet(client := connect(moto))
    direct._session = None
    for _ in range(2):
        assert direct.get({"Bucket": bucket, "Key": "k"}) is None
        client.get_object(Bucket=bucket, Key="k")
