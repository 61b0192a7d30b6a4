"""Containers of Azure Blob Storage: verdicts on answers in Azure's shapes, and asking for them on loopback."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from scanner.cli.main import app
from scanner.errors import TargetError
from scanner.posture.answers import Answer
from scanner.posture.azure import AzureAnswers, judge_azure
from scanner.posture.exposure import Permission
from scanner.posture.inventory import Inventory
from scanner.posture.json_calls import JsonCalls, answer_of
from scanner.posture.judged import Judged, judge_inventory
from scanner.posture.parties import Trusted
from scanner.posture.trusted_words import trusted_from
from tests.posture.fake_clouds import SUBSCRIPTION, FakeCloud, azure_account, azure_container

OTHER = "11111111-2222-3333-4444-555555555555"
VERSIONS = {"name": "default", "properties": {"isVersioningEnabled": True}}
NO_RULES: dict[str, Any] = {"value": []}
NO_ROLES: dict[str, Any] = {"value": []}
OPEN: dict[str, Any] = {"allowBlobPublicAccess": True}


def answers(level: str = "None", service: Answer | None = None, replication: Answer | None = None, **changed: Any) -> AzureAnswers:
    account, container = azure_account(**changed), azure_container("c", level)
    return AzureAnswers(account, container, service or Answer(VERSIONS), replication or Answer(NO_RULES), Answer(NO_ROLES))


SHUT: dict[str, Any] = {"publicNetworkAccess": "Disabled"}
SUBNET = "/subscriptions/{}/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/s"
CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def assigned(kind: str, role: str = CONTRIBUTOR) -> Answer:
    definition = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role}"
    return Answer({"value": [{"properties": {"principalId": "p-1", "principalType": kind, "roleDefinitionId": definition}}]})


def deny(**rules: list[str]) -> dict[str, Any]:
    made = {name: [{"value": text, "action": "Allow"} for text in texts] for name, texts in rules.items()}
    return {"bypass": "AzureServices", "defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": [], **made}


def endpoint(subscription: str, status: str = "Approved") -> dict[str, Any]:
    about = {"id": f"/subscriptions/{subscription}/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/e"}
    return {"properties": {"privateEndpoint": about, "privateLinkServiceConnectionState": {"status": status}}}


def without(name: str, **changed: Any) -> AzureAnswers:
    found = answers("Blob", **changed)
    del found.account["properties"][name]
    return found


def judged(found: AzureAnswers) -> Judged:
    (one,) = judge_inventory(Inventory((), azure=(found,)), Trusted()).buckets
    return one


@pytest.mark.parametrize(
    ("found", "permission"),
    [
        (answers(), Permission.NOT_PUBLIC),
        (answers("Blob", **OPEN), Permission.PUBLIC),
        (answers("Container", **OPEN), Permission.PUBLIC),
        (answers("None", **OPEN), Permission.NOT_PUBLIC),
        (answers("Container"), Permission.NOT_PUBLIC),
        (answers("Blob", **OPEN, networkAcls={"defaultAction": "Deny"}), Permission.NOT_PUBLIC),
        (answers("Blob", **OPEN, publicNetworkAccess="Disabled"), Permission.NOT_PUBLIC),
        (answers("Blob", **OPEN, networkAcls=deny(ipRules=["203.0.113.0/24", "198.51.100.7"])), Permission.NOT_PUBLIC),
        # Ranges that are everybody, each or together.
        (answers("Blob", **OPEN, networkAcls=deny(ipRules=["0.0.0.0/1"])), Permission.PUBLIC),
        (answers("Blob", **OPEN, networkAcls=deny(ipRules=[f"{first}.0.0.0/8" for first in range(128)])), Permission.PUBLIC),
        (answers("Blob", **OPEN, networkAcls=deny(ipv6Rules=["2000::/3"])), Permission.PUBLIC),
        (answers("Blob", **OPEN, networkAcls=deny(ipRules=["home"])), Permission.UNKNOWN),
        (answers("Blob", **OPEN, publicNetworkAccess="SecuredByPerimeter"), Permission.UNKNOWN),
        # What its absence means depends on the account's age.
        (without("allowBlobPublicAccess"), Permission.UNKNOWN),
        (without("networkAcls", **OPEN), Permission.UNKNOWN),
    ],
)
def test_who_gets_in(found: AzureAnswers, permission: Permission) -> None:
    assert judged(found).verdicts.exposure.permission is permission


def kinds(found: AzureAnswers) -> dict[str, str]:
    return {one.type.rpartition("/")[2]: one.severity.name for one in judged(found).findings}


def test_a_container_in_order_has_no_findings() -> None:
    assert kinds(answers()) == {}


@pytest.mark.parametrize(
    ("found", "kind", "severity"),
    [
        (answers("Blob", **OPEN), "BucketPublic", "HIGH"),
        (answers("Blob"), "DormantPublicGrant", "MEDIUM"),
        (without("allowBlobPublicAccess"), "PublicUnconfirmed", "HIGH"),
        (answers(**OPEN), "PublicAccessNotPrevented", "MEDIUM"),
        (answers(supportsHttpsTrafficOnly=False), "TlsNotEnforced", "LOW"),
        (answers(minimumTlsVersion="TLS1_0"), "OldTls", "LOW"),
        (answers(allowSharedKeyAccess=True), "SharedKeysAllowed", "LOW"),
        (without("allowSharedKeyAccess"), "SharedKeysAllowed", "LOW"),
        (answers(allowCrossTenantReplication=True), "CrossTenantReplicationAllowed", "LOW"),
        (answers(service=Answer({"properties": {}})), "NoVersioning", "INFO"),
        (answers(networkAcls=deny() | {"virtualNetworkRules": [{"id": f"/subscriptions/{OTHER}/n"}]}), "OutsideNetworksAllowed", "MEDIUM"),
        (replace(answers(), roles=assigned("ForeignGroup")), "BucketSharedExternally", "HIGH"),
    ],
)
def test_one_thing_that_is_wrong(found: AzureAnswers, kind: str, severity: str) -> None:
    assert kinds(found)[kind] == severity


def vnet(subscription: str) -> dict[str, Any]:
    return deny() | {"virtualNetworkRules": [{"id": SUBNET.format(subscription), "action": "Allow"}]}


def instance(resource: str) -> dict[str, Any]:
    return deny() | {"resourceAccessRules": [{"tenantId": OTHER, "resourceId": resource}]}


@pytest.mark.parametrize(
    ("about", "trust", "shared", "because"),
    [
        ({}, [], "UNKNOWN", "whoever has a signature gets in, and signatures are nowhere listed"),
        (SHUT, [], "NOT_SHARED", "no network reaches it, so no signature helps"),
        ({"networkAcls": deny()}, [], "NOT_SHARED", "the same by a rule that names nobody"),
        ({"networkAcls": deny(ipRules=["203.0.113.0/24"])}, [], "UNKNOWN", "whose the addresses are is not told"),
        ({"networkAcls": vnet(SUBSCRIPTION)}, [], "NOT_SHARED", "a network of the own subscription"),
        ({"networkAcls": vnet(OTHER)}, [], "UNKNOWN", "a network of others, who may have a signature"),
        ({"networkAcls": vnet(OTHER)}, [OTHER], "INTERNAL", "a network of a subscription that is trusted"),
        ({"networkAcls": instance(SUBNET.format(SUBSCRIPTION))}, [], "NOT_SHARED", "an instance of the own subscription"),
        ({"networkAcls": instance("/subscriptions/*/providers/Microsoft.Synapse/workspaces/*")}, [], "UNKNOWN", "any of a tenant"),
        (SHUT | {"privateEndpointConnections": [endpoint(SUBSCRIPTION)]}, [], "NOT_SHARED", "an endpoint of ours"),
        (SHUT | {"privateEndpointConnections": [endpoint(OTHER)]}, [], "UNKNOWN", "an endpoint of others"),
        (SHUT | {"privateEndpointConnections": [endpoint(OTHER)]}, [OTHER], "INTERNAL", "an endpoint of a subscription that is trusted"),
        (SHUT | {"privateEndpointConnections": [endpoint(OTHER, "Pending")]}, [], "NOT_SHARED", "one that nobody approved"),
        (SHUT | {"privateEndpointConnections": [endpoint("")]}, [], "UNKNOWN", "one of nobody knows whom"),
        ({"publicNetworkAccess": "SecuredByPerimeter"}, [], "UNKNOWN", "a perimeter says who gets in, and is not asked"),
    ],
)
def test_whether_outsiders_are_let_in(about: dict[str, Any], trust: list[str], shared: str, because: str) -> None:
    assert judge_azure(answers(**about), trusted_from(trust)).sharing.shared == shared, because


@pytest.mark.parametrize(
    ("about", "roles", "shared", "effective"),
    [
        ({}, assigned("ForeignGroup"), "EXTERNAL", [True]),
        ({}, assigned("ForeignGroup", "some-role-of-ours"), "EXTERNAL", [True]),
        # It sees settings, and no data.
        ({}, assigned("ForeignGroup", READER), "UNKNOWN", []),
        # A user may be a guest, which the answer does not tell.
        ({}, assigned("User"), "UNKNOWN", []),
        (SHUT, assigned("ForeignGroup"), "NOT_SHARED", [False]),
        ({}, Answer(error="AccessDenied"), "UNKNOWN", []),
        (SHUT, Answer(error="AccessDenied"), "NOT_SHARED", []),
        ({}, Answer({"value": [{}]}), "UNKNOWN", []),
    ],
)
def test_roles_of_principals_of_other_tenants(about: dict[str, Any], roles: Answer, shared: str, effective: list[bool]) -> None:
    found = judge_azure(replace(answers(**about), roles=roles), Trusted())

    assert found.sharing.shared == shared
    assert [one.effective for one in found.sharing.outsiders] == effective
    assert any(one.call.endswith("roleAssignments.listForScope") for one in found.unknowns) == (
        roles.response is None or roles.response["value"] == [{}]
    )


def rules(destination: str, container: str = "c") -> Answer:
    about = {"sourceAccount": azure_account()["id"], "destinationAccount": destination, "rules": [{"sourceContainer": container}]}
    return Answer({"value": [{"properties": about}]})


def resource(subscription: str) -> str:
    return f"/subscriptions/{subscription}/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/copy"


@pytest.mark.parametrize(
    ("replication", "trust", "replicated", "externally"),
    [
        (Answer(NO_RULES), [], False, False),
        (rules(resource(SUBSCRIPTION)), [], True, False),
        (rules(resource(OTHER)), [], True, True),
        (rules(resource(OTHER)), [OTHER], True, False),
        (rules(resource(OTHER), "elsewhere"), [], False, False),
        # Older policies have bare names, which may be anybody's.
        (rules("copy"), [], True, None),
        (Answer(error="AccessDenied"), [], None, None),
    ],
)
def test_where_it_is_copied_to(replication: Answer, trust: list[str], replicated: bool | None, externally: bool | None) -> None:
    found = judge_azure(answers(replication=replication), trusted_from(trust)).replication

    assert (found.replicated, found.externally) == (replicated, externally)


def test_the_record_has_the_fields_of_every_bucket() -> None:
    vault = {"keySource": "Microsoft.Keyvault", "keyvaultproperties": {"keyvaulturi": "https://v.vault.azure.net"}}
    record = judged(answers("Blob", **OPEN, encryption=vault)).record

    assert (record["store"], record["bucketName"], record["accountId"]) == ("az", "photos/c", SUBSCRIPTION)
    assert record["serverSideEncryption"] == {"type": "CMEK", "kmsMasterKeyId": "https://v.vault.azure.net"}
    assert (record["tlsOnly"], record["versioning"], record["sharedAccess"]) == ("true", True, "UNKNOWN")
    assert record["cloud"]["oldestTls"] == "TLS1_2"
    assert "shared access signatures" in record["notEvaluated"]
    assert (record["cloud"]["outsideNetworks"], record["cloud"]["signaturesExpire"]) == ([], None)


def test_how_long_signatures_hold_is_told() -> None:
    bound: dict[str, Any] = {"sasPolicy": {"sasExpirationPeriod": "7.00:00:00", "expirationAction": "Block"}, "allowSharedKeyAccess": True}
    found = judged(answers(**bound))

    assert found.record["cloud"]["signaturesExpire"] == "7.00:00:00"
    assert any("signatures made with it for 7.00:00:00 at most" in one.detail for one in found.findings)
    logged = bound | {"sasPolicy": {"sasExpirationPeriod": "7.00:00:00", "expirationAction": "Log"}}
    assert judged(answers(**logged)).record["cloud"]["signaturesExpire"] is None


@pytest.fixture
def azure() -> Iterator[FakeCloud]:
    with FakeCloud("value", "nextLink") as server:
        photos, logs = azure_account("photos", **OPEN), azure_account("logs")
        subscription = {"id": f"/subscriptions/{SUBSCRIPTION}", "subscriptionId": SUBSCRIPTION}
        server.answers = {
            "/subscriptions": [subscription],
            f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Storage/storageAccounts": [photos, logs],
            f"{photos['id']}/blobServices/default/containers": [azure_container("open", "Blob"), azure_container("shut")],
            f"{logs['id']}/blobServices/default/containers": [azure_container("a")],
        }
        for one in (photos, logs):
            server.answers |= {f"{one['id']}/blobServices/default": VERSIONS, f"{one['id']}/objectReplicationPolicies": NO_RULES}
            server.answers[f"{one['id']}/providers/Microsoft.Authorization/roleAssignments"] = (assigned("User").response or {})[
                "value"
            ] * 3
        yield server


def dowse(azure: FakeCloud, folder: Path, *more: str | Path) -> Result:
    places = {"XDG_STATE_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    return CliRunner().invoke(app, ["posture", "--endpoint-url", azure.url, *map(str, more)], env=places, catch_exceptions=False)


def permissions(done: Result) -> dict[str, str]:
    found = [one for one in map(json.loads, done.stdout.splitlines()) if one["record"] == "bucket"]
    return {one["bucketName"]: one["publicAccess"]["effectivePermission"] for one in found}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("az://", {"photos/open": "PUBLIC", "photos/shut": "NOT_PUBLIC", "logs/a": "NOT_PUBLIC"}),
        ("az://photos", {"photos/open": "PUBLIC", "photos/shut": "NOT_PUBLIC"}),
        ("az://photos/open", {"photos/open": "PUBLIC"}),
    ],
)
def test_containers_are_asked_for(azure: FakeCloud, tmp_path: Path, name: str, expected: dict[str, str]) -> None:
    done = dowse(azure, tmp_path, name)

    assert permissions(done) == expected
    assert done.exit_code == 0


def test_what_is_not_there_is_an_error(azure: FakeCloud, tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="photos/never"):
        dowse(azure, tmp_path, "az://photos/never")


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("/subscriptions", "Microsoft.Resources/subscriptions/read"),
        ("/storageAccounts", "Microsoft.Storage/storageAccounts/read"),
        ("/photos/blobServices/default/containers", "Microsoft.Storage/storageAccounts/blobServices/containers/read"),
        ("/photos/blobServices/default", "Microsoft.Storage/storageAccounts/blobServices/read"),
        ("/photos/providers/Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleAssignments/read"),
        ("/photos/objectReplicationPolicies", "Microsoft.Storage/storageAccounts/objectReplicationPolicies/read"),
    ],
)
def test_a_refused_call_is_unknown_and_names_the_permission(azure: FakeCloud, tmp_path: Path, path: str, action: str) -> None:
    azure.refuse = path

    done = dowse(azure, tmp_path, "az://")

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {unknown["action"] for line in lines for unknown in line["unknowns"]} == {action}
    assert done.exit_code == 3
    # Where there is no bucket there is no record to say it.
    assert (action in done.stderr) is (len(lines) == 1)


def test_what_could_not_be_listed_is_not_called_absent(azure: FakeCloud, tmp_path: Path) -> None:
    azure.refuse = "/subscriptions"

    done = dowse(azure, tmp_path, "az://photos/open")

    assert (done.exit_code, "subscriptions.list: AccessDenied" in done.stderr) == (3, True)


def test_no_other_server_is_asked_for_the_next_page() -> None:
    asked: list[str] = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return Answer({"value": [], "nextLink": "https://elsewhere.example.org/next"})

    first, second = JsonCalls(ask).linked("https://management.example.org/list")

    assert asked == ["https://management.example.org/list"]
    assert first.response is not None
    assert "another server" in second.error


@pytest.mark.parametrize(
    ("status", "text", "error"),
    [
        (200, "{", "the answer is not JSON"),
        (200, "[" * 100_000, "the answer is not JSON"),
        (200, "[]", "the answer is no object"),
        (403, "", "AccessDenied"),
        (500, "", "500"),
    ],
)
def test_answers_that_are_none(status: int, text: str, error: str) -> None:
    assert answer_of(status, text) == Answer(error=error)


def test_a_server_that_repeats_a_page_is_asked_once_more_only() -> None:
    pages = list(JsonCalls(lambda _url: Answer({"items": [], "nextPageToken": "same"})).pages("https://x.example.org", "pageToken"))

    assert len(pages) == 2
