"""Google's and Azure's management of storage on loopback: the official shapes of the few answers that are asked for."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.sources.loopback import Loopback, Quiet

PROJECT, NUMBER = "photo-shop", "123456789012"
SUBSCRIPTION = "0b1f6471-1bf0-4dda-aec3-cb9272f09590"
_PAGE = 1


class FakeCloud(Loopback):
    """Answers GET by path.

    :ivar answers: path -> object, or list of entries that is given page by page
    :ivar refuse: paths that end so are refused with 403
    """

    def __init__(self, listed: str, more: str) -> None:
        self.answers: dict[str, Any] = {}
        self.refuse = ""
        self.listed, self.more = listed, more
        super().__init__(_Handler, "cloud")


class _Handler(Quiet, BaseHTTPRequestHandler):
    cloud: FakeCloud

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        known = self.cloud.answers.get(parts.path)
        if self.cloud.refuse and parts.path.endswith(self.cloud.refuse):
            self._send(403, {"error": {"code": 403, "message": "no"}})
        elif known is None:
            self._send(404, {"error": {"code": 404, "message": "not found"}})
        else:
            self._send(200, self._page(known, parts.path, query) if isinstance(known, list) else known)

    def _page(self, entries: list[Any], path: str, query: dict[str, str]) -> dict[str, Any]:
        start = int(query.get("pageToken", 0))
        page: dict[str, Any] = {self.cloud.listed: entries[start : start + _PAGE]}
        if start + _PAGE < len(entries):
            token = str(start + _PAGE)
            page[self.cloud.more] = token if self.cloud.more == "nextPageToken" else f"{self.cloud.url}{path}?pageToken={token}"
        return page

    def _send(self, status: int, answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def google_bucket(name: str, **changed: Any) -> dict[str, Any]:
    """As buckets.get gives it (projection noAcl)."""
    return {
        "kind": "storage#bucket",
        "id": name,
        "name": name,
        "projectNumber": NUMBER,
        "location": "EUROPE-WEST3",
        "storageClass": "STANDARD",
        "timeCreated": "2024-03-01T12:00:00.000Z",
        "iamConfiguration": {"uniformBucketLevelAccess": {"enabled": True}, "publicAccessPrevention": "inherited"},
        **changed,
    }


def google_policy(*bindings: tuple[str, str]) -> dict[str, Any]:
    """As buckets.getIamPolicy gives it."""
    made = [{"role": f"roles/storage.{role}", "members": [member]} for role, member in bindings]
    return {"kind": "storage#policy", "resourceId": "projects/_/buckets/b", "version": 1, "etag": "CAE=", "bindings": made}


def prevention(*, enforced: bool) -> dict[str, Any]:
    """As policies.getEffectivePolicy gives it."""
    name = f"projects/{NUMBER}/policies/storage.publicAccessPrevention"
    return {"name": name, "spec": {"rules": [{"enforce": enforced}]}}


def azure_account(name: str = "photos", **changed: Any) -> dict[str, Any]:
    """As storageAccounts.list gives it."""
    return {
        "id": f"/subscriptions/{SUBSCRIPTION}/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/{name}",
        "kind": "StorageV2",
        "location": "westeurope",
        "name": name,
        "tags": {"team": "data"},
        "type": "Microsoft.Storage/storageAccounts",
        "properties": {
            "allowBlobPublicAccess": False,
            "allowCrossTenantReplication": False,
            "allowSharedKeyAccess": False,
            "creationTime": "2024-03-01T12:00:00.0000000Z",
            "encryption": {"keySource": "Microsoft.Storage"},
            "minimumTlsVersion": "TLS1_2",
            "networkAcls": {"bypass": "AzureServices", "defaultAction": "Allow", "ipRules": [], "virtualNetworkRules": []},
            "supportsHttpsTrafficOnly": True,
            **changed,
        },
    }


def azure_container(name: str, level: str = "None") -> dict[str, Any]:
    """As blobContainers.list gives it."""
    inner = {"publicAccess": level, "leaseStatus": "Unlocked", "hasImmutabilityPolicy": False, "hasLegalHold": False}
    return {
        "id": f"/x/containers/{name}",
        "name": name,
        "type": "Microsoft.Storage/storageAccounts/blobServices/containers",
        "properties": inner,
    }
