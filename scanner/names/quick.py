"""Makes our own pipeline about three times as quick without changing what it says; imported with spaCy, so when a text is judged.

Products of matrices go through numpy, whose BLAS needs a third of the time of the one that spaCy brings. And the vector of a word is made
once for each form of it, not each time it stands in a text. `python -m benchmarks.names.model_speed` measures both.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from thinc.api import Model, NumpyOps
from thinc.types import Ragged

REMEMBERED: Final = 20_000
"""Vectors of words that are kept, at most: 8 MB of them at a width of 96."""
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(29)


class NumpyProducts(NumpyOps):  # type: ignore[misc]
    """The operations of spaCy's networks, with the products of matrices by numpy."""

    name = "numpy"

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:  # noqa: ANN401 - thinc's signature
        """The product of two matrices, either turned first when asked."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


class _Remembered:
    """The layers that make the vectors of words, asked once for each row of hashes.

    :param layers: what takes a row for each word, with the hashes of its attributes, and gives a row for each word, its vector
    :param most: vectors that are kept; those of one batch always are
    """

    def __init__(self, layers: list[Any], most: int) -> None:
        self._layers = layers
        self._most = most
        self._places: dict[int, int] = {}
        self._vectors: npt.NDArray[np.float32] = np.zeros((0, 0), np.float32)

    def __call__(self, _model: Any, words: Ragged, is_train: bool) -> tuple[Ragged, Any]:  # noqa: ANN401, ARG002 - thinc's signature
        """See `thinc.api.Model`; never called in training."""
        hashes: npt.NDArray[np.uint64] = np.asarray(words.dataXd)
        unique, first, inverse = np.unique(_mixed(hashes), return_index=True, return_inverse=True)
        if len(self._places) + len(unique) > self._most:
            self._places.clear()
        new = [place for place, key in enumerate(unique.tolist()) if key not in self._places]
        if new:
            self._learn(unique[new].tolist(), hashes[first[new]])
        places = np.array([self._places[key] for key in unique.tolist()], np.int64)
        return Ragged(self._vectors[places[inverse]], words.lengths), _no_gradient  # type: ignore[arg-type]

    def _learn(self, keys: list[int], hashes: npt.NDArray[np.uint64]) -> None:
        known = len(self._places)
        made: Any = Ragged(hashes, np.array([len(keys)], np.int32))  # type: ignore[arg-type]
        for layer in self._layers:
            made = layer.predict(made)
        vectors: npt.NDArray[np.float32] = made.dataXd
        self._vectors = np.concatenate([self._vectors[:known], vectors]) if known else vectors
        self._places.update(zip(keys, range(known, known + len(keys)), strict=True))


def _mixed(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """One number for each row."""
    mixed = np.zeros(len(hashes), np.uint64)
    for column in hashes.T:
        mixed = (mixed ^ column) * _MIX
        mixed ^= mixed >> _SHIFT
    return mixed


def _no_gradient(_gradient: Any) -> Any:  # noqa: ANN401 - thinc's signature
    message = "a quickened pipeline cannot be trained"
    raise NotImplementedError(message)


def quickened(nlp: Any, remembered: int = REMEMBERED) -> Any:  # noqa: ANN401 - spaCy has no types
    """`nlp`, changed in place: our own pipeline, whose recogniser has the layers of `spacy.MultiHashEmbed` and an encoder behind them.

    :param remembered: vectors of words that are kept
    """
    model = nlp.get_pipe("ner").model
    embed = model.get_ref("tok2vec").layers[0].layers[0]
    _extract, _flatten, hashed, mixed, _unflatten = embed.layers
    embed.layers[2:4] = [Model("remembered", _Remembered([hashed, mixed], remembered))]
    operations = NumpyProducts()
    for node in model.walk():
        node.ops = operations
    for layer in (hashed, mixed):
        for node in layer.walk():
            node.ops = operations
    return nlp
