"""What a finding says of the object it is about."""

from dataclasses import replace

from scanner.model.objects import ObjectFacts, ObjectRef, Owner
from scanner.reports.resources import resources_affected
from tests.reports.build import stored

UNKNOWN_BUCKET = {
    "allowsUnencryptedObjectUploads": "UNKNOWN",
    "defaultServerSideEncryption": {"encryptionType": "UNKNOWN"},
    "publicAccess": {"effectivePermission": "UNKNOWN"},
    "tags": [],
}


def test_a_local_file_has_the_uri_of_its_folder_as_the_bucket() -> None:
    local = stored("people & more/customers.tar.GZ", bucket="/srv/my data")
    assert resources_affected(local, 1200) == {
        "s3Bucket": {"name": "file:///srv/my%20data", **UNKNOWN_BUCKET},
        "s3Object": {
            "key": "people & more/customers.tar.GZ",
            "path": "file:///srv/my%20data/people & more/customers.tar.GZ",
            "extension": "GZ",
            "size": 1200,
            "eTag": "4b0-18866f3c5a2b4000-1f",
            "versionId": "",
            "serverSideEncryption": {"encryptionType": "UNKNOWN"},
            "tags": [],
            "lastModified": "2026-01-01T08:30:00.000Z",
        },
    }


def test_an_object_in_s3_has_its_arn_class_and_version() -> None:
    remote = replace(stored(), ref=ObjectRef("s3", "my-bucket", "a/.env", "v7"), storage_class="STANDARD_IA")
    affected = resources_affected(remote, 5)
    assert affected["s3Bucket"] == {"arn": "arn:aws:s3:::my-bucket", "name": "my-bucket", **UNKNOWN_BUCKET}
    one = affected["s3Object"]
    assert isinstance(one, dict)
    assert {name: one[name] for name in ("bucketArn", "path", "extension", "versionId", "storageClass")} == {
        "bucketArn": "arn:aws:s3:::my-bucket",
        "path": "my-bucket/a/.env",
        "extension": "",
        "versionId": "v7",
        "storageClass": "STANDARD_IA",
    }


def test_a_storage_class_that_macie_does_not_know_is_left_out() -> None:
    one = resources_affected(replace(stored(), storage_class="EXPRESS_ONEZONE"), 5)["s3Object"]
    assert isinstance(one, dict)
    assert "storageClass" not in one


def test_standard_input_has_no_folder() -> None:
    affected = resources_affected(stored("feed.csv", bucket="", store="stdin"), 5)
    bucket, one = affected["s3Bucket"], affected["s3Object"]
    assert isinstance(bucket, dict)
    assert isinstance(one, dict)
    assert (bucket["name"], one["path"]) == ("stdin://", "stdin:///feed.csv")


def test_the_root_of_the_file_system_has_one_slash() -> None:
    one = resources_affected(stored("etc/passwd", bucket="/"), 5)["s3Object"]
    assert isinstance(one, dict)
    assert one["path"] == "file:///etc/passwd"


def test_what_the_store_says_of_encryption_and_tags_stands_where_macie_has_it() -> None:
    key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"
    facts = ObjectFacts("aws:kms", key, (("class", "internal"), ("team", "")), 2, Owner("75aa57f09aa0c8caeab4f8c24e99d10f8e7faeeb"))
    one = resources_affected(replace(stored(), facts=facts), 5)["s3Object"]
    assert isinstance(one, dict)
    assert one["serverSideEncryption"] == {"encryptionType": "aws:kms", "kmsMasterKeyId": key}
    assert one["tags"] == [{"key": "class", "value": "internal"}, {"key": "team", "value": ""}]
