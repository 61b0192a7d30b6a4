"""What `dowse posture` says of a bucket against what the gateway lets strangers do.

Nobody at all, an account that nothing names, and one that some policies name try to list, read and write. Where the gateway does not do
what is said, the case says why, and the test that it still does not.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from ipaddress import ip_address, ip_network
from typing import Any, Final

import pytest

import scanner
from scanner.posture.actions import Access
from scanner.posture.exposure import Permission
from scanner.posture.parties import Party, PartyKind
from scanner.posture.verdict import Reach
from tests.system.gateway import Gateway
from tests.system.policy_cases import BOTH, CASES, Case, allow
from tests.system.probes import KEY, TRIED, House
from tests.system.running import ROOT, environment
from tests.system.users import COLLEAGUE, LANDLORD, PASSER_BY, STRANGER

pytestmark = pytest.mark.system

Seen = dict[str, frozenset[Access]]
NOTHING: Final = frozenset[Access]()
HERE: Final = ip_address("127.0.0.1")
GROUPS: Final = "http://acs.amazonaws.com/groups/global"
BLOCKS: Final = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


@pytest.fixture(scope="module")
def house(gateway: Gateway) -> House:
    return House(gateway)


def really(house: House, bucket: str) -> Seen:
    """What everybody can do, and what the account that policies name can."""
    return {
        "everybody": house.can(None, bucket) | house.can(PASSER_BY, bucket),
        "stranger": house.can(STRANGER, bucket),
    }


def foretold(verdict: scanner.PolicyVerdict) -> Seen:
    """The same by the verdict on a policy. Whoever is let in from a network in which the test runs is everybody here."""
    from_here = frozenset[Access]().union(
        *(reason.access for reason in verdict.reasons if reason.reach is Reach.CONDITIONAL and all(map(_is_here, reason.parties)))
    )
    everybody = (verdict.public_access | from_here) & TRIED
    named = verdict.external_access & TRIED if STRANGER.account in verdict.external_accounts else NOTHING
    return {"everybody": everybody, "stranger": everybody | named}


def _is_here(party: Party) -> bool:
    return party.kind is PartyKind.ADDRESSES and HERE in ip_network(party.id)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_a_policy_lets_in_whom_the_verdict_says(house: House, case: Case) -> None:
    bucket = house.bucket()
    verdict = scanner.evaluate_policy(house.set_policy(bucket, case.statements), LANDLORD.account)

    agrees = really(house, bucket) == foretold(verdict)

    assert agrees is (not case.departs), (really(house, bucket), foretold(verdict))
    if case.departs:
        # Never is a bucket thought to be less open than it is.
        assert all(really(house, bucket)[who] <= foretold(verdict)[who] for who in ("everybody", "stranger"))


# access control lists


def grants() -> Iterator[tuple[str, dict[str, str], str]]:
    stranger = {"Type": "CanonicalUser", "ID": STRANGER.canonical_id}
    for permission in ("READ", "WRITE", "READ_ACP", "WRITE_ACP", "FULL_CONTROL"):
        yield "everybody", {"Type": "Group", "URI": f"{GROUPS}/AllUsers"}, permission
        yield "every account", {"Type": "Group", "URI": f"{GROUPS}/AuthenticatedUsers"}, permission
        yield "stranger", stranger, permission


@pytest.mark.parametrize(("who", "grantee", "permission"), list(grants()))
def test_an_access_control_list_lets_in_whom_the_verdict_says(house: House, who: str, grantee: Mapping[str, str], permission: str) -> None:
    bucket, owner = house.bucket(), {"ID": LANDLORD.canonical_id}
    own = {"Grantee": {"Type": "CanonicalUser", **owner}, "Permission": "FULL_CONTROL"}
    house.landlord.put_bucket_acl(
        Bucket=bucket, AccessControlPolicy={"Owner": owner, "Grants": [own, {"Grantee": grantee, "Permission": permission}]}
    )

    verdicts = house.verdicts(bucket)

    # Of a bucket's list, reading is to read the list: objects have lists of their own, and reading them is not tried.
    told = (verdicts.exposure.public_access & TRIED) - {Access.READ}
    assert really(house, bucket)["everybody"] == told
    outside = frozenset[Access]().union(*(one.access for one in verdicts.sharing.outsiders if one.effective))
    assert really(house, bucket)["stranger"] == told | ((outside & TRIED) - {Access.READ})
    assert verdicts.exposure.permission is (Permission.NOT_PUBLIC if who == "stranger" else Permission.PUBLIC)
    assert {one.party.id for one in verdicts.sharing.outsiders} == ({STRANGER.canonical_id} if who == "stranger" else set())


@pytest.mark.parametrize("acl", ["private", "public-read", "public-read-write", "authenticated-read", "bucket-owner-full-control"])
def test_a_predefined_list_lets_in_whom_the_verdict_says(house: House, acl: str) -> None:
    bucket = house.bucket()
    house.landlord.put_bucket_acl(Bucket=bucket, ACL=acl)

    assert really(house, bucket)["everybody"] == house.verdicts(bucket).exposure.public_access & TRIED


def test_lists_of_single_objects_are_not_looked_at_and_that_is_said(house: House) -> None:
    bucket = house.bucket()
    house.landlord.put_object_acl(Bucket=bucket, Key=KEY, ACL="public-read")

    assert house.can(None, bucket) == {Access.READ}
    assert house.verdicts(bucket).exposure.permission is Permission.NOT_PUBLIC
    assert "access control lists of single objects" in posture(house, bucket)[bucket]["notEvaluated"]


# Block Public Access


def block(house: House, bucket: str, name: str) -> None:
    configuration = {other: other == name for other in BLOCKS}
    house.landlord.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=configuration)


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("opened", ["acl", "policy", "policy for one"])
def test_a_block_shuts_what_the_verdict_says(house: House, name: str, opened: str) -> None:
    bucket = house.bucket()
    principal = {"AWS": STRANGER.arn} if opened == "policy for one" else "*"
    if opened == "acl":
        house.landlord.put_bucket_acl(Bucket=bucket, ACL="public-read")
    else:
        house.set_policy(bucket, [allow(Principal=principal, Action=["s3:GetObject", "s3:ListBucket"], Resource=BOTH)])
    block(house, bucket, name)

    verdicts, seen = house.verdicts(bucket), really(house, bucket)

    told = verdicts.exposure.public_access & TRIED
    if (name, opened) == ("RestrictPublicBuckets", "policy"):
        # The gateway (16.2) keeps this setting and does not heed it; Amazon does, and the verdict is of that.
        assert told == NOTHING
        assert seen["everybody"] == {Access.LIST, Access.READ}
        return
    assert seen["everybody"] == told
    outside = frozenset[Access]().union(*(one.access for one in verdicts.sharing.outsiders if one.effective))
    assert seen["stranger"] == told | outside


# the command


def posture(house: House, *buckets: str) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", "scanner", "posture", *buckets, "--format", "jsonl", "--endpoint-url", house.gateway.url]
    done = subprocess.run(
        [*command, "--account", LANDLORD.account], capture_output=True, check=False, cwd=ROOT, env=environment(LANDLORD), timeout=60
    )
    # What the gateway does not know (encryption, replication, websites) stays unknown, and the exit code says so.
    assert done.returncode == 3, done.stderr.decode()
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return {record["bucketName"]: record for record in records if "bucketName" in record and record.get("publicAccess")}


def test_the_command_tells_open_shared_and_shut_buckets_apart(house: House) -> None:
    shut, open_, shared, listed = (house.bucket() for _ in range(4))
    house.set_policy(open_, [allow()])
    house.set_policy(shared, [allow(Principal={"AWS": STRANGER.arn})])
    house.landlord.put_bucket_acl(Bucket=listed, ACL="public-read")

    found = posture(house, shut, open_, shared, listed)

    permissions = {bucket: record["publicAccess"]["effectivePermission"] for bucket, record in found.items()}
    assert permissions == {shut: "NOT_PUBLIC", open_: "PUBLIC", shared: "NOT_PUBLIC", listed: "PUBLIC"}
    assert {bucket: record["sharedAccess"] for bucket, record in found.items()} == {
        shut: "NOT_SHARED",
        open_: "NOT_SHARED",
        shared: "EXTERNAL",
        listed: "NOT_SHARED",
    }
    assert {bucket: bool(really(house, bucket)["everybody"]) for bucket in found} == {shut: False, open_: True, shared: False, listed: True}
    # What cannot be asked is neither encrypted nor not.
    assert found[shut]["serverSideEncryption"]["type"] == "UNKNOWN"


def test_a_colleague_without_a_word_in_the_policy_is_kept_out(house: House) -> None:
    bucket = house.bucket()

    assert house.can(COLLEAGUE, bucket) == NOTHING
    house.set_policy(bucket, [allow(Principal={"AWS": COLLEAGUE.arn})])
    assert house.can(COLLEAGUE, bucket) == {Access.READ}
    assert house.verdicts(bucket).exposure.permission is Permission.NOT_PUBLIC
