"""Findings in the AWS Security Finding Format, within its limits.

The limits on lengths and numbers stand in the user guide of Security Hub and the reference of BatchImportFindings; the service
model has only types and required members.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from identifiers.model import Category, Identifier
from scanner.model.objects import ObjectRef
from scanner.model.records import Run
from scanner.model.result import ObjectResult
from scanner.reports.encode import encode_line, plain
from scanner.reports.finding import macie_finding
from scanner.reports.fit import fit, fit_name
from scanner.reports.identity import object_id
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import Counted, worst
from scanner.reports.times import timestamp

Json = dict[str, Any]

MAX_BYTES: Final = 240_000
"""Of one finding."""

_NAMESPACE: Final = "Sensitive Data Identifications"
_TYPES: Final = {
    Category.CREDENTIALS: f"{_NAMESPACE}/Passwords",
    Category.FINANCIAL: f"{_NAMESPACE}/Financial",
    Category.PERSONAL: f"{_NAMESPACE}/PII",
    Category.CUSTOM: f"{_NAMESPACE}/Business",
}
_PRACTICES: Final = "Software and Configuration Checks/AWS Security Best Practices"
_LABELS: Final = {"info": "INFORMATIONAL", "low": "LOW", "medium": "MEDIUM", "high": "HIGH", "critical": "CRITICAL"}
# Of names inside a finding, so that it keeps within its bytes whatever the content holds.
_NAME: Final = 256


def object_finding(result: ObjectResult, run: Run, counted: Sequence[Counted]) -> Json:
    """The finding of an object, for at least one detection that counts."""
    macie = macie_finding(result, run, counted)
    classifier = str(macie["type"]).replace("S3Object/", "S3Object-")
    types = [f"{words}/{classifier}" for category, words in _TYPES.items() if any(one.identifier.category is category for one in counted)]
    ref = result.object.ref
    finding = _finding(object_id(ref), run, str(macie["type"]), worst(counted).value, types) | {
        "Title": fit(f"{macie['title']}: {plain(ref.path)}", 256),
        "Description": fit(str(macie["description"]), 1024),
        "Resources": _object_resources(result, macie),
        "ProductFields": _fields(
            {
                "dowse/version": run.version,
                "dowse/run": run.id,
                "dowse/ruleset": run.ruleset_digest,
                "dowse/confidence": max(one.detection.confidence for one in counted).name.lower(),
                "dowse/outcome": result.outcome.status.value,
                "dowse/reason": result.outcome.reason.value if result.outcome.reason else "",
                "dowse/uri": ref.uri,
            }
        ),
    }
    return _within_bytes(_pruned(finding | _observed(result)))


def resolved_finding(result: ObjectResult, run: Run, identifiers: Mapping[str, Identifier]) -> Json:
    """The finding of an object in which an earlier run found something and nothing is left: it goes into the archive.

    :param result: with a life that ended
    """
    assert result.life is not None, "only a state store knows that something is resolved"
    gone = {identifiers[one.identifier].category for one in result.life.detections if one.identifier in identifiers}
    types = [words for category, words in _TYPES.items() if category in gone] or [_NAMESPACE]
    ref = result.object.ref
    kind, identity = ("AwsS3Object", _arn(ref)) if ref.store == "s3" else ("Other", ref.uri)
    made = _finding(object_id(ref), run, "SensitiveData:S3Object", "info", types) | {
        "RecordState": "ARCHIVED",
        "Title": fit(f"Nothing sensitive is left: {plain(ref.path)}", 256),
        "Description": "What an earlier run found in the object is not found any more.",
        "Resources": [{"Type": kind, "Id": fit_name(identity, 512)}],
        "ProductFields": _fields({"dowse/version": run.version, "dowse/run": run.id, "dowse/uri": ref.uri}),
    }
    return _pruned(made | _observed(result))


def policy_finding(finding: BucketFinding, run: Run) -> Json:
    """The finding on a bucket."""
    classifier = finding.type.replace("/", "-")
    made = _finding(finding.id, run, finding.type, finding.severity, [f"{_PRACTICES}/{classifier}"], account=finding.account) | {
        "Title": fit(f"{finding.bucket}: {finding.title}", 256),
        "Description": fit(finding.detail, 1024),
        "Remediation": {"Recommendation": {"Text": fit(finding.remedy, 512)}},
        "Compliance": {"Status": "FAILED"},
        "Resources": [_bucket_resource(finding)],
        "ProductFields": _fields({"dowse/version": run.version, "dowse/run": run.id}),
    }
    return _pruned(made)


def _bucket_resource(finding: BucketFinding) -> Json:
    if finding.store != "s3":
        return {"Type": "Other", "Id": fit_name(finding.uri, 512)}
    return {
        "Type": "AwsS3Bucket",
        "Id": fit_name(finding.arn, 512),
        "Partition": "aws",
        "Region": fit(finding.region, 16),
        "Details": {"AwsS3Bucket": {"Name": fit(finding.bucket, _NAME)}},
    }


def _finding(identity: str, run: Run, generator: str, severity: str, types: list[str], *, account: str = "0" * 12) -> Json:
    """What all findings have. Account and region are filled in where findings are delivered: Security Hub takes those of the caller."""
    moment = timestamp(run.started)
    graded = {"Label": _LABELS[severity], "Original": severity}
    return {
        "SchemaVersion": "2018-10-08",
        "Id": f"dowse/{identity}",
        **placed(account, "us-east-1", "aws"),
        "GeneratorId": f"dowse/{generator}",
        "CreatedAt": moment,
        "UpdatedAt": moment,
        "Severity": graded,
        "Types": types,
        "FindingProviderFields": {"Severity": graded, "Types": types},
        "RecordState": "ACTIVE",
    }


def _observed(result: ObjectResult) -> Json:
    """When it was found first, and so made, and last, where a state store knows."""
    lives = result.life.detections if result.life else ()
    if not lives:
        return {}
    first, last = min(one.first_seen for one in lives), max(one.last_seen for one in lives)
    return {"CreatedAt": timestamp(first), "FirstObservedAt": timestamp(first), "LastObservedAt": timestamp(last)}


def placed(account: str, region: str, partition: str) -> Json:
    """The members that say for whom the finding is and by whom: the account's own default product."""
    return {
        "ProductArn": f"arn:{partition}:securityhub:{region}:{account}:product/{account}/default",
        "AwsAccountId": account,
        "Region": region,
    }


