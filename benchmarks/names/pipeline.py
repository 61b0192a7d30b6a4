"""The shape of the model: a small network over what is known of each word, and spaCy's entity recogniser on top."""

from bisect import bisect_right
from typing import Any, Final

import spacy
from spacy.tokens import Span as Entity
from spacy.training import Example

from benchmarks.names.corpus import Document
from scanner.names.features import features_of
from scanner.names.judge import document_of
from scanner.names.lexicon import load_lexicon

# Attributes of a word and how many rows their hashes are spread over.
ATTRIBUTES: Final = (
    ("LEMMA", 4000), ("PREFIX", 400), ("SUFFIX", 1500), ("SHAPE", 500), ("TAG", 300), ("MORPH", 50), ("POS", 50),
)  # fmt: skip
WIDTH: Final = 96
DEPTH: Final = 4
HIDDEN: Final = 64


def make_pipeline() -> Any:  # noqa: ANN401 - spaCy has no types
    """A pipeline without any weights."""
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "attrs": [name for name, _ in ATTRIBUTES],
        "rows": [rows for _, rows in ATTRIBUTES], "include_static_vectors": False,
    }  # fmt: skip
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "depth": DEPTH, "window_size": 1, "maxout_pieces": 3}
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False, "hidden_width": HIDDEN,
        "maxout_pieces": 2, "use_upper": True, "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
    }  # fmt: skip
    nlp = spacy.blank("xx")
    recogniser: Any = nlp.add_pipe("ner", config={"model": model})
    for label in ("NAME", "ADDRESS"):
        recogniser.add_label(label)
    return nlp


def example_of(nlp: Any, document: Document) -> Example:  # noqa: ANN401 - spaCy has no types
    """A document as the training wants it."""
    told = features_of(document.text, load_lexicon())
    tokens, wanted = told.tokens, document_of(told, nlp.vocab)
    # A genitive's ending is no token of its own, so a name may end inside of one.
    spans = [(bisect_right(tokens.starts, one.start) - 1, tokens.at(one.end), one.kind) for one in document.spans]
    wanted.ents = [Entity(wanted, first, behind, label=kind) for first, behind, kind in spans]
    return Example(document_of(told, nlp.vocab), wanted)
