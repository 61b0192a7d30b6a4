"""Objects that are likely to be alike fall together."""

from datetime import UTC, datetime, timedelta

import pytest

from scanner.discovery.clusters import Cluster, Clusters
from scanner.model.objects import ObjectRef, StoredObject

NOW = datetime(2026, 3, 8, tzinfo=UTC)


def stored(key: str, days: float = 400, storage_class: str = "STANDARD", bucket: str = "b") -> StoredObject:
    return StoredObject(ObjectRef("s3", bucket, key), 10, NOW - timedelta(days=days), "e", storage_class)


@pytest.mark.parametrize(
    ("key", "prefix", "kind"),
    [
        ("a.csv", "", "csv"),
        ("logs/2026-03-01/app.LOG", "logs/#-#-#", "log"),
        ("logs/2026-03-02/x/y/z.log", "logs/#-#-#", "log"),
        ("users/9f86d081884c7d65/photo.jpeg", "users/#", "jpeg"),
        ("t/3fa85f64-5717-4562-b3fc-2c963f66afa6/data.tar.gz", "t/#", "tar.gz"),
        ("a//b.csv.gz", "a/", "csv.gz"),
        ("a/README", "a", ""),
        ("a/.bashrc", "a", ""),
        ("a/x.a-very-long-ending", "a", ""),
        ("a/x.cs\nv", "a", ""),
    ],
)
def test_folder_and_type(key: str, prefix: str, kind: str) -> None:
    assert Clusters(NOW).of(stored(key)) == Cluster("s3", "b", prefix, kind, "STANDARD", "older")


@pytest.mark.parametrize(("days", "age"), [(0, "week"), (6.9, "week"), (7, "month"), (29, "month"), (30, "year"), (365, "older")])
def test_age(days: float, age: str) -> None:
    assert Clusters(NOW).of(stored("a.csv", days)).age == age


def test_buckets_and_classes_are_apart() -> None:
    clusters = Clusters(NOW)

    assert len({clusters.of(one) for one in (stored("a"), stored("a", bucket="c"), stored("a", storage_class="STANDARD_IA"))}) == 3


def test_a_bucket_with_very_many_folders_has_a_bounded_number_of_clusters() -> None:
    clusters = Clusters(NOW)
    words = ["".join(chr(ord("g") + (number // 20**place) % 20) for place in range(4)) for number in range(5000)]

    found = {clusters.of(stored(f"{word}/{word}/a.csv")).prefix for word in words}

    assert len(found) == 1001
    assert "*" in found
    assert clusters.of(stored(f"{words[0]}/{words[0]}/b.csv")).prefix == f"{words[0]}/{words[0]}"
