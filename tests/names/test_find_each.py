"""Many texts at once: the same as one by one."""

from collections.abc import Sequence
from functools import cache

from benchmarks.names.corpus import read_corpus
from scanner.names.prose import Prose, ProseSearch


@cache
def texts() -> list[str]:
    """Letters, a program, what has no names, and one that is too long to be read whole."""
    letters = [document.text for document in read_corpus()[::40]]
    program = 'def greet():\n    """Written by Ingrid Solberg (2009)."""\n    return {"a": [f(x) for x in y()], "b": g(h())};\n' * 4
    return [*letters, program, "nothing of the kind in here, only plain words", "\n\n".join(letters[:12])]


def one_by_one(search: ProseSearch, found: Sequence[str]) -> list[list[Prose]]:
    return [search.find_in(text) for text in found]


def test_both_ways_find_the_same() -> None:
    search = ProseSearch()
    worth = set(search.worth_looking(texts()))
    chosen = [text for place, text in enumerate(texts()) if place in worth]
    each = [sorted(found, key=lambda one: (one.start, one.end, one.kind)) for found in search.find_each(chosen)]
    assert each == one_by_one(search, chosen)
    assert sum(map(len, each)) > 50


def test_what_is_not_worth_a_look_holds_nothing() -> None:
    search = ProseSearch("")
    worth = set(search.worth_looking(texts()))
    assert len(worth) < len(texts())
    assert not any(search.find_in(text) for place, text in enumerate(texts()) if place not in worth)


def test_neighbours_say_nothing() -> None:
    search = ProseSearch("")
    single = [place for place, text in enumerate(texts()) if search.worth_looking([text])]
    assert search.worth_looking(texts()) == single
    assert search.worth_looking([]) == []


def test_the_model_is_asked_no_more_when_enough_is_found() -> None:
    answers = iter([True, False, False])
    found = list(ProseSearch().find_each(["Ask Ingrid Solberg."] * 130, asks=lambda: next(answers)))
    assert len(found) == 130
    assert next(answers, None) is None
