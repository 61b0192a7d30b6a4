"""How often a busy receiver is asked again."""

from scanner.delivery.retries import ATTEMPTS, LONGEST_WAIT, waits


def test_it_is_tried_ever_more_slowly_and_not_for_ever() -> None:
    paused: list[float] = []
    attempts = list(waits(paused.append))
    assert len(attempts) == ATTEMPTS
    assert [wait.last for wait in attempts] == [False] * (ATTEMPTS - 1) + [True]
    for wait in attempts[:-1]:
        wait.wait()
    assert paused == sorted(paused)
    assert sum(paused) < 20


def test_the_server_may_ask_for_more_but_not_for_too_much() -> None:
    paused: list[float] = []
    first, *_ = waits(paused.append)
    first.wait(7.0)
    first.wait(10_000.0)
    assert paused == [7.0, LONGEST_WAIT]
