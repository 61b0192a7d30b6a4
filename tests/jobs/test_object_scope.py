"""Which objects a job reads: on folders, and in a bucket with tags."""

import os
import pickle
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scanner.config import StoreConfig
from scanner.errors import ReadError
from scanner.jobs.conditions import EPOCH, Tags, checks_of
from scanner.jobs.loader import parse_job
from scanner.jobs.object_scope import ObjectScope
from scanner.model.objects import StoredObject, Unlisted
from scanner.model.outcome import Reason, Status
from scanner.sources.base import Source
from scanner.sources.judged import JudgedSource
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import tags_of
from scanner.sources.several import open_sources
from tests.sources.test_s3 import client, fill


def scoped(source: Source, conditions: str, since: datetime | None = None, store: StoreConfig | None = None) -> JudgedSource:
    job = parse_job(f'name = "a"\ntargets = ["x"]\n{conditions}', "a.toml", "/")

    def ask(stored: StoredObject) -> Tags | ReadError:
        assert store is not None, "nobody needs to be asked"
        return tags_of(store, stored)

    return ObjectScope(checks_of(job.objects, EPOCH), since, ask).of(source)


def offered(source: JudgedSource) -> list[str]:
    return [met.ref.key for met in source.objects() if isinstance(met, StoredObject)]


def left_out(source: JudgedSource) -> dict[str, tuple[Status, Reason | None, str]]:
    return {
        met.ref.key: (met.outcome.status, met.outcome.reason, met.outcome.detail) for met in source.objects() if isinstance(met, Unlisted)
    }


def test_on_a_folder_the_rest_is_met_as_excluded(tmp_path: Path) -> None:
    for name in ("a.csv", "a.txt", "raw/b.csv", "empty.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("" if name == "empty.csv" else "x" * 10)
    conditions = """
[[objects.include]]
field = "extension"
values = ["csv"]
[[objects.exclude_any]]
field = "key"
comparator = "STARTS_WITH"
values = ["raw/"]
[[objects.exclude_any]]
field = "tag"
tags = [{ key = "x" }]
"""
    source = scoped(open_sources([str(tmp_path)], SourceOptions()), conditions)

    assert offered(source) == ["a.csv"]
    excluded = (Status.SKIPPED, Reason.EXCLUDED, "is not in the job's scope")
    assert left_out(source) == {"a.txt": excluded, "raw/b.csv": excluded, "empty.csv": (Status.SKIPPED, Reason.EMPTY, "")}


def test_without_an_initial_run_only_what_came_or_changed_since_is_read_even_with_an_old_time_of_writing(tmp_path: Path) -> None:
    old, changed, came = (tmp_path / name for name in ("old.txt", "changed.txt", "came.txt"))
    old.write_text("x")
    changed.write_text("x")
    time.sleep(0.05)
    since = datetime.now(UTC)
    time.sleep(0.05)
    changed.write_text("y")
    came.write_text("x")
    os.utime(came, (0, 0))

    source = scoped(open_sources([str(tmp_path)], SourceOptions()), "", since)

    assert offered(source) == ["came.txt", "changed.txt"]
    assert left_out(source) == {"old.txt": (Status.SKIPPED, Reason.EXCLUDED, "was there when the job was added")}


def test_tags_of_objects_in_a_bucket_decide_and_are_asked_for_only_where_they_do(moto: StoreConfig) -> None:
    bucket = fill(moto, {"a.csv": b"x", "b.csv": b"x", "c.csv": b"x", "d.txt": b"x"})
    s3 = client(moto)
    s3.put_object_tagging(Bucket=bucket, Key="a.csv", Tagging={"TagSet": [{"Key": "class", "Value": "private"}]})
    s3.put_object_tagging(Bucket=bucket, Key="b.csv", Tagging={"TagSet": [{"Key": "class", "Value": "public"}]})
    conditions = """
[[objects.include]]
field = "extension"
values = ["csv"]
[[objects.exclude]]
field = "tag"
tags = [{ key = "class", value = "public" }]
"""
    asked = []
    inner = open_sources([f"s3://{bucket}/"], SourceOptions(store=moto))
    job = parse_job(f'name = "a"\ntargets = ["x"]\n{conditions}', "a.toml", "/")

    def ask(stored: StoredObject) -> Tags | ReadError:
        asked.append(stored.ref.key)
        return tags_of(moto, stored)

    source = ObjectScope(checks_of(job.objects, EPOCH), None, ask).of(inner)
    assert offered(source) == ["a.csv", "c.csv"]
    assert sorted(asked) == ["a.csv", "b.csv", "c.csv"]


def test_an_object_whose_tags_may_not_be_read_is_failed_and_not_passed_over(tmp_path: Path, moto: StoreConfig) -> None:
    bucket = fill(moto, {"a.csv": b"x"})
    conditions = '[[objects.include]]\nfield = "tag"\ntags = [{ key = "class" }]\n'
    inner = open_sources([f"s3://{bucket}/"], SourceOptions(store=moto))
    job = parse_job(f'name = "a"\ntargets = ["x"]\n{conditions}', "a.toml", str(tmp_path))
    denied = ReadError(Reason.ACCESS_DENIED, "s3:GetObjectTagging is missing")

    source = ObjectScope(checks_of(job.objects, EPOCH), None, lambda _stored: denied).of(inner)

    detail = "its tags, which decide whether it is wanted, cannot be read: s3:GetObjectTagging is missing"
    assert left_out(source) == {"a.csv": (Status.FAILED, Reason.ACCESS_DENIED, detail)}


def test_in_another_process_it_is_the_source_itself(tmp_path: Path) -> None:
    inner = open_sources([str(tmp_path)], SourceOptions())

    assert pickle.loads(pickle.dumps(scoped(inner, ""))) == inner  # noqa: S301 - our own


@pytest.mark.parametrize(("age", "expected"), [("10d", ["new.txt"]), ("100d", ["new.txt", "old.txt"])])
def test_ages_count_from_the_start_of_the_run(tmp_path: Path, age: str, expected: list[str]) -> None:
    now = datetime.now(UTC)
    for name, days in (("old.txt", 50), ("new.txt", 1)):
        (tmp_path / name).write_text("x")
        moment = (now - timedelta(days=days)).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    conditions = f'[[objects.include]]\nfield = "last_modified"\ncomparator = "GTE"\nvalues = ["{age}"]\n'
    job = parse_job(f'name = "a"\ntargets = ["x"]\n{conditions}', "a.toml", "/")

    source = ObjectScope(checks_of(job.objects, now), None, lambda _: ()).of(open_sources([str(tmp_path)], SourceOptions()))

    assert offered(source) == expected
