"""Reads a job from TOML. Whatever is wrong with it is an error that names the file and the key; nothing is guessed or passed over."""

import os
import tomllib
from dataclasses import replace
from typing import Final

from identifiers.errors import IdentifierError
from identifiers.fields import Fields
from scanner.config import LimitConfig, StoreConfig
from scanner.delivery.destinations import is_delivery
from scanner.errors import ConfigError
from scanner.jobs.criteria_tables import read_buckets, read_objects
from scanner.jobs.discover_table import read_discover
from scanner.jobs.identifier_table import read_allowed, read_identifiers
from scanner.jobs.model import Job, ObjectEvents
from scanner.jobs.schedule_table import read_schedule
from scanner.sources.bounds import parse_share, parse_size

# Macie's: https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html
_LONGEST_NAME: Final = 500
_LONGEST_DESCRIPTION: Final = 200
_MOST_BUCKETS: Final = 1000
_URL_FILE: Final = "url-file:"
_LIMITS: Final = LimitConfig()


def read_job(path: str) -> tuple[Job, str]:
    """The job in the file at `path`, and the file's text.

    :raises ConfigError: if it cannot be read or used; file and key are named
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {os.strerror(error.errno or 0)}; check the path and its permissions") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 at byte {error.start}; save it as UTF-8") from None
    return parse_job(text, path, os.path.dirname(os.path.abspath(path))), text


def parse_job(text: str, where: str, folder: str) -> Job:
    """The job that `text` describes.

    :param where: the file, for messages
    :param folder: what relative paths in it count from
    :raises ConfigError: as `read_job`
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: is no TOML: {error}") from None
    try:
        return _job(Fields(table, where), folder)
    except IdentifierError as error:
        raise ConfigError(str(error)) from None


def _job(fields: Fields, folder: str) -> Job:
    """Each step reads some keys, and adds them to what the steps before it made."""
    job = _named(fields)
    for add in (_add_targets, _add_identifiers, _add_share, _add_outputs, _add_means):
        job = add(job, fields, folder)
    # A key that is misspelt is told of before what is missing because of it.
    fields.finish()
    if bool(job.targets) == (job.buckets is not None):
        fields.fail("targets", "name what is read, either in targets or by criteria in [buckets], and not both")
    return job


def _named(fields: Fields) -> Job:
    name = fields.text("name")
    if len(name) > _LONGEST_NAME or not name.isprintable():
        fields.fail("name", f"must have at most {_LONGEST_NAME} characters, all of them printable")
    description = fields.text("description", "")
    if len(description) > _LONGEST_DESCRIPTION:
        fields.fail("description", f"must have at most {_LONGEST_DESCRIPTION} characters")
    return Job(name, description)


def _add_targets(job: Job, fields: Fields, folder: str) -> Job:
    targets, buckets = _targets(fields, folder), read_buckets(fields)
    return replace(job, targets=targets, buckets=buckets, follow_symlinks=_flag(fields, "follow_symlinks", default=False))


def _add_identifiers(job: Job, fields: Fields, folder: str) -> Job:
    select, deselect, files, recognition = read_identifiers(fields, folder)
    lists, regexes, inline = read_allowed(fields, folder)
    return replace(
        job,
        select=select,
        deselect=deselect,
        identifier_files=files,
        allow_lists=lists,
        allow_regexes=regexes,
        inline_allow=inline,
        **recognition._asdict(),
    )


def _add_share(job: Job, fields: Fields, folder: str) -> Job:
    """How much of it, and when."""
    schedule, discover, initial_run = read_schedule(fields), read_discover(fields, folder), _flag(fields, "initial_run", default=True)
    if not initial_run and schedule is None:
        fields.fail("initial_run", "must be true for a job without a schedule: it has no other run")
    return replace(
        job,
        objects=read_objects(fields),
        schedule=schedule,
        initial_run=initial_run,
        discover=discover,
        sample=_sample(fields),
        sample_seed=fields.whole("sample_seed", 0, 0, 2**31),
        month_bytes=_size(fields, "bytes_per_month"),
    )