def _object_resources(result: ObjectResult, macie: Mapping[str, Any]) -> list[Json]:
    """The object with what was found in it; in S3 its bucket too."""
    ref, affected = result.object.ref, macie["resourcesAffected"]["s3Object"]
    classified = {"DataClassification": {"Result": _pascal(macie["classificationDetails"]["result"])}}
    if ref.store != "s3":
        return [
            {"Type": "Other", "Id": fit_name(ref.uri, 512), "Details": {"Other": _fields({"path": plain(ref.path)})}} | classified,
        ]
    details = {
        "LastModified": affected.get("lastModified", ""),
        "ETag": affected["eTag"],
        "VersionId": affected["versionId"],
        "ContentType": result.media_type,
        "ServerSideEncryption": affected["serverSideEncryption"]["encryptionType"],
        "SSEKMSKeyId": affected["serverSideEncryption"].get("kmsMasterKeyId", ""),
    }
    if details["ServerSideEncryption"] in ("UNKNOWN", "NONE"):
        details["ServerSideEncryption"] = ""
    bucket = fit(plain(ref.bucket), _NAME)
    shown = {name: fit(text, 512) for name, text in details.items()}
    return [
        {
            "Type": "AwsS3Object",
            "Id": fit_name(_arn(ref), 512),
            "Partition": "aws",
            "Details": {"AwsS3Object": shown},
        }
        | classified,
        {"Type": "AwsS3Bucket", "Id": f"arn:aws:s3:::{bucket}", "Partition": "aws", "Details": {"AwsS3Bucket": {"Name": bucket}}},
    ]


def _arn(ref: ObjectRef) -> str:
    return f"arn:aws:s3:::{plain(ref.bucket)}/{plain(ref.key)}"


def _fields(fields: Mapping[str, str]) -> Json:
    return {name: fit(text, 1024) for name, text in fields.items() if text}


def _pascal(value: object) -> object:
    """Macie's members as Security Hub spells them."""
    match value:
        case dict():
            return {name[0].upper() + name[1:]: _pascal(item) for name, item in value.items()}
        case list():
            return [_pascal(item) for item in value]
        case str():
            return fit(value, _NAME)
        case _:
            return value


def _pruned(finding: Json) -> Json:
    """Without texts that are empty or blank, which Security Hub refuses, and without what is empty then."""
    kept = {name: _kept(item) for name, item in finding.items()}
    return {name: item for name, item in kept.items() if item not in ("", {})}


def _kept(value: object) -> object:
    match value:
        case dict():
            return _pruned(value)
        case list():
            return [item for item in map(_kept, value) if item not in ("", {})]
        case str():
            return value if value.strip() else ""
        case _:
            return value


def _within_bytes(finding: Json) -> Json:
    """A finding too large for Security Hub loses its locations, then the rarer half of its types until it fits; it says so."""
    result = finding["Resources"][0]["DataClassification"]["Result"]
    groups = [*result.get("SensitiveData", ()), result.get("CustomDataIdentifiers", {})]
    if len(encode_line(finding)) > MAX_BYTES:
        result["AdditionalOccurrences"] = True
        for group in groups:
            for one in group.get("Detections", ()):
                one.pop("Occurrences", None)
    omitted = 0
    while len(encode_line(finding)) > MAX_BYTES and any(len(group.get("Detections", ())) > 1 for group in groups):
        for group in groups:
            ordered = sorted(group.get("Detections", ()), key=lambda one: -one["Count"])
            group["Detections"] = ordered[: (len(ordered) + 1) // 2]
            omitted += len(ordered) - len(group["Detections"])
        finding["ProductFields"]["dowse/typesOmitted"] = str(omitted)
    return finding
