"""Job files: everything that can be said, and that every mistake names the file and the key."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.config import StoreConfig
from scanner.errors import ConfigError
from scanner.jobs.loader import parse_job, read_job
from scanner.jobs.model import BucketCriteria, BucketField, Comparator, Condition, Criteria, ObjectField, TagValue
from scanner.jobs.schedule import Schedule
from scanner.model.names_mode import NamesMode
from scanner.model.occurrence import Confidence

WHOLE = """
name = "nightly"
description = "everything public"
initial_run = false
sampling_percentage = 25
object_events = "all"
outputs = ["jsonl=out/{job}-{run}.jsonl", "macie=-", "asff=securityhub:", "jsonl=url-file:hook"]
into_scanned_bucket = true
data_catalogue = "levels.toml"
timeout = 300

[schedule]
every = "week"
on = "monday"
at = "2:05"
timezone = "Europe/Berlin"

[buckets]
trust = ["123456789012"]
[[buckets.include]]
field = "S3_BUCKET_EFFECTIVE_PERMISSION"
values = ["PUBLIC"]
[[buckets.exclude_any]]
field = "tag"
tags = [{ key = "scan", value = "no" }, { key = "private" }, { value = "" }]

[objects]
[[objects.include]]
field = "extension"
values = ["csv", "tar.gz"]
[[objects.exclude]]
field = "size"
comparator = "GT"
values = "5MiB"
[[objects.exclude]]
field = "last_modified"
comparator = "LT"
values = 2026-01-01

[identifiers]
managed = "EXCLUDE"
managed_ids = ["NAME"]
files = ["own.toml"]
min_confidence = "low"
names = "tables"
no_cap = true

[allow]
lists = ["/etc/allowed.txt"]
inline = false

[store]
profile = "audit"
requester_pays = true

