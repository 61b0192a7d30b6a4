"""What may stand behind `--output FORMAT=` besides a path, and which formats go there."""

import gzip
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, Final, cast

from scanner.errors import ConfigError

_SCHEMES: Final = ("securityhub:", "eventbridge:", "s3://", "https://", "http://", "url-file:")
# What a service can read; everything goes into buckets, and all that comes in lines to web addresses.
_ONLY: Final[Mapping[str, tuple[str, ...]]] = {"securityhub:": ("asff",), "eventbridge:": ("macie-events",)}
_MEDIA_TYPES: Final[Mapping[str, str]] = {
    "asff": "application/x-ndjson",
    "elastic": "application/x-ndjson",
    "jsonl": "application/x-ndjson",
    "macie": "application/x-ndjson",
    "macie-events": "application/x-ndjson",
    "macie-results": "application/x-ndjson",
    "ocsf": "application/x-ndjson",
    "slack": "application/json",
    "splunk": "application/json",
}


def is_delivery(destination: str) -> bool:
    """Whether it is a service or an address, not a path."""
    return destination.startswith(_SCHEMES)


def check_delivery(format_name: str, destination: str) -> None:
    """:raises ConfigError: if the format cannot be sent there"""
    scheme = next(one for one in _SCHEMES if destination.startswith(one))
    only = _ONLY.get(scheme)
    if only and format_name not in only:
        raise ConfigError(f"--output {format_name}={scheme}: {scheme.rstrip(':')} takes {', '.join(only)}")
    if scheme not in _ONLY and scheme != "s3://" and format_name not in _MEDIA_TYPES:
        raise ConfigError(f"--output {format_name}={scheme}...: of formats there can be sent {', '.join(sorted(_MEDIA_TYPES))}")
    if scheme == "s3://":
        from scanner.delivery.s3 import parse_s3

        parse_s3(destination)


def shown(destination: str) -> str:
    """The destination without what may be a secret in it."""
    scheme, _, rest = destination.partition("://")
    return f"{scheme}://{rest.partition('/')[0].rpartition('@')[2]}/..." if scheme in ("http", "https") else destination


@contextmanager
def open_delivery(format_name: str, destination: str) -> Iterator[BinaryIO]:
    """A stream that delivers what is written to it.

    :raises ConfigError: if there is something wrong with the destination
    :raises DeliveryError: also when it is written to and when the block ends
    """
    scheme, _, rest = destination.partition(":")
    if scheme == "s3":
        from scanner.delivery.s3 import into_s3

        with into_s3(destination) as out:
            yield from _packed(out, destination)
    elif scheme == "securityhub":
        from scanner.delivery.securityhub import SecurityHub

        with SecurityHub(rest) as hub:
            yield cast("BinaryIO", hub)
    elif scheme == "eventbridge":
        from scanner.delivery.eventbridge import EventBridge

        with EventBridge(rest) as bus:
            yield cast("BinaryIO", bus)
    else:
        from scanner.delivery.http import HttpBatches, address

        where = address(_url(rest) if scheme == "url-file" else destination, os.environ)
        with HttpBatches(where, _MEDIA_TYPES[format_name], bulk=format_name == "elastic", single=format_name == "slack") as posts:
            yield cast("BinaryIO", posts)


def _packed(out: BinaryIO, destination: str) -> Iterator[BinaryIO]:
    if destination.endswith(".gz"):
        with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed:
            yield cast("BinaryIO", packed)
    else:
        yield out


def _url(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"--output: {path}: cannot be read; it is to hold the address to send to") from None
