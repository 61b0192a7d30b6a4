"""Asks Google Cloud Storage for the settings of buckets. Nothing is judged here."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any, Final
from urllib.parse import quote

from scanner.errors import ConfigError, MissingExtraError
from scanner.posture import cloud_calls as calls
from scanner.posture.answers import NOT_ASKED, Answer, Unknown, content
from scanner.posture.google import GoogleAnswers, is_uniform, own_prevention
from scanner.posture.inventory import Inventory
from scanner.posture.json_calls import JsonCalls, answer_of

_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform.read-only"
_STORAGE: Final = "https://storage.googleapis.com"
_POLICIES: Final = "https://orgpolicy.googleapis.com"
_CONSTRAINT: Final = "storage.publicAccessPrevention"


def open_google(endpoint: str | None, project: str | None) -> tuple[JsonCalls, str]:
    """What asks in the name of the credentials that Google's tools find, and the project that is asked for.

    :param endpoint: URL of an emulator, which is asked as nobody in particular
    :raises MissingExtraError: without Google's library
    :raises ConfigError: without credentials, or if no project is known
    """
    try:
        import google.auth
        from google.auth.credentials import AnonymousCredentials
        from google.auth.exceptions import DefaultCredentialsError
        from google.auth.transport.requests import AuthorizedSession
    except ModuleNotFoundError:
        raise MissingExtraError("gs:// needs Google's library, which is not installed: pip install 'dowse[gcs]'") from None
    try:
        credentials, found = (AnonymousCredentials(), None) if endpoint else google.auth.default(scopes=[_SCOPE])
    except DefaultCredentialsError:
        raise ConfigError("gs://: there are no credentials: run `gcloud auth application-default login`") from None
    chosen = project or found
    if not chosen:
        raise ConfigError("gs://: which project is not known; give it with --project")
    return JsonCalls(partial(_ask, AuthorizedSession(credentials))), chosen


def _ask(session: Any, url: str) -> Answer:  # noqa: ANN401 - Google's library is half typed
    from google.auth.exceptions import GoogleAuthError
    from requests.exceptions import RequestException

    try:
        response = session.get(url, timeout=(10, 60))
        return answer_of(response.status_code, response.text)
    except (GoogleAuthError, RequestException) as error:
        # The class tells what happened; the text may quote what the store sent.
        return Answer(error=type(error).__name__)


class GoogleStore:
    """Buckets of one project.

    :param endpoint: of both services; None is Google's
    """

    def __init__(self, ask: JsonCalls, project: str, endpoint: str | None = None, threads: int = 20) -> None:
        self._ask = ask
        self._project = project
        self._storage = f"{endpoint or _STORAGE}/storage/v1"
        self._policies = f"{endpoint or _POLICIES}/v2"
        self._threads = threads
        # Of a project the same for all of its buckets.
        self._prevention: Callable[[str], Answer] = cache(self._asked_prevention)

    def collect(self, names: Sequence[str] = ()) -> Inventory:
        """The settings of all buckets of the project, or of those named. One refused call makes one setting UNKNOWN."""
        listed, unknowns = (list(names), []) if names else self._listed()
        with ThreadPoolExecutor(max_workers=self._threads) as pool:
            found = list(pool.map(self._bucket, listed))
        gone = [one for one in found if one.details.error == "404"]
        unknowns += [Unknown(calls.GS_BUCKET.said, f"there is no bucket {one.name}") for one in gone]
        whole = frozenset([self._project]) if not names and not unknowns else frozenset[str]()
        return Inventory((), tuple(unknowns), listed=whole, google=tuple(one for one in found if one not in gone))

    def _listed(self) -> tuple[list[str], list[Unknown]]:
        names: list[str] = []
        for page in self._ask.pages(f"{self._storage}/b?project={quote(self._project)}", "pageToken"):
            found = content(calls.GS_BUCKETS, page)
            if isinstance(found, Unknown):
                return names, [found]
            names.extend(str(one["name"]) for one in (found or {}).get("items") or ())
        return names, []

    def _bucket(self, name: str) -> GoogleAnswers:
        url = f"{self._storage}/b/{quote(name, safe='')}"
        details = self._ask.one(f"{url}?projection=noAcl")
        policy = self._ask.one(f"{url}/iam?optionsRequestedPolicyVersion=3")
        lists = self._ask.one(f"{url}/acl") if is_uniform(details) is False else NOT_ASKED
        owner = str((details.response or {}).get("projectNumber") or self._project)
        prevention = self._prevention(owner) if own_prevention(details) not in ("", "enforced") else NOT_ASKED
        return GoogleAnswers(name, self._project, details, policy, lists, prevention)

    def _asked_prevention(self, project: str) -> Answer:
        answer = self._ask.one(f"{self._policies}/projects/{quote(project)}/policies/{_CONSTRAINT}:getEffectivePolicy")
        # Without any policy, also from above, the constraint is as Google delivers it: not enforced.
        return Answer({"spec": {"rules": []}}) if answer.error == "404" else answer
