"""Asks Azure's resource manager for the settings of storage accounts and their containers. Nothing is judged here."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from scanner.errors import ConfigError, MissingExtraError
from scanner.posture import cloud_calls as calls
from scanner.posture.answers import Answer, Unknown, content
from scanner.posture.azure import AzureAnswers
from scanner.posture.azure_network import subscription_of
from scanner.posture.calls import Call
from scanner.posture.inventory import Inventory
from scanner.posture.json_calls import JsonCalls, answer_of

_MANAGER: Final = "https://management.azure.com"
_VERSION: Final = "api-version=2023-05-01"
_ROLES: Final = "api-version=2022-04-01"
_SUBSCRIPTIONS: Final = "api-version=2022-12-01"


def open_azure(endpoint: str | None) -> JsonCalls:
    """What asks in the name of the credentials that Azure's tools find.

    :param endpoint: URL of a stand-in, which is asked as nobody in particular
    :raises MissingExtraError: without Azure's library
    :raises ConfigError: when it is asked, if there are no credentials
    """
    # What it tries on the way to credentials is said in many lines, and not by us.
    logging.getLogger("azure").setLevel(logging.CRITICAL)
    try:
        from azure.core import PipelineClient
        from azure.core.pipeline.policies import BearerTokenCredentialPolicy, RetryPolicy
        from azure.identity import DefaultAzureCredential
    except ModuleNotFoundError:
        raise MissingExtraError("az:// needs Azure's library, which is not installed: pip install 'dowse[azure]'") from None
    policies: list[Any] = [RetryPolicy(retry_total=4)]
    if endpoint is None:
        policies.append(BearerTokenCredentialPolicy(DefaultAzureCredential(), f"{_MANAGER}/.default"))
    client: Any = PipelineClient(endpoint or _MANAGER, policies=policies)

    def ask(url: str) -> Answer:
        from azure.core.exceptions import AzureError, ClientAuthenticationError
        from azure.core.rest import HttpRequest

        try:
            response = client.send_request(HttpRequest("GET", url))
            return answer_of(response.status_code, response.text())
        except ClientAuthenticationError:
            raise ConfigError("az://: there are no credentials: log in with `az login`, or set what a service principal needs") from None
        except AzureError as error:
            # The class tells what happened; the text may quote what the service sent.
            return Answer(error=type(error).__name__)

    return JsonCalls(ask)


class AzureStore:
    """Containers of all storage accounts that the credentials see.

    :param endpoint: of the resource manager; None is Azure's
    """

    def __init__(self, ask: JsonCalls, endpoint: str | None = None, threads: int = 20) -> None:
        self._ask = ask
        self._manager = endpoint or _MANAGER
        self._threads = threads

    def collect(self, names: Sequence[str] = ()) -> Inventory:
        """The settings of all containers, or of those named: `ACCOUNT/CONTAINER`, or `ACCOUNT` for all of one account."""
        unknowns: list[Unknown] = []
        subscriptions = self._list(f"{self._manager}/subscriptions?{_SUBSCRIPTIONS}", calls.AZ_SUBSCRIPTIONS, unknowns)
        accounts = [one for each in subscriptions for one in self._accounts(str(each["subscriptionId"]), unknowns)]
        wanted = [one for one in accounts if not names or any(_names(name, one) for name in names)]
        with ThreadPoolExecutor(max_workers=self._threads) as pool:
            found = [one for some in pool.map(lambda account: self._containers(account, unknowns), wanted) for one in some]
        meant = tuple(one for one in found if not names or one.name in names or one.name.partition("/")[0] in names)
        whole = frozenset(subscription_of(str(one["id"])) for one in subscriptions) if not names and not unknowns else frozenset[str]()
        return Inventory((), tuple(unknowns), listed=whole, azure=meant)

    def _accounts(self, subscription: str, unknowns: list[Unknown]) -> list[Mapping[str, Any]]:
        url = f"{self._manager}/subscriptions/{subscription}/providers/Microsoft.Storage/storageAccounts?{_VERSION}"
        return self._list(url, calls.AZ_ACCOUNTS, unknowns)

    def _containers(self, account: Mapping[str, Any], unknowns: list[Unknown]) -> Iterator[AzureAnswers]:
        service = f"{self._manager}{account['id']}/blobServices/default"
        about = self._ask.one(f"{service}?{_VERSION}")
        replication = self._ask.one(f"{self._manager}{account['id']}/objectReplicationPolicies?{_VERSION}")
        roles = self._roles(str(account["id"]))
        listed = self._list(f"{service}/containers?{_VERSION}", calls.AZ_CONTAINERS, unknowns, str(account.get("name")))
        return (AzureAnswers(account, one, about, replication, roles) for one in listed)

    def _roles(self, account: str) -> Answer:
        """All assignments at the account or above, as one page; the error if a page could not be had."""
        assigned: list[Any] = []
        url = f"{self._manager}{account}/providers/Microsoft.Authorization/roleAssignments?{_ROLES}&$filter=atScope()"
        for page in self._ask.linked(url):
            if page.response is None or not isinstance(page.response.get("value"), list):
                return page
            assigned += page.response["value"]
        return Answer({"value": assigned})

    def _list(self, url: str, call: Call, unknowns: list[Unknown], where: str = "") -> list[Mapping[str, Any]]:
        """All entries; a page that fails is one more unknown."""
        entries: list[Mapping[str, Any]] = []
        for page in self._ask.linked(url):
            found = content(call, page)
            if isinstance(found, Unknown):
                unknowns.append(Unknown(found.call, f"{where}: {found.reason}" if where else found.reason, found.action))
            else:
                entries.extend((found or {})["value"])
        return entries


def _names(name: str, account: Mapping[str, Any]) -> bool:
    return name.partition("/")[0] == account.get("name")
