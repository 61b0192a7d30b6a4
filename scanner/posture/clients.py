"""Clients of a store, made by boto3, which is an extra: `pip install 'dowse[s3]'`."""

import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from scanner.errors import ConfigError, MissingExtraError
from scanner.posture import calls
from scanner.posture.answers import Answer
from scanner.posture.calls import Call

_REGION: Final = "us-east-1"
_AMAZON: Final = (".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu")


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """Which store is asked, and as whom.

    :param endpoint: URL of an S3-compatible store; None is Amazon S3
    :param control_endpoint: URL for the calls of S3 Control; as `endpoint` if None
    :param account: whose buckets they are, for stores that cannot say it
    :param threads: buckets asked for at once
    :param cloudfront: also ask which distributions have buckets as origins
    :param keys: also ask who can use the keys of the default encryption
    :param roles: also ask for the IAM roles
    :param object_lists: of how many objects of each bucket, at most, the access control lists are asked for
    """

    profile: str | None = None
    region: str | None = None
    endpoint: str | None = None
    control_endpoint: str | None = None
    account: str | None = None
    threads: int = 20
    cloudfront: bool = False
    keys: bool = False
    roles: bool = False
    object_lists: int = 0

    @property
    def only_live(self) -> tuple[str, ...]:
        """What is asked for that no file has, in words."""
        asked = (("keys", self.keys), ("roles", self.roles), ("lists of objects", self.object_lists), ("distributions", self.cloudfront))
        return tuple(words for words, wanted in asked if wanted)


def open_session(options: StoreOptions) -> Any:  # noqa: ANN401 - boto3 has no types
    """A boto3 session.

    :raises MissingExtraError: if boto3 is not installed
    :raises ConfigError: if the profile does not exist
    """
    try:
        import boto3
        from botocore.exceptions import ProfileNotFound
    except ModuleNotFoundError as error:
        raise MissingExtraError("asking a store needs boto3: pip install 'dowse[s3]'") from error
    try:
        return boto3.Session(profile_name=options.profile, region_name=options.region)
    except ProfileNotFound as error:
        raise ConfigError(f"--profile {options.profile}: there is no such profile") from error


def assumed(session: Any, account: str, role: str, options: StoreOptions) -> Any:  # noqa: ANN401 - boto3 has no types
    """A session as `role` of another account, or the Answer with the error if it may not be assumed."""
    name = role if role.startswith("arn:") else f"arn:aws:iam::{account}:role/{role}"
    answer = Clients(session, options).ask(calls.ASSUME, RoleArn=name, RoleSessionName="dowse-posture")
    if answer.response is None:
        return answer
    return session_of(answer.response["Credentials"], options.region or session.region_name)


def session_of(credentials: Mapping[str, str], region: str | None) -> Any:  # noqa: ANN401 - boto3 has no types
    """A session with temporary credentials, as `assume-role` gives them."""
    import boto3

    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
        region_name=region,
    )


class Clients:
    """Asks calls, by service and region; clients are made once and shared by threads.

    :param session: a boto3 session
    """

    account: str | None
    threads: int

    def __init__(self, session: Any, options: StoreOptions) -> None:  # noqa: ANN401 - boto3 has no types
        self._session = session
        self._options = options
        self.account = options.account
        self.threads = options.threads
        self._home = options.region or session.region_name or _REGION
        self._made: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()

    @property
    def at_amazon(self) -> bool:
        """Whether the buckets are Amazon's own."""
        return _is_amazon(self._client("s3", ""))

    def ask(self, call: Call, region: str = "", **arguments: object) -> Answer:
        """The answer to one call.

        :raises ConfigError: if there are no credentials
        """
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

        try:
            response = getattr(self._client(call.client, region), call.method)(**arguments)
        except ClientError as error:
            return Answer(error=str(error.response.get("Error", {}).get("Code") or "an error without a code"))
        except (NoCredentialsError, PartialCredentialsError) as error:
            raise ConfigError("no credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY") from error
        except BotoCoreError as error:
            # The class tells what happened; the text may quote what the store sent.
            return Answer(error=type(error).__name__)
        response.pop("ResponseMetadata", None)
        return Answer(response)

    def pages(self, call: Call, region: str = "", **arguments: object) -> Iterator[Answer]:
        """Page after page of a list; ends at the first that fails."""
        seen: set[str] = set()
        while True:
            answer = self.ask(call, region, **arguments)
            yield answer
            response = answer.response or {}
            following = response.get(f"Next{call.next_page}") or response.get(call.next_page)
            # A page may be empty and yet not the last, if the store says so.
            truncated = response.get("IsTruncated", bool(response.get(call.listed)))
            # A store that ignores the token would send the same page for ever.
            if not isinstance(following, str) or not following or following in seen or not truncated:
                return
            seen.add(following)
            arguments = {**arguments, call.next_page: following}

    def _client(self, service: str, region: str) -> Any:  # noqa: ANN401 - boto3 has no types
        key = (service, region or self._home)
        with self._lock:
            if key not in self._made:
                self._made[key] = self._make(*key)
            return self._made[key]

    def _make(self, service: str, region: str) -> Any:  # noqa: ANN401 - boto3 has no types
        from botocore.config import Config

        options = self._options
        endpoint = (options.control_endpoint if service == "s3control" else None) or options.endpoint
        config = Config(
            max_pool_connections=max(options.threads, 10),
            retries={"mode": "standard", "max_attempts": 4},
            connect_timeout=10,
            read_timeout=30,
            s3={"addressing_style": "path"} if endpoint or _endpoint_in_environment() else {},
        )
        try:
            client = self._session.client(service, region_name=region, endpoint_url=endpoint, config=config)
        except ValueError as error:
            raise ConfigError(f"--endpoint-url {endpoint}: {error}; write it as in http://10.0.0.5:9000") from None
        if service == "s3control" and not _is_amazon(client):
            client.meta.events.register("before-sign.s3-control", _At(client.meta.endpoint_url))
        return client


def _is_amazon(client: Any) -> bool:  # noqa: ANN401 - boto3 has no types
    return (urlsplit(client.meta.endpoint_url).hostname or "").endswith(_AMAZON)


def _endpoint_in_environment() -> bool:
    """Whether boto3 itself will send calls to another store. Other stores seldom have a host name for each bucket."""
    return any(name in os.environ for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"))


class _At:
    """Sends requests to the endpoint's own host; boto3 puts the account's number before it, which only Amazon resolves."""

    def __init__(self, endpoint: str) -> None:
        self._netloc = urlsplit(endpoint).netloc

    def __call__(self, request: Any, **_: object) -> None:  # noqa: ANN401 - boto3 has no types
        request.url = urlunsplit(urlsplit(request.url)._replace(netloc=self._netloc))
