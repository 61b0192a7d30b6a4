"""Jobs of Macie become job files that mean the same. What they are is held to the model of Macie's own API."""

import json
from typing import Any

import pytest
from botocore.session import Session
from botocore.validate import ParamValidator

from scanner.errors import ConfigError
from scanner.jobs.from_macie import job_file
from scanner.jobs.loader import parse_job
from scanner.jobs.model import BucketCriteria, BucketField, Comparator, Condition, Criteria, Job, ObjectField, TagValue
from scanner.jobs.schedule import Schedule

NAMED: dict[str, Any] = {
    "clientToken": "1",
    "name": 'Exports "2026" \\ äß',
    "description": "of sales\x1b\x9b",
    "jobType": "SCHEDULED",
    "initialRun": True,
    "samplingPercentage": 25,
    "scheduleFrequency": {"monthlySchedule": {"dayOfMonth": 31}},
    "managedDataIdentifierSelector": "EXCLUDE",
    "managedDataIdentifierIds": ["NAME"],
    "customDataIdentifierIds": ["c0ffee"],
    "allowListIds": ["ab", "cd"],
    "s3JobDefinition": {
        "bucketDefinitions": [
            {"accountId": "123456789012", "buckets": ["one", "two"]},
            {"accountId": "210987654321", "buckets": ["three"]},
        ],
        "scoping": {
            "includes": {
                "and": [
                    {"simpleScopeTerm": {"comparator": "EQ", "key": "OBJECT_EXTENSION", "values": ["csv", "json"]}},
                    {"simpleScopeTerm": {"comparator": "GT", "key": "OBJECT_LAST_MODIFIED_DATE", "values": ["2026-01-01T00:00:00Z"]}},
                ]
            },
            "excludes": {
                "and": [
                    {"simpleScopeTerm": {"comparator": "STARTS_WITH", "key": "OBJECT_KEY", "values": ["tmp/"]}},
                    {"simpleScopeTerm": {"comparator": "GTE", "key": "OBJECT_SIZE", "values": ["1000"]}},
                    {
                        "tagScopeTerm": {
                            "comparator": "NE",
                            "key": "TAG",
                            "tagValues": [{"key": "team", "value": "sales"}, {"key": "keep", "value": ""}],
                            "target": "S3_OBJECT",
                        }
                    },
                ]
            },
        },
    },
}
SOUGHT: dict[str, Any] = {
    "clientToken": "1",
    "name": "public",
    "jobType": "ONE_TIME",
    "s3JobDefinition": {
        "bucketCriteria": {
            "includes": {
                "and": [{"simpleCriterion": {"comparator": "EQ", "key": "S3_BUCKET_EFFECTIVE_PERMISSION", "values": ["PUBLIC", "UNKNOWN"]}}]
            },
            "excludes": {"and": [{"tagCriterion": {"comparator": "EQ", "tagValues": [{"key": "scan", "value": "no"}]}}]},
        }
    },
}


def job_of(macie: dict[str, Any]) -> Job:
    return parse_job(job_file(json.dumps(macie), "job.json"), "job.toml", "/srv")


@pytest.mark.parametrize("macie", [NAMED, SOUGHT], ids=["named", "sought"])
def test_the_samples_are_what_macie_takes(macie: dict[str, Any]) -> None:
    shape: Any = Session().get_service_model("macie2").operation_model("CreateClassificationJob").input_shape

    assert not ParamValidator().validate(macie, shape).has_errors()


def test_everything_is_carried_over() -> None:
    job = job_of(NAMED)

    assert (job.name, job.description, job.sample, job.initial_run) == (NAMED["name"], NAMED["description"], 0.25, True)
    assert job.targets == ("s3://one/", "s3://two/", "s3://three/")
    assert job.schedule == Schedule("0 0 31 * *")
    assert (job.select, job.deselect) == (("all",), ("NAME",))
    assert (job.identifier_files, job.allow_lists) == (("/srv/custom-identifiers.toml",), ("/srv/allow-list.txt",))
    assert job.objects == Criteria(
        include=(
            Condition(ObjectField.EXTENSION, Comparator.EQ, ("csv", "json")),
            Condition(ObjectField.LAST_MODIFIED, Comparator.GT, ("2026-01-01T00:00:00Z",)),
        ),
        exclude=(
            Condition(ObjectField.KEY, Comparator.STARTS_WITH, ("tmp/",)),
            Condition(ObjectField.SIZE, Comparator.GTE, ("1000",)),
            Condition(ObjectField.TAG, Comparator.NE, tags=(TagValue("team", "sales"), TagValue("keep", ""))),
        ),
    )


def test_buckets_are_sought_by_the_same_criteria() -> None:
    job = job_of(SOUGHT)

    assert job.schedule is None
    assert job.buckets == BucketCriteria(
        Criteria(
            include=(Condition(BucketField.PERMISSION, Comparator.EQ, ("PUBLIC", "UNKNOWN")),),
            exclude=(Condition(BucketField.TAG, Comparator.EQ, tags=(TagValue("scan", "no"),)),),
        )
    )


@pytest.mark.parametrize(
    ("frequency", "cron"),
    [
        ({"dailySchedule": {}}, "45 13 * * *"),
        ({"weeklySchedule": {"dayOfWeek": "SUNDAY"}}, "45 13 * * 0"),
        ({"monthlySchedule": {"dayOfMonth": 1}}, "45 13 1 * *"),
    ],
)
def test_schedules_are_at_the_time_of_day_at_which_macie_made_the_job(frequency: dict[str, Any], cron: str) -> None:
    job = job_of(SOUGHT | {"scheduleFrequency": frequency, "createdAt": "2026-03-01T13:45:59.123000+00:00"})

    assert job.schedule == Schedule(cron)
    assert not job.initial_run


def test_what_only_macie_knows_is_named() -> None:
    text = job_file(json.dumps(NAMED), "job.json")

    assert '# Custom data identifiers in Macie, to be written to the file below: "c0ffee"' in text
    assert '# Allow lists in Macie, to be written to the file below: "ab", "cd"' in text
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert '# Of account "210987654321": ["three"]' in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "job.json: is no JSON"),
        ("[]", "job.json: is no job"),
        ('{"name": "a", "s3JobDefinition": {"scoping": {"includes": {"and": [{}]}}}}', "a condition with nothing in it"),
        (
            '{"name": "a", "s3JobDefinition": {"scoping": {"includes": {"and": [{"simpleScopeTerm": {"key": "OBJECT_COLOUR"}}]}}}}',
            "not as Macie writes jobs: KeyError at 'OBJECT_COLOUR'",
        ),
        ('{"name": "a", "s3JobDefinition": {}, "scheduleFrequency": {"hourly": {}}}', "neither daily"),
    ],
)
def test_what_is_no_job_of_macies_is_told(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        job_file(text, "job.json")
