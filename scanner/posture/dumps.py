"""A folder of dumps of the AWS command line: one folder a bucket, one file a call.

    dumps/_account/get-caller-identity.json      whose buckets they are
    dumps/_account/get-public-access-block.json  the account's own block
    dumps/BUCKET/get-bucket-policy.json          what the call answered
    dumps/BUCKET/get-bucket-policy.err           or the error it ended with
    dumps/BUCKET/access-points/NAME/get-access-point.json
    dumps/_account/list-multi-region-access-points.json, and for each dumps/_account/multi-region/NAME/get-multi-...-policy.json

`commands` prints the commands that make such a folder. A call with neither file was not asked, and its setting is UNKNOWN.
"""

import json
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import regex

from scanner.errors import ConfigError
from scanner.posture import calls
from scanner.posture.answers import NOT_ASKED, AccessPointAnswers, Answer, BucketAnswers
from scanner.posture.calls import Call
from scanner.posture.inventory import Inventory
from scanner.posture.multi_region import points_by_bucket

_ACCOUNT: Final = "_account"
_POINTS: Final = "access-points"
_MULTI_REGION: Final = "multi-region"
_CODE: Final = regex.compile(r"An error occurred \((?P<code>[A-Za-z0-9.]+)\)")
# Policies are at most 20 KB; nothing that these calls answer comes near this.
_LARGEST: Final = 16 * 2**20


def read_dumps(folder: str) -> Inventory:
    """The buckets of a folder of dumps, by name.

    :raises ConfigError: if the folder holds no dumps
    """
    names = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir() and entry.name != _ACCOUNT and _has_dumps(entry.path))
    if not names:
        raise ConfigError(f"{folder}: holds no dumps; `dowse posture --dump-commands` prints the commands that make them")
    above = os.path.join(folder, _ACCOUNT)
    account = _account(above)
    block = _answer(above, calls.ACCOUNT_BLOCK)
    created = _created(above)
    over = _multi_region(above, account)
    found = (_bucket(folder, name, account, block, created) for name in names)
    return Inventory(tuple(replace(one, multi_region=over.get(one.name, ()) if isinstance(over, Mapping) else over) for one in found))


def _multi_region(above: str, account: str | None) -> Mapping[str, tuple[AccessPointAnswers, ...]] | Answer | None:
    """By bucket; None if the folder says nothing of them, as those that older versions made."""
    listed = _answer(above, calls.MULTI_REGION)
    if listed == NOT_ASKED:
        return None

    def policy(name: str) -> Answer:
        # The name comes from a file: only its last part, so that it cannot lead out of the folder.
        return _answer(os.path.join(above, _MULTI_REGION, os.path.basename(name)), calls.MULTI_REGION_POLICY)

    return points_by_bucket([listed], account or "", policy)


def _has_dumps(folder: str) -> bool:
    names = {call.name for call in calls.BUCKET_CALLS}
    return any(os.path.splitext(name)[0] in names for name in os.listdir(folder))


def _bucket(folder: str, name: str, account: str | None, block: Answer, created: Mapping[str, str]) -> BucketAnswers:
    own = os.path.join(folder, name)
    answers = {call.name: _answer(own, call) for call in calls.BUCKET_CALLS}
    return BucketAnswers(name, answers, account, block, _points(own), created.get(name, ""), source=own)


def _account(folder: str) -> str | None:
    response = _answer(folder, calls.IDENTITY).response or {}
    account = response.get("Account")
    return account if isinstance(account, str) else None


def _created(folder: str) -> dict[str, str]:
    listed = (_answer(folder, calls.BUCKETS).response or {}).get("Buckets")
    buckets = listed if isinstance(listed, list) else []
    return {str(one.get("Name")): str(one.get("CreationDate", "")) for one in buckets if isinstance(one, Mapping)}


def _points(folder: str) -> tuple[AccessPointAnswers, ...] | Answer:
    listed = _answer(folder, calls.ACCESS_POINTS)
    if listed.response is None:
        return listed
    found = listed.response.get("AccessPointList")
    if not isinstance(found, list):
        return Answer(error="the answer lacks AccessPointList")
    return tuple(_point(folder, one) for one in found if isinstance(one, Mapping))


