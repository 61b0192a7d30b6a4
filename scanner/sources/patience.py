"""What a client of botocore's does beyond botocore when a store is busy or does not answer.

botocore asks again at most six times, and for all requests of a process together only some dozens of times before it counts on the store
being down. A gateway that is restarted, or a network that is away for some seconds, would cost every object that is asked for meanwhile.
"""

import random
import threading
import time
from typing import Any, Final

_SECONDS: Final = 60.0
# For one request, if the store answers others all the while.
_MOST_ATTEMPTS: Final = 60
_LEAST_WAIT: Final = 0.1
_MOST_WAIT: Final = 2.0
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
# Asked only about what the store has listed: it was there.
_OF_LISTED: Final = frozenset({"GetObject", "GetObjectTagging"})


class Patience:
    """Of one process with one store; for all threads.

    Registered for `needs-retry`, which botocore emits after each attempt; a number is the wait before another one, in seconds.

    A store that answered before is waited for until it has been silent for a minute. From then on each request is given up after one
    attempt, until something is answered again.

    :param attempts: how often a busy store is asked
    """

    def __init__(self, attempts: int, seconds: float = _SECONDS) -> None:
        self._attempts = attempts
        self._seconds = seconds
        self._lock = threading.Lock()
        self._answered = False
        self._silent_since: float | None = None

    def __call__(
        self,
        response: tuple[Any, Any] | None,
        attempts: int,
        operation: Any,  # noqa: ANN401 - boto3 has no types
        caught_exception: Exception | None,
        **_others: object,
    ) -> float | None:
        """Seconds until the next attempt; None for none, unless botocore wants one."""
        if response is not None:
            self._hear()
            return self._busy(response[0].status_code, attempts)
        if caught_exception is None or not _is_silence(caught_exception):
            return None
        return self._silent(attempts, listed=operation.name in _OF_LISTED)

    def _hear(self) -> None:
        with self._lock:
            self._answered, self._silent_since = True, None

    def _busy(self, status: int, attempts: int) -> float | None:
        if status not in _BUSY or attempts >= self._attempts:
            return None
        return random.uniform(0, 2.0 ** (attempts - 1))  # noqa: S311 - spreads retries, no secret

    def _silent(self, attempts: int, *, listed: bool) -> float | None:
        with self._lock:
            if not (self._answered or listed):
                return None
            now = time.monotonic()
            if self._silent_since is None:
                self._silent_since = now
            waited = now - self._silent_since
        if waited > self._seconds or attempts >= _MOST_ATTEMPTS:
            return None
        return random.uniform(_LEAST_WAIT, _MOST_WAIT)  # noqa: S311 - as above


def _is_silence(error: Exception) -> bool:
    """Whether the store did not answer, and might do so later."""
    from botocore.exceptions import ConnectionError as NoConnectionError
    from botocore.exceptions import HTTPClientError, InvalidProxiesConfigError, SSLError

    return isinstance(error, (NoConnectionError, HTTPClientError)) and not isinstance(error, (SSLError, InvalidProxiesConfigError))
