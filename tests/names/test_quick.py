"""The quickened pipeline says what the plain one says."""

import pytest
import spacy

from benchmarks.names.corpus import read_corpus
from scanner.names.features import features_of
from scanner.names.judge import MODEL, UNUSED, judged_by
from scanner.names.lexicon import load_lexicon
from scanner.names.quick import REMEMBERED, quickened


@pytest.mark.parametrize("remembered", [REMEMBERED, 300])
def test_both_say_the_same_also_when_memory_is_short(remembered: int) -> None:
    plain = spacy.load(MODEL, exclude=UNUSED)
    told = [features_of(document.text, load_lexicon()) for document in read_corpus()[::12]]
    expected = judged_by(plain, told)

    assert judged_by(quickened(plain, remembered), told) == expected
