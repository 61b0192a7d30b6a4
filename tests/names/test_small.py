"""Names in lines without any capital letter."""

import pytest

from scanner.names.lexicon import load_lexicon
from scanner.names.prose import ProseSearch
from scanner.names.small import find_small


@pytest.mark.parametrize(
    "marked",
    [
        "hoi «sanne», kun je «erwin peeters» bellen?",
        "oi «camila», vc pode ligar?",
        "tash: ask mrs «okeke» next door",
        "[18:05] mam: oma «truus» rijdt",
        "cerrada por san isidro",
        "build: 3 targets for emily = done",
        "Hoi Sanne, tot straks",
    ],
)
def test_names_in_small_letters(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    wanted = [part.split("»")[0] for part in marked.split("«")[1:]]
    assert [text[start:end] for start, end, _ in find_small(text, load_lexicon())] == wanted


def test_short_texts_without_capitals_are_looked_at() -> None:
    text = "hoi sanne, kun je bellen?"
    search = ProseSearch(source="")
    assert [text[one.start : one.end] for one in search.find_in(text)] == ["sanne"]
    assert search.worth_looking(["in stock", text, "not yet sold"]) == [1]
