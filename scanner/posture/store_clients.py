"""Clients for the store that a scan reads, in the same name."""

from scanner.config import StoreConfig
from scanner.errors import ConfigError
from scanner.posture import calls
from scanner.posture.answers import Unknown, content
from scanner.posture.clients import Clients, StoreOptions, open_session, session_of


def clients_of(store: StoreConfig) -> Clients:
    """Clients that ask as a scan of `store` does.

    :raises ConfigError: if the role may not be assumed, or the store is asked without credentials
    :raises MissingExtraError: without boto3
    """
    if store.no_sign_request:
        raise ConfigError("settings of buckets are told to nobody without credentials; leave out --no-sign-request")
    options = StoreOptions(profile=store.profile, region=store.region, endpoint=store.endpoint_url)
    session = open_session(options)
    if store.role_arn is None:
        return Clients(session, options)
    external = {"ExternalId": store.external_id} if store.external_id else {}
    answer = Clients(session, options).ask(calls.ASSUME, RoleArn=store.role_arn, RoleSessionName="dowse", **external)
    if answer.response is None:
        why = content(calls.ASSUME, answer)
        raise ConfigError(f"store: role_arn: {store.role_arn}: {why.reason if isinstance(why, Unknown) else answer.error}")
    return Clients(session_of(answer.response["Credentials"], store.region or session.region_name), options)
