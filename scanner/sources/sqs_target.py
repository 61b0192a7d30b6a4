"""What `sqs://` names: a queue, by its URL, its ARN or its name."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import regex

from scanner.errors import TargetError

_ARN: Final = regex.compile(r"arn:[a-z-]+:sqs:(?P<region>[a-z0-9-]+):(?P<account>[0-9]{12}):(?P<name>[A-Za-z0-9_-]{1,80}(?:\.fifo)?)")
_NAME: Final = regex.compile(r"[A-Za-z0-9_-]{1,80}(?:\.fifo)?")
_URL: Final = regex.compile(
    r"(?P<scheme>https?://)?(?P<host>[A-Za-z0-9.:\[\]-]+)(?P<path>(?:/[A-Za-z0-9_.-]+)*/[A-Za-z0-9_-]{1,80}(?:\.fifo)?)"
)
_AMAZON: Final = regex.compile(r"sqs\.(?P<region>[a-z0-9-]+)\.amazonaws\.(?:com|com\.cn|eu)")


@dataclass(frozen=True, slots=True)
class QueueTarget:
    """A queue.

    :param url: of the queue; empty if it is to be looked up
    :param region: None for that of the user's configuration
    :param account: whose it is; empty for the user's own
    :param endpoint_url: of what speaks SQS there; None is Amazon
    """

    name: str
    url: str = ""
    region: str | None = None
    account: str = ""
    endpoint_url: str | None = None


def parse_queue(place: str) -> QueueTarget:
    """The queue in `sqs://HOST/ACCOUNT/NAME`, `sqs://https://HOST/ACCOUNT/NAME`, `sqs://arn:aws:sqs:...` or `sqs://NAME`.

    Raises TargetError for anything else.
    """
    rest = place[len("sqs://") :]
    if found := _ARN.fullmatch(rest):
        return QueueTarget(found["name"], region=found["region"], account=found["account"])
    if _NAME.fullmatch(rest):
        return QueueTarget(rest)
    if found := _URL.fullmatch(rest):
        url = f"{found['scheme'] or 'https://'}{found['host']}{found['path']}"
        name = found["path"].rpartition("/")[2]
        amazon = _AMAZON.fullmatch(urlsplit(url).hostname or "")
        if amazon:
            return QueueTarget(name, url, amazon["region"])
        return QueueTarget(name, url, endpoint_url=url.removesuffix(found["path"]))
    raise TargetError(f"{place}: it names no queue; write sqs://NAME, sqs://ARN, or sqs:// and the queue's URL without https://")
