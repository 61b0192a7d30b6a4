"""What one peer finds in the files of a folder: `python benchmarks/accuracy/peer_finders.py PEER FOLDER`.

Prints a JSON list of [file, label, start, end], characters of the text. Runs in the peers' environment, so it imports nothing of Dowse.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

Finding = tuple[str, str, int, int]


def texts(folder: str) -> Iterator[tuple[str, str]]:
    """Names and texts of the folder's files, line ends as they stand."""
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            yield name, file.read()


def presidio(folder: str) -> Iterator[Finding]:
    """Every recognizer that works by pattern, of every language, over a blank spaCy pipeline, which only cuts words."""
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer import predefined_recognizers as made
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):  # type: ignore[misc] # not installed where types are checked
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp = {"en": spacy.blank("en")}

    # It would fetch its list of suffixes otherwise; the one it carries serves.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    classes = [getattr(made, name) for name in dir(made)]
    by_pattern = [one for one in classes if isinstance(one, type) and issubclass(one, PatternRecognizer) and one is not PatternRecognizer]
    registry = RecognizerRegistry(
        recognizers=[*(one(supported_language="en") for one in by_pattern), made.PhoneRecognizer(supported_language="en")],
        supported_languages=["en"],
    )
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"], default_score_threshold=0.35)
    for name, text in texts(folder):
        for found in engine.analyze(text, language="en"):
            yield name, found.entity_type, found.start, found.end


def datafog(folder: str) -> Iterator[Finding]:
    """The regex engine, with its German labels too."""
    from datafog.processing.text_processing.regex_annotator import RegexAnnotator

    annotator = RegexAnnotator(locales=["de"])
    for name, text in texts(folder):
        _, result = annotator.annotate_with_spans(text)
        for span in result.spans:
            yield name, span.label, span.start, span.end


def detect_secrets(folder: str) -> Iterator[Finding]:
    """All plugins of its own settings."""
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import default_settings

    with default_settings():
        for name, text in texts(folder):
            for found in scan_file(os.path.join(folder, name)):
                yield from placed(name, text, found.type, found.line_number, found.secret_value)


def ferret(folder: str) -> Iterator[Finding]:
    """The binary that its wheel carries, with every check; its confident and middling findings."""
    import ferret_scan

    binary = os.path.join(os.path.dirname(ferret_scan.__file__), "binaries", "ferret-scan-linux-amd64")
    asked = ["--recursive", "--format", "json", "--limit", "0", "--quiet", "--show-match", "--confidence", "high,medium"]
    told = subprocess.run([binary, "--file", folder, *asked], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    whole = dict(texts(folder))
    for found in json.loads(told)["results"] or ():
        name = os.path.basename(found["filename"])
        yield from placed(name, whole[name], found["validator"], found["line_number"], found["text"])


def placed(name: str, text: str, label: str, line: int, value: str) -> Iterator[Finding]:
    """A finding that comes with its line and its text; nothing when the text does not stand there."""
    start = sum(len(each) for each in text.splitlines(keepends=True)[: line - 1])
    at = text.find(value, start)
    if at >= 0:
        yield name, label, at, at + len(value)


PEERS: dict[str, Callable[[str], Iterator[Finding]]] = {
    "presidio-analyzer": presidio,
    "datafog": datafog,
    "detect-secrets": detect_secrets,
    "ferret-scan": ferret,
}

if __name__ == "__main__":
    print(json.dumps(list(PEERS[sys.argv[1]](sys.argv[2]))))
