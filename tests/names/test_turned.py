"""Names with the surname first: lists, tickets; and any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.names.features import features_of
from scanner.names.lexicon import load_lexicon
from scanner.names.turned import find_turned


@pytest.mark.parametrize(
    "marked",
    [
        "STAFF\n«Barnes, Keith L.» 4402\n«Hussain, Nadia»\n",
        "Einkauf «Jahn, Petra» 210",
        '"«Kaltenbach, Eva»" <e@k.example>',
        "1. «ABDULLAHI/HAUWA» MRS\n2. «VAN DER VINNE/PIETER» MR\nUSR/BIN",
        "Sem, Bilal, Mees",
        "Present: Doris, Vikram, Ferris",
        "Berlin, Anna",
        "Müller-Hoffmann, Frankfurt",
    ],
)
def test_surnames_before_given_names(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    wanted = [part.split("»")[0] for part in marked.split("«")[1:]]
    assert [text[start:end] for start, end, _ in find_turned(text, load_lexicon())] == wanted


_WORDS = st.sampled_from(
    [
        "Anna",
        "Müller-Hoffmann",
        "O'Brien",
        "de",
        "von",
        "Einkauf",
        "HILL",
        "ANN",
        ",",
        ", ",
        "/",
        " ",
        "\n",
        ";",
        '"',
        "4402",
        ".",
        "L.",
        "1963",
        "hoi",
        "sanne",
    ]
)


@given(st.lists(_WORDS, max_size=24).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_names_inside_it(text: str) -> None:
    for start, end, _ in features_of(text, load_lexicon()).labelled:
        assert 0 <= start < end <= len(text)
