"""In whose name a store is asked, and what every request carries."""

from pathlib import Path

import boto3
import pytest

from scanner.config import StoreConfig
from scanner.errors import ConfigError
from scanner.model.objects import StoredObject
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import open_s3
from scanner.sources.s3_connect import connect, is_amazon, payer
from tests.sources.faulty_store import FaultyStore
from tests.sources.test_s3 import fill


def test_a_role_is_assumed_with_its_external_id(moto: StoreConfig) -> None:
    iam = boto3.client("iam", endpoint_url=moto.endpoint_url, region_name="us-east-1")
    role = iam.create_role(RoleName="reader", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    bucket = fill(moto, {"k": b"hello"})
    store = StoreConfig(endpoint_url=moto.endpoint_url, role_arn=role, external_id="4711")

    source = open_s3(f"s3://{bucket}", SourceOptions(store=store))
    (one,) = source.objects()

    assert isinstance(one, StoredObject)
    assert source.open(one).read() == b"hello"
    credentials = connect(store)._request_signer._credentials
    assert credentials.method == "assume-role"
    assert credentials.access_key != "testing"


def test_a_role_without_anybody_to_assume_it_is_a_config_error(moto: StoreConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    store = StoreConfig(endpoint_url=moto.endpoint_url, role_arn="arn:aws:iam::111122223333:role/reader")
    with pytest.raises(ConfigError, match=r"--role-arn .*: there are no credentials"):
        connect(store)


def test_a_profile_gives_key_and_region(credentials: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # noqa: ARG001
    (tmp_path / "config").write_text("[profile audit]\nregion = eu-west-3\naws_access_key_id = fromprofile\naws_secret_access_key = x\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    client = connect(StoreConfig(profile="audit"))
    assert (client.meta.region_name, client._request_signer._credentials.access_key) == ("eu-west-3", "fromprofile")
    assert is_amazon(client)
    assert connect(StoreConfig(profile="audit", region="eu-north-1")).meta.region_name == "eu-north-1"


def test_who_accepts_to_pay_says_so_with_every_request(faulty: FaultyStore) -> None:
    faulty.contents = {"k": b"x"}
    store = StoreConfig(endpoint_url=faulty.config.endpoint_url, requester_pays=True)
    source = open_s3("s3://b", SourceOptions(store=store))
    (one,) = source.objects()
    assert isinstance(one, StoredObject)
    source.open(one).close()
    assert len(faulty.payers) == 2
    assert set(faulty.payers) == {"requester"}
    assert payer(faulty.config) == {}


def test_without_signature_no_request_is_signed(faulty: FaultyStore) -> None:
    faulty.contents = {"k": b"x"}
    store = StoreConfig(endpoint_url=faulty.config.endpoint_url, no_sign_request=True)
    assert len(list(open_s3("s3://b", SourceOptions(store=store)).objects())) == 1
    assert faulty.signatures == [""]


def test_only_reading_requests_are_ever_made(faulty: FaultyStore) -> None:
    faulty.contents = {"k": b"x"}
    source = open_s3("s3://b", SourceOptions(store=faulty.config, tags=()))
    for one in source.objects():
        assert isinstance(one, StoredObject)
        source.described(one)
        source.open(one).close()
    assert faulty.methods <= {"GET", "HEAD"}
