"""Clients of Amazon S3 and of stores that speak its language, made by boto3, which is an extra."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from scanner.config import StoreConfig
from scanner.errors import ConfigError, MissingExtraError
from scanner.sources.addresses import is_link_local, resolve
from scanner.sources.patience import Patience
from scanner.sources.s3_trouble import NO_CREDENTIALS
from scanner.sources.traffic import TRAFFIC
from scanner.version import VERSION

if TYPE_CHECKING:
    from botocore.session import Session

# Asked by default, as AWS's own tools do; it answers for every bucket where that one is.
_REGION: Final = "us-east-1"
_AMAZON: Final = (".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu")
# Three waits in the mean take 3 s, six 30 s; after that the store is down rather than busy.
_ATTEMPTS: Final = 6
_CONNECTIONS: Final = 32


@lru_cache(maxsize=16)
def connect(store: StoreConfig) -> Any:  # noqa: ANN401 - boto3 has no types
    """The S3 client for `store`; one a process, for all threads.

    :raises MissingExtraError: if boto3 is not installed
    :raises ConfigError: if the profile, the endpoint or the role cannot be used
    """
    session = _session(store)
    client = _checked(
        lambda: session.create_client("s3", region_name=_region(session, store), endpoint_url=store.endpoint_url, config=_config(store))
    )
    refuse_link_local(client.meta.endpoint_url)
    client.meta.events.register("before-send.s3", _count)
    # Behind botocore's own, whose wait is the one that counts if it wants one.
    client.meta.events.register("needs-retry.s3", Patience(_ATTEMPTS))
    return client


def _count(request: Any, **_others: object) -> None:  # noqa: ANN401 - boto3 has no types
    """Called before each attempt; giving nothing lets it be sent."""
    told = request.headers.get("amz-sdk-request", b"")
    first = "attempt=1;" in (told.decode("ascii", "replace") if isinstance(told, bytes) else told)
    TRAFFIC.add(1, 0 if first else 1)


def connect_queues(store: StoreConfig, region: str | None, endpoint_url: str | None) -> Any:  # noqa: ANN401 - boto3 has no types
    """A client of SQS in the same name as that of the buckets, but always signed; for all threads.

    :param region: None for that of the buckets
    :param endpoint_url: None for Amazon's own
    :raises MissingExtraError: as `connect`; so below
    :raises ConfigError:
    """
    session = _session(store)
    config = _config(StoreConfig())
    name = region or _region(session, store)
    client = _checked(lambda: session.create_client("sqs", region_name=name, endpoint_url=endpoint_url, config=config))
    refuse_link_local(client.meta.endpoint_url)
    return client


def is_amazon(client: Any) -> bool:  # noqa: ANN401 - boto3 has no types
    """Whether the client asks Amazon S3 itself."""
    return (urlsplit(client.meta.endpoint_url).hostname or "").endswith(_AMAZON)


def payer(store: StoreConfig) -> Mapping[str, str]:
    """What a request carries when its sender accepts to pay."""
    return {"RequestPayer": "requester"} if store.requester_pays else {}


def refuse_link_local(url: str) -> None:
    """Nothing, for a URL that may be asked.

    Raises ConfigError if its host is, or resolves to, an address where only metadata services answer: a scan must not be
    led to ask one for the machine's credentials.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(f"endpoint {url!r}: it is no http:// or https:// URL, as in https://s3.example.com")
    for address in resolve(parts.hostname):
        if is_link_local(address):
            raise ConfigError(f"endpoint {url!r}: {address} is link-local, where no store answers but the machine's own metadata service")


def _session(store: StoreConfig) -> "Session":
    try:
        import botocore.session
    except ModuleNotFoundError:
        raise MissingExtraError("s3:// needs boto3, which is not installed: pip install 'dowse[s3]'") from None
    session = botocore.session.Session(profile=store.profile)
    session.user_agent_extra = f"dowse/{VERSION}"
    if store.role_arn:
        # A session keeps the first credentials that it was asked for; the role's need one of their own.
        assumed = botocore.session.Session(profile=store.profile)
        assumed.user_agent_extra = session.user_agent_extra
        assumed.register_component("credential_provider", _Only(_assumed(session, store)))
        return assumed
    return session


def _region(session: "Session", store: StoreConfig) -> str:
    return store.region or _checked(lambda: session.get_config_variable("region")) or _REGION


def _config(store: StoreConfig) -> Any:  # noqa: ANN401 - boto3 has no types
    from botocore import UNSIGNED
    from botocore.config import Config

    options: dict[str, Any] = {"signature_version": UNSIGNED} if store.no_sign_request else {}
    if store.endpoint_url:
        # Other stores seldom answer to a host name for each bucket, and not all know Amazon's checksums.
        options |= {"s3": {"addressing_style": "path"}, "response_checksum_validation": "when_required"}
    return Config(
        retries={"mode": "adaptive", "total_max_attempts": _ATTEMPTS},
        max_pool_connections=_CONNECTIONS,
        connect_timeout=10,
        read_timeout=60,
        **options,
    )


def _assumed(session: "Session", store: StoreConfig) -> Any:  # noqa: ANN401 - boto3 has no types
    """Credentials of the role, which are renewed before they expire."""
    from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials

    source = _checked(session.get_credentials)
    if source is None:
        raise ConfigError(f"--role-arn {store.role_arn}: {NO_CREDENTIALS}")
    creator = partial(session.create_client, endpoint_url=store.endpoint_url) if store.endpoint_url else session.create_client
    extra = {"RoleSessionName": "dowse"} | ({"ExternalId": store.external_id} if store.external_id else {})
    fetcher = AssumeRoleCredentialFetcher(_In(creator, _region(session, store)), source, store.role_arn, extra_args=extra)
    return DeferredRefreshableCredentials(method="assume-role", refresh_using=fetcher.fetch_credentials)


class _In:
    """Creates clients in one region, which the fetcher of a role's credentials leaves open."""

    def __init__(self, creator: Any, region: str) -> None:  # noqa: ANN401 - boto3 has no types
        self._creator = creator
        self._region = region

    def __call__(self, service: str, **options: object) -> Any:  # noqa: ANN401 - boto3 has no types
        return self._creator(service, region_name=self._region, **options)


class _Only:
    """A chain of credential providers that has one end."""

    def __init__(self, credentials: Any) -> None:  # noqa: ANN401 - boto3 has no types
        self._credentials = credentials

    def load_credentials(self) -> Any:  # noqa: ANN401 - boto3 has no types
        return self._credentials


def _checked(make: Any) -> Any:  # noqa: ANN401 - boto3 has no types
    """What `make` gives. Raises ConfigError for what is wrong with the user's AWS configuration."""
    from botocore.exceptions import BotoCoreError

    try:
        return make()
    except (BotoCoreError, ValueError) as error:
        raise ConfigError(f"AWS configuration: {error}") from None
