"""How long a store that is busy or does not answer is asked again."""

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, ParamValidationError, SSLError

from scanner.sources.patience import Patience

SILENCE = EndpointConnectionError(endpoint_url="http://127.0.0.1:1")


def asked(
    patience: Patience, attempts: int, *, status: int | None = None, error: Exception | None = None, operation: str = "GetObject"
) -> float | None:
    response: Any = None if status is None else (SimpleNamespace(status_code=status), {})
    named: Any = SimpleNamespace(name=operation)
    return patience(response=response, attempts=attempts, operation=named, caught_exception=error, endpoint=None)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_store_is_asked_as_often_as_was_said_and_with_growing_waits(status: int) -> None:
    waits = [asked(Patience(6), attempts, status=status) for attempts in range(1, 7)]
    assert waits[-1] is None
    assert all(wait is not None and 0 <= wait <= 2 ** (attempts - 1) for attempts, wait in enumerate(waits[:-1], 1))


@pytest.mark.parametrize("status", [200, 206, 301, 403, 404, 412, 501])
def test_an_answer_is_an_answer(status: int) -> None:
    assert asked(Patience(6), 1, status=status) is None


def test_a_silent_store_is_asked_more_often_than_a_busy_one_but_not_for_ever() -> None:
    patience = Patience(6)
    waits = [asked(patience, attempts, error=SILENCE) for attempts in range(1, 61)]
    assert waits[-1] is None
    assert all(wait is not None and 0.1 <= wait <= 2 for wait in waits[:-1])


def test_a_store_that_was_silent_for_too_long_is_given_up_for_all_requests_until_it_answers() -> None:
    patience = Patience(6, seconds=-1)
    assert asked(patience, 1, error=SILENCE) is None
    assert asked(patience, 1, error=SILENCE) is None
    patience = Patience(6, seconds=60)
    assert asked(patience, 1, error=SILENCE)
    # As if a minute had passed.
    assert patience._silent_since is not None
    patience._silent_since -= 61
    assert asked(patience, 2, error=SILENCE) is None
    assert asked(patience, 1, error=SILENCE) is None
    assert asked(patience, 1, status=404) is None
    assert asked(patience, 1, error=SILENCE)


def test_a_store_that_never_answered_is_not_waited_for() -> None:
    patience = Patience(6)
    assert asked(patience, 1, error=SILENCE, operation="ListObjectsV2") is None
    asked(patience, 1, status=200, operation="ListObjectsV2")
    assert asked(patience, 1, error=SILENCE, operation="ListObjectsV2")


@pytest.mark.parametrize("error", [SSLError(endpoint_url="https://x", error="certificate"), ParamValidationError(report="bucket")])
def test_what_waiting_does_not_mend_is_not_waited_for(error: Exception) -> None:
    assert asked(Patience(6), 1, error=error) is None
