"""What presidio-analyzer finds in the locked documents, with a blank model and its rules; run by the interpreter of `.venv-peers`."""

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpEngine, SpacyNlpEngine

from benchmarks.names.corpus import Document, Span, for_test, read_corpus
from benchmarks.names.score import score

_KINDS = {"PERSON": "NAME", "LOCATION": "ADDRESS"}


class _Blank(SpacyNlpEngine):  # type: ignore[misc]
    """An engine with a model that knows nothing, since none can be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}


def _found(engine: AnalyzerEngine, document: Document) -> list[Span]:
    results = engine.analyze(document.text, language="en", entities=list(_KINDS))
    return [Span(one.start, one.end, _KINDS[one.entity_type]) for one in results]


def main() -> None:
    """Print a line for each kind."""
    nlp: NlpEngine = _Blank()
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(nlp_engine=nlp)
    engine = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["en"])
    documents = for_test(read_corpus())
    scores = score(documents, [_found(engine, document) for document in documents])
    for kind in ("NAME", "ADDRESS"):
        one = scores[kind, "all"]
        print(f"- presidio-analyzer, blank model and rules: {kind} P {one.precision:.3f} R {one.recall:.3f} F1 {one.f1:.3f}")


if __name__ == "__main__":
    main()
