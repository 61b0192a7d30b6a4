"""Trains the model for names and addresses in prose: `python -m benchmarks.names.train`; the same corpus gives the same model.

--folds 0,1     trains without these parts of what may be looked at, and measures on them; writes nothing
"""

import argparse
import os

# As many threads as cores could sum in another order.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import random
import time
from collections.abc import Sequence
from typing import Any, Final

from thinc.api import Adam, fix_random_seed, set_current_ops

from benchmarks.names.augment import augmented
from benchmarks.names.corpus import Document, for_tuning, read_corpus
from benchmarks.names.pipeline import example_of, make_pipeline
from scanner.names.judge import MODEL, UNUSED
from scanner.names.quick import NumpyProducts

SEED: Final = 20260214
EPOCHS: Final = 8
_RATE: Final = 0.0015
_DROPOUT: Final = 0.3
_SMALLEST_BATCH: Final = 6
_LARGEST_BATCH: Final = 24


def train(documents: Sequence[Document], epochs: int = EPOCHS, seed: int = SEED) -> Any:  # noqa: ANN401 - spaCy has no types
    """A pipeline that has seen each document `epochs` times as it is and as often changed; the weights are means over the training."""
    fix_random_seed(seed)
    # Products of matrices by numpy take a third less of the time of all.
    set_current_ops(NumpyProducts())
    rng = random.Random(seed)
    nlp = make_pipeline()
    plain = [example_of(nlp, document) for document in documents]
    nlp.initialize(lambda: plain)
    optimizer = Adam(_RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    for epoch in range(epochs):
        optimizer.learn_rate = _RATE * (1 - 0.9 * epoch / epochs)
        examples = [*plain, *(example_of(nlp, augmented(document, rng)) for document in documents)]
        rng.shuffle(examples)
        size = min(_LARGEST_BATCH, _SMALLEST_BATCH * (1 + epoch // 2))
        for start in range(0, len(examples), size):
            nlp.update(examples[start : start + size], sgd=optimizer, drop=_DROPOUT)
    with nlp.use_params(optimizer.averages):
        content = nlp.to_bytes()
    return nlp.from_bytes(content)


def main() -> None:
    """Train on all that is not locked and write the model, or measure by cross-validation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", default="")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    chosen = parser.parse_args()
    documents = for_tuning(read_corpus())
    if chosen.folds:
        from benchmarks.names.validate import validate

        validate(documents, [int(fold) for fold in chosen.folds.split(",")], chosen.epochs)
        return
    started = time.process_time()
    nlp = train(documents, chosen.epochs)
    nlp.meta.update({"name": "dowse_names", "version": "1.0.0", "description": "Names and mailing addresses in seven languages"})
    nlp.to_disk(MODEL, exclude=UNUSED)
    size = sum(os.path.getsize(os.path.join(folder, file)) for folder, _, files in os.walk(MODEL) for file in files)
    print(f"{len(documents)} documents, {time.process_time() - started:.0f} CPU s, {size} bytes")


if __name__ == "__main__":
    main()