[limits]
max_expanded = "1GiB"
"""


def test_a_job_file_can_say_everything() -> None:
    job = parse_job(WHOLE, "nightly.toml", "/srv/jobs")

    assert (job.name, job.sample, job.initial_run, job.object_events, job.timeout) == ("nightly", 0.25, False, "all", 300)
    assert job.schedule == Schedule("5 2 * * 1", "Europe/Berlin")
    assert job.buckets == BucketCriteria(
        Criteria(
            include=(Condition(BucketField.PERMISSION, Comparator.EQ, ("PUBLIC",)),),
            exclude_any=(
                Condition(BucketField.TAG, Comparator.EQ, tags=(TagValue("scan", "no"), TagValue("private"), TagValue(None, ""))),
            ),
        ),
        ("123456789012",),
    )
    assert job.objects.include == (Condition(ObjectField.EXTENSION, Comparator.EQ, ("csv", "tar.gz")),)
    assert job.objects.exclude == (
        Condition(ObjectField.SIZE, Comparator.GT, ("5MiB",)),
        Condition(ObjectField.LAST_MODIFIED, Comparator.LT, ("2026-01-01",)),
    )
    assert (job.select, job.deselect, job.identifier_files) == (("all",), ("NAME",), ("/srv/jobs/own.toml",))
    assert (job.names, job.names_cap, job.data_catalogue) == (NamesMode.TABLES, None, "/srv/jobs/levels.toml")
    assert (job.min_confidence, job.allow_lists, job.inline_allow) == (Confidence.LOW, ("/etc/allowed.txt",), False)
    assert job.store == StoreConfig(profile="audit", requester_pays=True)
    assert job.limits.expanded_bytes == 1024**3
    assert job.outputs == ("jsonl=/srv/jobs/out/{job}-{run}.jsonl", "macie=-", "asff=securityhub:", "jsonl=url-file:/srv/jobs/hook")
    assert job.into_scanned_bucket


@pytest.mark.parametrize(
    ("schedule", "cron"),
    [
        ('every = "day"', "0 0 * * *"),
        ('every = "day"\nat = "23:59"', "59 23 * * *"),
        ('every = "week"\non = "sunday"', "0 0 * * 0"),
        ('every = "month"\non = 31', "0 0 31 * *"),
        ('every = "month"\non = "last"\nat = "4:30"', "30 4 L * *"),
        ('cron = "*/5 * * * *"', "*/5 * * * *"),
    ],
)
def test_schedules_come_down_to_cron(schedule: str, cron: str) -> None:
    assert parse_job(f'name = "a"\ntargets = ["x"]\n[schedule]\n{schedule}\n', "a.toml", "/").schedule == Schedule(cron)


@pytest.mark.parametrize(
    ("managed", "chosen"),
    [
        ('managed = "ALL"', (("all",), ())),
        ('managed = "RECOMMENDED"', (("recommended",), ())),
        ('managed = "INCLUDE"\nmanaged_ids = ["CREDIT_CARD_NUMBER"]', (("CREDIT_CARD_NUMBER",), ())),
        ('managed = "NONE"\nfiles = ["own.toml"]', (("none",), ())),
        ('select = ["macie"]\ndeselect = ["country:FR"]', (("macie",), ("country:FR",))),
        ("", (("recommended",), ())),
    ],
)
def test_identifiers_are_chosen_in_macies_words_or_ours(managed: str, chosen: tuple[object, object]) -> None:
    job = parse_job(f'name = "a"\ntargets = ["x"]\n[identifiers]\n{managed}\n', "a.toml", "/")

    assert (job.select, job.deselect) == chosen


def test_targets_are_paths_beside_the_file_or_uris(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('name = "a"\ntargets = ["s3://logs/2026/", "data/../exports", "/srv"]\n')

    job, text = read_job(str(path))

    assert job.targets == ("s3://logs/2026/", str(tmp_path / "exports"), "/srv")
    assert text == path.read_text()


CONDITION = 'name = "a"\ntargets = ["x"]\n[[objects.include]]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "a.toml: is no TOML"),
        ('targets = ["x"]', "a.toml: name: is missing"),
        ('name = "a"', "a.toml: targets: name what is read"),
        ('name = "a"\ntargets = ["x"]\n[buckets]', "a.toml: targets: name what is read"),
        ('name = "a"\ntargets = ["-"]', "a.toml: targets: standard input"),
        ('name = "a\\u001b"\ntargets = ["x"]', "a.toml: name: "),
        (f'name = "{"a" * 501}"\ntargets = ["x"]', "a.toml: name: must have at most 500"),
        ('name = "a"\ntargets = ["x"]\ntarget = 1', "a.toml: target: is no key that is known here; did you mean 'targets'"),
        ('name = "a"\ntargets = ["x"]\ninitial_run = false', "a.toml: initial_run: must be true"),
        ('name = "a"\ntargets = ["x"]\nsampling_percentage = 0', "a.toml: sampling_percentage: must be a whole number from 1 to 100"),
        ('name = "a"\ntargets = ["x"]\nsample = "0%"', "a.toml: sample: of nothing"),
        ('name = "a"\ntargets = ["x"]\noutputs = ["jsonl"]', "a.toml: outputs: "),
        ('name = "a"\ntargets = ["x"]\nschedule = "daily"', "a.toml: schedule: must be a table"),
        ('name = "a"\ntargets = ["x"]\n[schedule]', "a.toml: schedule: every: is missing"),
        ('name = "a"\ntargets = ["x"]\n[schedule]\nevery = "week"', "a.toml: schedule: on: must be a day of the week"),
        ('name = "a"\ntargets = ["x"]\n[schedule]\nevery = "month"\non = 32', "a.toml: schedule: on: must be a whole number"),
        ('name = "a"\ntargets = ["x"]\n[schedule]\nevery = "day"\nat = "24:00"', "a.toml: schedule: at: must be a time"),
        ('name = "a"\ntargets = ["x"]\n[schedule]\nevery = "day"\ncron = "0 0 * * *"', "a.toml: schedule: every: is no key"),
        ('name = "a"\ntargets = ["x"]\n[schedule]\ncron = "nine"', "a.toml: schedule: cron: cron expression 'nine'"),
        (
            'name = "a"\ntargets = ["x"]\n[schedule]\nevery = "day"\ntimezone = "Mars"',
            "a.toml: schedule: timezone: time zone 'Mars' is not known",
        ),
        (CONDITION + 'field = "colour"\nvalues = ["x"]', "a.toml: objects.include 1: field: must be one of key, extension"),
        (
            CONDITION + 'field = "size"\ncomparator = "GLOB"\nvalues = ["5"]',
            "a.toml: objects.include 1: comparator: must be one of EQ, NE, GT",
        ),
        (CONDITION + 'field = "size"\nvalues = ["many"]', "a.toml: objects.include 1: values: 'many' is no size"),
        (CONDITION + 'field = "size"\nvalues = ["1", "2"]', "a.toml: objects.include 1: values: must be one value"),
        (CONDITION + 'field = "last_modified"\nvalues = ["soon"]', "a.toml: objects.include 1: values: 'soon' is no time"),
        (CONDITION + 'field = "key"\nvalues = []', "a.toml: objects.include 1: values: must be a list"),
        (CONDITION + 'field = "key"\ncomparator = "REGEX"\nvalues = ["("]', "a.toml: objects.include 1: values: '\\(' is no regular"),
        (CONDITION + 'field = "key"\ncomparator = "GLOB"\nvalues = ["{a,b}"]', "a.toml: objects.include 1: values: key pattern"),
        (CONDITION + 'field = "tag"\nvalues = ["x"]', "a.toml: objects.include 1: tags: must be one or more tables"),
        (CONDITION + 'field = "tag"\ntags = [{}]', "a.toml: objects.include 1: tags: needs a key"),
        ('name = "a"\n[[buckets.include]]\nfield = "permission"\nvalues = ["OPEN"]', "'OPEN' is none of PUBLIC, NOT_PUBLIC, UNKNOWN"),
        ('name = "a"\n[buckets]\ntrust = ["me"]', "a.toml: buckets: trust: "),
        ('name = "a"\ntargets = ["x"]\n[identifiers]\nmanaged = "NONE"', "a.toml: identifiers: files: must name a file"),
        ('name = "a"\ntargets = ["x"]\n[identifiers]\nmanaged = "INCLUDE"', "a.toml: identifiers: managed_ids: is needed"),
        ('name = "a"\ntargets = ["x"]\n[limits]\nmax_expanded = "lots"', "a.toml: limits: max_expanded: 'lots' is no size"),
        ('name = "a"\ntargets = ["x"]\n[store]\npassword = "x"', "a.toml: store: password: is no key"),
    ],
)
def test_every_mistake_names_the_file_and_the_key(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse_job(text, "a.toml", "/")


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_bytes(b'name = "\xff"')

    with pytest.raises(ConfigError, match=r"a\.toml: cannot be read"):
        read_job(str(tmp_path / "a.toml"))
    with pytest.raises(ConfigError, match=r"b\.toml: is not UTF-8 at byte 8"):
        read_job(str(tmp_path / "b.toml"))


def test_dates_without_quotes_are_times(tmp_path: Path) -> None:
    text = CONDITION + 'field = "last_modified"\ncomparator = "GTE"\nvalues = 2026-03-01T12:00:00Z'

    [condition] = parse_job(text, "a.toml", str(tmp_path)).objects.include
    assert datetime.fromisoformat(condition.values[0]) == datetime(2026, 3, 1, 12, tzinfo=UTC)