def _add_outputs(job: Job, fields: Fields, folder: str) -> Job:
    return replace(
        job,
        max_occurrences=fields.whole("max_occurrences", job.max_occurrences, 0, 10**9),
        suppressions=tuple(_path(folder, path) for path in fields.texts("suppressions")),
        baseline=_file(fields, "baseline", folder),
        state=_file(fields, "state", folder),
        outputs=_outputs(fields, folder),
        into_scanned_bucket=_flag(fields, "into_scanned_bucket", default=False),
        data_catalogue=_file(fields, "data_catalogue", folder),
        object_events=fields.choice("object_events", ObjectEvents.PROBLEMS),
    )


def _add_means(job: Job, fields: Fields, _folder: str) -> Job:
    """How buckets are reached, and what a run may cost."""
    timeout = fields.whole("timeout", int(job.timeout), 1, 10**6)
    return replace(job, store=_store(fields), limits=_limits(fields), timeout=float(timeout))


def _targets(fields: Fields, folder: str) -> tuple[str, ...]:
    """Paths become absolute: a job does not depend on where it is run from."""
    if not fields.has("targets"):
        return ()
    named = fields.texts("targets")
    if not named:
        fields.fail("targets", "must name something; or choose buckets by criteria in [buckets]")
    if len(named) > _MOST_BUCKETS:
        fields.fail("targets", f"has {len(named)} entries; at most {_MOST_BUCKETS} are allowed, so split the job or use [buckets]")
    if "-" in named:
        fields.fail("targets", "standard input cannot be read by a job; use dowse scan -")
    return tuple(one if "://" in one else _path(folder, one) for one in named)


def _path(folder: str, path: str) -> str:
    return os.path.normpath(os.path.join(folder, path))


def _file(fields: Fields, key: str, folder: str) -> str | None:
    return _path(folder, fields.text(key)) if fields.has(key) else None


def _flag(fields: Fields, key: str, *, default: bool) -> bool:
    value = fields.flag(key)
    return default if value is None else value


def _sample(fields: Fields) -> float | None:
    """`sample = "5%"`, or Macie's `sampling_percentage = 5`."""
    percentage = fields.whole("sampling_percentage", 0, 1, 100)
    if not fields.has("sample"):
        return percentage / 100 if percentage else None
    if percentage:
        fields.fail("sample", "says the same as sampling_percentage; remove one of them")
    try:
        share = parse_share(fields.text("sample"))
    except ConfigError as error:
        fields.fail("sample", str(error))
    if not share:
        fields.fail("sample", "of nothing reads nothing; write more than 0 %")
    return share


def _size(fields: Fields, key: str) -> int | None:
    """`10MB`, or a number of bytes; None without the key."""
    value = fields.value(key)
    if value is None:
        return None
    try:
        return parse_size(str(value))
    except ConfigError as error:
        fields.fail(key, str(error))


def _outputs(fields: Fields, folder: str) -> tuple[str, ...]:
    outputs = []
    for one in fields.texts("outputs"):
        name, equals, path = one.partition("=")
        if not equals or not path:
            fields.fail("outputs", f"{one!r}: write it as FORMAT=PATH, as in jsonl=findings.jsonl")
        outputs.append(f"{name}={_destination(folder, path)}")
    return tuple(outputs)


def _destination(folder: str, path: str) -> str:
    if path.startswith(_URL_FILE):
        return _URL_FILE + os.path.join(folder, path.removeprefix(_URL_FILE))
    return path if path == "-" or is_delivery(path) else os.path.join(folder, path)


def _store(fields: Fields) -> StoreConfig:
    table = fields.table("store")
    found = StoreConfig(
        profile=_text(table, "profile"),
        region=_text(table, "region"),
        role_arn=_text(table, "role_arn"),
        external_id=_text(table, "external_id"),
        endpoint_url=_text(table, "endpoint_url"),
        no_sign_request=_flag(table, "no_sign_request", default=False),
        requester_pays=_flag(table, "requester_pays", default=False),
    )
    table.finish()
    return found


def _text(fields: Fields, key: str) -> str | None:
    return fields.text(key) if fields.has(key) else None


def _limits(fields: Fields) -> LimitConfig:
    table = fields.table("limits")
    expanded = _size(table, "max_expanded")
    limits = LimitConfig(
        depth=table.whole("max_depth", _LIMITS.depth, 0, 10**6),
        entries=table.whole("max_entries", _LIMITS.entries, 1, 10**9),
        expanded_bytes=_LIMITS.expanded_bytes if expanded is None else expanded,
        ratio=table.whole("max_ratio", _LIMITS.ratio, 1, 10**6),
    )
    table.finish()
    return limits