def _point(folder: str, listed: Mapping[str, Any]) -> AccessPointAnswers:
    # The name comes from a file: only its last part, so that it cannot lead out of the folder.
    own = os.path.join(folder, _POINTS, os.path.basename(str(listed.get("Name"))))
    return AccessPointAnswers(listed, _answer(own, calls.ACCESS_POINT), _answer(own, calls.ACCESS_POINT_POLICY))


def _answer(folder: str, call: Call) -> Answer:
    path = os.path.join(folder, call.name)
    try:
        text = _content(f"{path}.json")
        if text.strip():
            response = json.loads(text)
            return Answer(response) if isinstance(response, dict) else Answer(error=f"{call.name}.json is not an object")
        error = _content(f"{path}.err")
    except ValueError:
        return Answer(error=f"{call.name}.json is not JSON")
    code = _CODE.search(error)
    if code:
        return Answer(error=code["code"])
    if error.strip():
        return Answer(error="the command failed; see the .err file")
    # An empty answer: the command line prints nothing where nothing is set.
    return Answer({}) if os.path.exists(f"{path}.json") else NOT_ASKED


def _content(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return file.read(_LARGEST).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({os.strerror(error.errno or 0)})") from error


def commands(buckets: Sequence[str]) -> Iterator[str]:
    """A shell script that writes a folder `dumps` for `read_dumps`.

    :param buckets: names; without any the script asks for all buckets
    """
    yield "#!/bin/sh"
    yield "# Writes the settings of buckets to the folder dumps; read it with: dowse posture --from dumps"
    yield "# Reads only. What is refused is kept as an error and reported as unknown."
    yield 'ask() { where=$1; shift; mkdir -p "${where%/*}"; aws "$@" --output json > "$where.json" 2> "$where.err" || true; }'
    for call in (calls.IDENTITY, calls.BUCKETS):
        yield f"ask dumps/{_ACCOUNT}/{call.name} {call.service} {call.name}"
    yield "account=$(aws sts get-caller-identity --query Account --output text)"
    yield f'ask dumps/{_ACCOUNT}/{calls.ACCOUNT_BLOCK.name} s3control {calls.ACCOUNT_BLOCK.name} --account-id "$account"'
    yield from _multi_region_commands()
    listed = " ".join(map(shlex.quote, buckets)) or "$(aws s3api list-buckets --query 'Buckets[].Name' --output text)"
    yield f"for bucket in {listed}; do"
    yield from (f"  {line}" for line in _bucket_commands())
    yield "done"


def _multi_region_commands() -> Iterator[str]:
    name, policy = calls.MULTI_REGION.name, calls.MULTI_REGION_POLICY.name
    owner = f'--region {calls.MULTI_REGION_HOME} --account-id "$account"'
    yield f"ask dumps/{_ACCOUNT}/{name} s3control {name} {owner}"
    yield f"for point in $(aws s3control {name} {owner} --query 'AccessPoints[].Name' --output text); do"
    yield f'  ask "dumps/{_ACCOUNT}/{_MULTI_REGION}/$point/{policy}" s3control {policy} {owner} --name "$point"'
    yield "done"


def _bucket_commands() -> Iterator[str]:
    for call in calls.BUCKET_CALLS:
        yield f'ask "dumps/$bucket/{call.name}" {call.service} {call.name} --bucket "$bucket"'
    region = 'region=$(aws s3api get-bucket-location --bucket "$bucket" --query LocationConstraint --output text)'
    yield region
    yield 'case "$region" in None|"") region=us-east-1;; EU) region=eu-west-1;; esac'
    name = calls.ACCESS_POINTS.name
    owner = '--region "$region" --account-id "$account"'
    yield f'ask "dumps/$bucket/{name}" s3control {name} {owner} --bucket "$bucket"'
    query = "--query 'AccessPointList[].Name' --output text"
    yield f'for point in $(aws s3control {name} {owner} --bucket "$bucket" {query}); do'
    for call in (calls.ACCESS_POINT, calls.ACCESS_POINT_POLICY):
        yield f'  ask "dumps/$bucket/{_POINTS}/$point/{call.name}" s3control {call.name} {owner} --name "$point"'
    yield "done"
