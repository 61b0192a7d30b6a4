"""A job of Amazon Macie as a job file: what `describe-classification-job` tells, or `create-classification-job` takes.

https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

from scanner.errors import ConfigError

Json: TypeAlias = Mapping[str, Any]

_FIELDS: Final = {
    "ACCOUNT_ID": "account",
    "S3_BUCKET_NAME": "name",
    "S3_BUCKET_EFFECTIVE_PERMISSION": "permission",
    "S3_BUCKET_SHARED_ACCESS": "shared_access",
    "OBJECT_EXTENSION": "extension",
    "OBJECT_KEY": "key",
    "OBJECT_LAST_MODIFIED_DATE": "last_modified",
    "OBJECT_SIZE": "size",
}
_SIMPLE: Final = ("simpleCriterion", "simpleScopeTerm")
_TAG: Final = ("tagCriterion", "tagScopeTerm")
_OWN_IDENTIFIERS: Final = "custom-identifiers.toml"
_OWN_LIST: Final = "allow-list.txt"


def job_file(text: str, where: str) -> str:
    """The text of a job file that means the same.

    What only Macie knows, custom identifiers and allow lists, becomes files that are to be written; their ids stand beside.

    :param text: JSON
    :param where: its file, for messages
    :raises ConfigError: if it is no job, or says something that a job file cannot
    """
    try:
        job = json.loads(text)
    except ValueError as error:
        raise ConfigError(f"{where}: is no JSON: {error}; give what `aws macie2 describe-classification-job --job-id ID` prints") from None
    if not isinstance(job, dict) or not isinstance(job.get("s3JobDefinition"), dict) or not isinstance(job.get("name"), str):
        raise ConfigError(f"{where}: is no job; give what `aws macie2 describe-classification-job --job-id ID` prints")
    try:
        return "\n".join([*_head(job), *_schedule(job), *_buckets(job), *_objects(job), *_identifiers(job), *_allow(job)]) + "\n"
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ConfigError(f"{where}: is not as Macie writes jobs: {type(error).__name__} at {error}") from None


def _head(job: Json) -> Iterator[str]:
    yield f"name = {_text(job['name'])}"
    if job.get("description"):
        yield f"description = {_text(job['description'])}"
    definitions = job["s3JobDefinition"].get("bucketDefinitions") or ()
    for one in definitions:
        yield f"# Of account {_text(one['accountId'])}: {_texts(one['buckets'])}"
    if definitions:
        yield f"targets = {_texts([f's3://{bucket}/' for one in definitions for bucket in one['buckets']])}"
    if job.get("samplingPercentage"):
        yield f"sampling_percentage = {int(job['samplingPercentage'])}"
    if job.get("scheduleFrequency"):
        yield f"initial_run = {str(bool(job.get('initialRun'))).lower()}"


def _schedule(job: Json) -> Iterator[str]:
    frequency = job.get("scheduleFrequency")
    if not frequency:
        return
    yield "\n[schedule]"
    if "weeklySchedule" in frequency:
        yield from ('every = "week"', f"on = {_text(frequency['weeklySchedule']['dayOfWeek'].lower())}")
    elif "monthlySchedule" in frequency:
        yield from ('every = "month"', f"on = {int(frequency['monthlySchedule']['dayOfMonth'])}")
    elif "dailySchedule" in frequency:
        yield 'every = "day"'
    else:
        raise ValueError("a schedule that is neither daily, weekly nor monthly")
    created = job.get("createdAt")
    yield f'at = "{datetime.fromisoformat(created).strftime("%H:%M") if created else "00:00"}"'


def _buckets(job: Json) -> Iterator[str]:
    criteria = job["s3JobDefinition"].get("bucketCriteria")
    if criteria:
        yield "\n[buckets]"
        yield from _criteria("buckets", criteria)


def _objects(job: Json) -> Iterator[str]:
    scoping = job["s3JobDefinition"].get("scoping")
    if scoping:
        yield "\n[objects]"
        yield from _criteria("objects", scoping)


def _criteria(table: str, criteria: Json) -> Iterator[str]:
    for part, key in (("includes", "include"), ("excludes", "exclude")):
        for term in (criteria.get(part) or {}).get("and") or ():
            yield f"\n[[{table}.{key}]]"
            yield from _condition(term)


def _condition(term: Json) -> Iterator[str]:
    simple, tagged = (next((term[name] for name in names if term.get(name)), None) for names in (_SIMPLE, _TAG))
    if simple is not None:
        yield f"field = {_text(_FIELDS[simple['key']])}"
        yield f"comparator = {_text(simple['comparator'])}"
        yield f"values = {_texts(simple['values'])}"
        return
    if tagged is None:
        raise ValueError(f"a condition with {', '.join(term) or 'nothing'} in it")
    yield 'field = "tag"'
    yield f"comparator = {_text(tagged['comparator'])}"
    yield f"tags = [{', '.join(_tag(one) for one in tagged['tagValues'])}]"


def _tag(one: Json) -> str:
    return f"{{ {', '.join(f'{key} = {_text(one[key])}' for key in ('key', 'value') if key in one)} }}"


def _identifiers(job: Json) -> Iterator[str]:
    managed, ids, own = job.get("managedDataIdentifierSelector"), job.get("managedDataIdentifierIds"), job.get("customDataIdentifierIds")
    if not (managed or own):
        return
    yield "\n[identifiers]"
    if managed:
        yield f"managed = {_text(managed)}"
    if ids:
        yield f"managed_ids = {_texts(ids)}"
    if own:
        yield from _to_be_written("Custom data identifiers", own)
        yield f"files = {_texts([_OWN_IDENTIFIERS])}"


def _allow(job: Json) -> Iterator[str]:
    if job.get("allowListIds"):
        yield "\n[allow]"
        yield from _to_be_written("Allow lists", job["allowListIds"])
        yield f"lists = {_texts([_OWN_LIST])}"


def _to_be_written(what: str, ids: Sequence[str]) -> Iterator[str]:
    yield f"# {what} in Macie, to be written to the file below: {', '.join(_text(one) for one in ids)}"


def _texts(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _text(value: object) -> str:
    """A text of TOML, in which nothing can act on a terminal."""
    if not isinstance(value, str):
        raise TypeError(repr(value))
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isprintable() else f"\\U{ord(one):08X}" for one in escaped) + '"'
