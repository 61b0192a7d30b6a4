"""The models that judge prose: our own small one, or any spaCy pipeline of the user's. spaCy is imported when the first text is judged."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import Any, Final, Protocol

from scanner.names.features import Features, attributes_of
from scanner.names.nearby import around_in, near
from scanner.names.tokens import Tokens

MODEL: Final = os.path.join(os.path.dirname(__file__), "model")
"""Where our own model lies."""
OWN: Final = "own"
UNUSED: Final = ("tokenizer", "vocab")
"""Parts of a pipeline that our own model does without: it gets its words ready-made, and knows them by hashes."""
_BATCH: Final = 64
# What pipelines call people and places; all else is of no use here.
_LABELS: Final = {"NAME": "NAME", "PERSON": "NAME", "PER": "NAME", "PERS": "NAME", "B-PER": "NAME", "ADDRESS": "ADDRESS"}


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A name or an address in a text, in characters.

    :param kind: NAME or ADDRESS
    """

    start: int
    end: int
    kind: str


class Judge(Protocol):
    """Finds names and addresses in texts of a few sentences.

    :ivar name: for the evidence
    """

    name: str

    def judge(self, told: Sequence[Features], places: Sequence[Sequence[int]] = ()) -> list[list[Named]]:
        """For each text what stands in it, by place, without overlaps.

        :param places: for each text where something could stand, in characters, ascending; what is far from all may be left out
        """
        ...


class OwnJudge:
    """The model that comes with the program."""

    name = OWN

    def __init__(self, path: str = MODEL) -> None:
        from threadpoolctl import ThreadpoolController

        self._nlp = _own(path)
        # Its matrices are small: several threads would wait for each other longer than they multiply.
        self._threads = ThreadpoolController()

    def judge(self, told: Sequence[Features], places: Sequence[Sequence[int]] = ()) -> list[list[Named]]:
        """See `Judge`."""
        if not places:
            return self._judged(told)
        parts = [list(near(one, spots, around_in(one.text))) for one, spots in zip(told, places, strict=True)]
        judged = iter(self._judged(list(chain.from_iterable(parts))))
        return [list(chain.from_iterable(islice(judged, len(one)))) for one in parts]

    def _judged(self, told: Sequence[Features]) -> list[list[Named]]:
        with self._threads.limit(limits=1, user_api="blas"):
            return judged_by(self._nlp, told)


class ForeignJudge:
    """A pipeline of the user's.

    :param source: the name of an installed pipeline, or the folder of one
    """

    def __init__(self, source: str) -> None:
        self._nlp = _loaded(source)
        self.name = judge_name(source)

    def judge(self, told: Sequence[Features], places: Sequence[Sequence[int]] = ()) -> list[list[Named]]:  # noqa: ARG002 - it reads all
        """See `Judge`."""
        with self._nlp.memory_zone():
            judged = self._nlp.pipe([one.text for one in told], batch_size=_BATCH)
            return [
                [Named(one.start_char, one.end_char, _LABELS[one.label_]) for one in text.ents if one.label_ in _LABELS] for text in judged
            ]


def judge_name(source: str) -> str:
    """What the judge that `source` names is called in evidence."""
    return OWN if source == OWN else os.path.basename(os.path.normpath(source))


def make_judge(source: str) -> Judge:
    """The judge that `source` names: `own`, or a spaCy pipeline.

    :raises ImportError: if spaCy is not installed
    :raises OSError: if there is no such pipeline
    """
    return OwnJudge() if source == OWN else ForeignJudge(source)


def judged_by(nlp: Any, told: Sequence[Features]) -> list[list[Named]]:  # noqa: ANN401 - spaCy has no types
    """What our own model says of each text."""
    # Without a zone the vocabulary keeps every word it has ever seen.
    with nlp.memory_zone():
        judged = nlp.pipe([document_of(one, nlp.vocab) for one in told], batch_size=_BATCH)
        return [[_named(one.tokens, entity) for entity in document.ents] for one, document in zip(told, judged, strict=True)]


def document_of(told: Features, vocabulary: Any) -> Any:  # noqa: ANN401 - spaCy has no types
    """A text as our own model wants it: a spaCy document."""
    from spacy.tokens import Doc

    seen = attributes_of(told)
    return Doc(vocabulary, words=seen.words, tags=seen.tags, lemmas=seen.lemmas, morphs=seen.morphs, pos=seen.pos)


def _named(tokens: Tokens, entity: Any) -> Named:  # noqa: ANN401 - spaCy has no types
    return Named(tokens.starts[entity.start], tokens.end(entity.end - 1), entity.label_)


@cache
def _own(path: str) -> Any:  # noqa: ANN401 - spaCy has no types
    import spacy

    from scanner.names.quick import quickened

    return quickened(spacy.load(path, exclude=UNUSED))


@cache
def _loaded(source: str) -> Any:  # noqa: ANN401 - spaCy has no types
    import spacy

    return spacy.load(source)
