"""Buckets of Google Cloud Storage: verdicts on answers in Google's shapes, and asking for them on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from scanner.cli.main import app
from scanner.cli.scan_posture_inputs import open_posture
from scanner.config import ScanConfig, SourceConfig, StoreConfig
from scanner.errors import ConfigError
from scanner.model.exposure import Reachable
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.result import ObjectResult
from scanner.posture import cloud_calls as calls
from scanner.posture.answers import NOT_ASKED, Answer
from scanner.posture.exposure import Permission
from scanner.posture.google import GoogleAnswers, judge_google
from scanner.posture.inventory import Inventory
from scanner.posture.judged import Judged, judge_inventory
from scanner.posture.parties import Trusted
from scanner.posture.sharing import SharedAccess
from scanner.posture.trusted_words import trusted_from
from tests.posture.fake_clouds import NUMBER, PROJECT, FakeCloud, google_bucket, google_policy, prevention
from tests.reports.build import EMAIL, detection, result

DENIED = Answer(error="AccessDenied")
ENFORCED = {"uniformBucketLevelAccess": {"enabled": True}, "publicAccessPrevention": "enforced"}
WITH_LISTS = {"uniformBucketLevelAccess": {"enabled": False}, "publicAccessPrevention": "inherited"}
OWN = ("legacyBucketOwner", f"projectOwner:{PROJECT}")
PUBLIC = ("objectViewer", "allUsers")


def answers(
    *bindings: tuple[str, str],
    details: Answer | None = None,
    policy: Answer | None = None,
    lists: Answer = NOT_ASKED,
    above: Answer | None = None,
    **changed: Any,
) -> GoogleAnswers:
    return GoogleAnswers(
        "b",
        PROJECT,
        details or Answer(google_bucket("b", **changed)),
        policy or Answer(google_policy(OWN, *bindings)),
        lists,
        above or Answer(prevention(enforced=False)),
    )


def judged(found: GoogleAnswers, trusted: Trusted | None = None) -> Judged:
    (one,) = judge_inventory(Inventory((), google=(found,)), trusted or Trusted()).buckets
    return one


def entry(entity: str, role: str = "READER") -> dict[str, str]:
    return {"kind": "storage#bucketAccessControl", "entity": entity, "role": role}


@pytest.mark.parametrize(
    ("found", "permission"),
    [
        (answers(), Permission.NOT_PUBLIC),
        (answers(PUBLIC), Permission.PUBLIC),
        (answers(("objectViewer", "allAuthenticatedUsers")), Permission.PUBLIC),
        (answers(PUBLIC, iamConfiguration=ENFORCED), Permission.NOT_PUBLIC),
        (answers(PUBLIC, above=Answer(prevention(enforced=True))), Permission.NOT_PUBLIC),
        # Inherited, and what from is not known.
        (answers(PUBLIC, above=DENIED), Permission.UNKNOWN),
        (answers(above=DENIED), Permission.NOT_PUBLIC),
        (answers(policy=DENIED), Permission.UNKNOWN),
        (answers(policy=DENIED, iamConfiguration=ENFORCED), Permission.NOT_PUBLIC),
        (answers(details=DENIED), Permission.UNKNOWN),
        (answers(lists=Answer({"items": [entry("allUsers")]}), iamConfiguration=WITH_LISTS), Permission.PUBLIC),
        (answers(lists=Answer({"items": [entry("user-ann@example.org")]}), iamConfiguration=WITH_LISTS), Permission.NOT_PUBLIC),
        (answers(lists=DENIED, iamConfiguration=WITH_LISTS), Permission.UNKNOWN),
        # Lists that are off say nothing.
        (answers(lists=Answer({"items": [entry("allUsers")]})), Permission.NOT_PUBLIC),
    ],
)
def test_who_gets_in(found: GoogleAnswers, permission: Permission) -> None:
    assert judged(found).verdicts.exposure.permission is permission


def test_a_condition_leaves_it_open_who_gets_in() -> None:
    policy = google_policy(PUBLIC)
    policy["bindings"][0]["condition"] = {"title": "until", "expression": 'request.time < timestamp("2020-01-01T00:00:00Z")'}

    assert judged(answers(policy=Answer(policy))).verdicts.exposure.permission is Permission.UNKNOWN


@pytest.mark.parametrize(
    ("member", "trust", "shared"),
    [
        (f"projectViewer:{PROJECT}", [], SharedAccess.NOT_SHARED),
        (f"serviceAccount:x@{PROJECT}.iam.gserviceaccount.com", [], SharedAccess.NOT_SHARED),
        ("serviceAccount:x@other-1.iam.gserviceaccount.com", [], SharedAccess.EXTERNAL),
        ("serviceAccount:x@other-1.iam.gserviceaccount.com", ["projects/other-1"], SharedAccess.NOT_SHARED),
        (f"serviceAccount:{NUMBER}-compute@developer.gserviceaccount.com", [], SharedAccess.NOT_SHARED),
        ("serviceAccount:999-compute@developer.gserviceaccount.com", [], SharedAccess.UNKNOWN),
        (f"serviceAccount:{PROJECT}@appspot.gserviceaccount.com", [], SharedAccess.NOT_SHARED),
        (f"serviceAccount:service-{NUMBER}@gs-project-accounts.iam.gserviceaccount.com", [], SharedAccess.NOT_SHARED),
        ("user:ann@example.org", [], SharedAccess.UNKNOWN),
        ("user:ann@example.org", ["example.org"], SharedAccess.NOT_SHARED),
        ("group:all@example.com", ["example.org"], SharedAccess.EXTERNAL),
        ("domain:example.com", ["example.org"], SharedAccess.EXTERNAL),
        ("deleted:user:ann@example.com?uid=1", ["example.org"], SharedAccess.NOT_SHARED),
    ],
)
def test_with_whom_it_is_shared(member: str, trust: list[str], shared: SharedAccess) -> None:
    verdicts = judge_google(answers(("objectViewer", member)), trusted_from(trust))

    assert verdicts.sharing.shared is shared
    named = member if not member.startswith("serviceAccount") else member.partition(":")[2]
    assert [one.party.id for one in verdicts.sharing.outsiders] == [named] * (shared is SharedAccess.EXTERNAL)


def kinds(found: GoogleAnswers) -> dict[str, str]:
    return {one.type.rpartition("/")[2]: one.severity.name for one in judged(found).findings}


def test_what_is_wrong_is_found() -> None:
    key = "projects/keys-1/locations/europe-west3/keyRings/r/cryptoKeys/k"
    found = kinds(answers(PUBLIC, ("objectAdmin", "allAuthenticatedUsers"), encryption={"defaultKmsKeyName": key}))

    assert found == {
        "BucketPublic": "CRITICAL",
        "PublicAccessNotPrevented": "MEDIUM",
        "CrossProjectKey": "MEDIUM",
        "NoVersioning": "INFO",
        "NoLogging": "INFO",
    }
    assert kinds(answers(PUBLIC, iamConfiguration=ENFORCED))["DormantPublicGrant"] == "MEDIUM"
    assert kinds(answers(versioning={"enabled": True}, logging={"logBucket": "l"}, iamConfiguration=ENFORCED)) == {}


def test_the_record_has_the_fields_of_every_bucket() -> None:
    record = judged(answers(PUBLIC, labels={"team": "data"})).record

    assert (record["store"], record["bucketName"], record["bucketArn"], record["region"]) == ("gs", "b", None, "europe-west3")
    assert record["publicAccess"]["effectivePermission"] == "PUBLIC"
    assert record["serverSideEncryption"]["type"] == "AES256"
    assert record["tags"] == [{"key": "team", "value": "data"}]
    assert record["cloud"]["publicAccessPrevented"] is False
    assert record["readable"][0]["to"] == "everybody"
    assert record["risk"] == 8
    assert "signed URLs" in record["notEvaluated"]


@pytest.fixture
def google() -> Iterator[FakeCloud]:
    with FakeCloud("items", "nextPageToken") as server:
        base = "/storage/v1/b"
        server.answers = {
            base: [{"name": "logs"}, {"name": "photos"}],
            f"{base}/logs": google_bucket("logs", iamConfiguration=WITH_LISTS),
            f"{base}/logs/iam": google_policy(OWN),
            f"{base}/logs/acl": {"items": [entry(f"project-owners-{NUMBER}", "OWNER")]},
            f"{base}/photos": google_bucket("photos"),
            f"{base}/photos/iam": google_policy(OWN, PUBLIC),
            f"/v2/projects/{NUMBER}/policies/storage.publicAccessPrevention:getEffectivePolicy": prevention(enforced=False),
        }
        yield server


def dowse(google: FakeCloud, folder: Path, *more: str | Path) -> Result:
    places = {"XDG_STATE_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    arguments = ["posture", "--endpoint-url", google.url, "--project", PROJECT, *map(str, more)]
    return CliRunner().invoke(app, arguments, env=places, catch_exceptions=False)


def buckets(done: Result) -> dict[str, Any]:
    return {one["bucketName"]: one for one in map(json.loads, done.stdout.splitlines()) if one["record"] == "bucket"}


def test_all_buckets_of_a_project_are_asked_for(google: FakeCloud, tmp_path: Path) -> None:
    done = dowse(google, tmp_path, "gs://")

    found = {name: one["publicAccess"]["effectivePermission"] for name, one in buckets(done).items()}
    assert found == {"logs": "NOT_PUBLIC", "photos": "PUBLIC"}
    assert done.exit_code == 0


def test_one_bucket_is_asked_for_by_name(google: FakeCloud, tmp_path: Path) -> None:
    assert list(buckets(dowse(google, tmp_path, "gs://logs"))) == ["logs"]
    assert "1 public" in dowse(google, tmp_path, "gs://photos", "--format", "table").stdout


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("/b", "storage.buckets.list"),
        ("/b/photos", "storage.buckets.get"),
        ("/photos/iam", "storage.buckets.getIamPolicy"),
        ("/logs/acl", "storage.buckets.getIamPolicy"),
        (":getEffectivePolicy", "orgpolicy.policy.get"),
    ],
)
def test_a_refused_call_is_unknown_and_names_the_permission(google: FakeCloud, tmp_path: Path, path: str, action: str) -> None:
    google.refuse = path

    done = dowse(google, tmp_path, "gs://")

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {unknown["action"] for line in lines for unknown in line["unknowns"]} == {action}
    assert done.exit_code == 3


def test_findings_live_in_the_state_store(google: FakeCloud, tmp_path: Path) -> None:
    dowse(google, tmp_path, "gs://", "--incremental")
    del google.answers["/storage/v1/b/photos"]
    google.answers["/storage/v1/b"] = [{"name": "logs"}]

    done = dowse(google, tmp_path, "gs://", "--incremental")

    summary = json.loads(done.stdout.splitlines()[-1])
    assert {one["bucketName"] for one in summary["changes"]["resolved"]} == {"photos"}


@pytest.mark.parametrize("more", [("gs://b", "s3-bucket"), ("gs://b", "--keys"), ("gs://b", "--organization")])
def test_what_does_not_go_together_is_refused(google: FakeCloud, tmp_path: Path, more: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError):
        dowse(google, tmp_path, *more)


def test_without_a_project_the_remedy_is_told(google: FakeCloud) -> None:
    with pytest.raises(ConfigError, match="--project"):
        CliRunner().invoke(app, ["posture", "--endpoint-url", google.url, "gs://"], catch_exceptions=False)


def test_a_server_that_is_not_there_makes_everything_unknown() -> None:
    from scanner.posture.collect_google import GoogleStore, open_google

    ask, project = open_google("http://127.0.0.1:9", PROJECT)
    inventory = GoogleStore(ask, project, "http://127.0.0.1:9").collect()

    assert [one.call for one in inventory.unknowns] == [calls.GS_BUCKETS.said]
    assert inventory.listed == frozenset()


def test_a_scan_says_who_can_have_its_objects(google: FakeCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", PROJECT)
    config = ScanConfig(("gs://photos/2020/", "gs://log*"), sources=SourceConfig(store=StoreConfig(endpoint_url=google.url)))

    posture = open_posture(config, ())
    told = {name: posture.over(lambda one: one)(found_in(name)) for name in ("photos", "logs")}

    assert {one.verdicts.settings.name for one in posture.stores["gs"].report.buckets} == {"photos", "logs"}
    assert told["photos"].exposure is not None
    assert told["photos"].exposure.to is Reachable.EVERYBODY
    assert told["logs"].exposure is None


def found_in(bucket: str) -> ObjectResult:
    return result(detection(EMAIL, 1), of=StoredObject(ObjectRef("gs", bucket, "2020/a.csv"), 10))
