"""Cross-validation over what may be looked at: trains without a part, measures on it."""

import time
from collections.abc import Sequence
from typing import Any

from benchmarks.names.corpus import Document, Span
from benchmarks.names.score import mistakes, score
from scanner.names.features import features_of
from scanner.names.judge import judged_by
from scanner.names.lexicon import load_lexicon
from scanner.names.prose import settle


def validate(documents: Sequence[Document], folds: Sequence[int], epochs: int) -> None:
    """Print the scores and every mistake."""
    from benchmarks.names.train import train

    tested: list[Document] = []
    found: list[list[Span]] = []
    for fold in folds:
        started = time.process_time()
        nlp = train([one for one in documents if one.fold != fold], epochs)
        part = [one for one in documents if one.fold == fold]
        found += predict(nlp, part)
        tested += part
        print(f"part {fold}: {time.process_time() - started:.0f} CPU s", flush=True)
    for document, spans in zip(tested, found, strict=True):
        for mistake in sorted(mistakes(document, spans)):
            print(document.id, *map(repr, mistake))
    for (kind, group), one in sorted(score(tested, found).items()):
        print(f"{kind:8} {group:16} P {one.precision:.3f} R {one.recall:.3f} F1 {one.f1:.3f} of {one.right + one.missed}")


def predict(nlp: Any, documents: Sequence[Document]) -> list[list[Span]]:  # noqa: ANN401 - spaCy has no types
    """What rules and `nlp` find together in each document."""
    told = [features_of(document.text, load_lexicon()) for document in documents]
    judged = judged_by(nlp, told)
    return [[Span(one.start, one.end, one.kind) for one in settle(known, named, "own")] for known, named in zip(told, judged, strict=True)]
