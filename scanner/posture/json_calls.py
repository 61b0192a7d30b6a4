"""Calls of services that answer in JSON, page by page."""

import json
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote

from scanner.posture.answers import Answer

# In the words of the errors of Amazon, which the reading of answers knows.
_ERRORS: Final = {401: "AccessDenied", 403: "AccessDenied", 405: "MethodNotAllowed", 501: "NotImplemented"}


def answer_of(status: int, text: str) -> Answer:
    """What an answer over HTTP says; the error is a number where there is no word for it."""
    if status != 200:
        return Answer(error=_ERRORS.get(status, str(status)))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return Answer(error="the answer is not JSON")
    return Answer(found) if isinstance(found, dict) else Answer(error="the answer is no object")


class JsonCalls:
    """Asks.

    :param ask: gives what became of GET for a URL
    """

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        self.one = ask

    def pages(self, url: str, parameter: str) -> Iterator[Answer]:
        """Page after page of a list; ends at the first that fails.

        :param parameter: that asks for the next page by the `nextPageToken` of the one before
        """
        asked, seen = url, set[str]()
        while True:
            answer = self.one(asked)
            yield answer
            token = (answer.response or {}).get("nextPageToken")
            if not isinstance(token, str) or not token or token in seen:
                return
            seen.add(token)
            asked = f"{url}{'&' if '?' in url else '?'}{parameter}={quote(token, safe='')}"

    def linked(self, url: str) -> Iterator[Answer]:
        """The same, where each page names the address of the next in `nextLink`."""
        asked, seen = url, {url}
        while True:
            answer = self.one(asked)
            yield answer
            link = (answer.response or {}).get("nextLink")
            if not isinstance(link, str) or link in seen:
                return
            if link.split("/")[:3] != url.split("/")[:3]:
                # The credentials are for this server, and nobody else's.
                yield Answer(error="the next page is said to be on another server, which is not asked")
                return
            seen.add(link)
            asked = link
