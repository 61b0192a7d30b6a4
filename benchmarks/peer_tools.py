"""Runs one peer on one file and prints what it cost and found, as JSON: `python benchmarks/peer_tools.py PEER PATH`.

Runs in the peers' environment, so it imports nothing of Dowse. Imports and set-up are done before the clock starts.
"""

import json
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator

# Presidio and datafog take strings; lines are handed to them in stretches of about this many characters.
CHUNK = 4096


def cpu_seconds() -> float:
    """User and system time of this process and of those it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def chunks(path: str) -> Iterator[str]:
    """Whole lines of the file, some at a time."""
    with open(path, encoding="utf-8") as file:
        while lines := file.readlines(CHUNK):
            yield "".join(lines)


def presidio(path: str) -> Callable[[], Counter[str]]:
    """Pattern recognizers over a blank spaCy pipeline, which only cuts words."""
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer import predefined_recognizers as made
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):  # type: ignore[misc] # not installed where types are checked
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp = {"en": spacy.blank("en")}

    # It would fetch its list of suffixes otherwise; the one it carries serves.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    names = ("EmailRecognizer", "PhoneRecognizer", "UsSsnRecognizer", "CreditCardRecognizer", "IpRecognizer", "IbanRecognizer")
    registry = RecognizerRegistry(recognizers=[getattr(made, name)() for name in names], supported_languages=["en"])
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
    engine.analyze("to begin with", language="en")
    return lambda: Counter(found.entity_type for chunk in chunks(path) for found in engine.analyze(chunk, language="en"))


def datafog(path: str) -> Callable[[], Counter[str]]:
    """The regex engine, with the labels that Dowse has, too."""
    from datafog.processing.text_processing.regex_annotator import RegexAnnotator

    annotator = RegexAnnotator(enabled_labels=["EMAIL", "PHONE", "SSN", "CREDIT_CARD", "IP_ADDRESS"])

    def run() -> Counter[str]:
        counts: Counter[str] = Counter()
        for chunk in chunks(path):
            counts.update({label: len(values) for label, values in annotator.annotate(chunk).items() if values})
        return counts

    return run


def detect_secrets(path: str) -> Callable[[], Counter[str]]:
    """All plugins of its own settings."""
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import default_settings

    def run() -> Counter[str]:
        with default_settings():
            return Counter(found.type for found in scan_file(path))

    return run


def ferret(path: str) -> Callable[[], Counter[str]]:
    """The binary that its wheel carries, on one processor; its start, some milliseconds, counts."""
    import ferret_scan

    binary = os.path.join(os.path.dirname(ferret_scan.__file__), "binaries", "ferret-scan-linux-amd64")
    checks = "--checks=CREDIT_CARD,EMAIL,IP_ADDRESS,PHONE,SSN"

    def run() -> Counter[str]:
        command = [binary, "--file", path, "--format", "json", "--limit", "0", "--quiet", checks]
        told = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | {"GOMAXPROCS": "1"}, check=False)
        found = json.loads(told.stdout or b"[]")
        return Counter(one["type"] for one in (found["results"] if isinstance(found, dict) else found) or ())

    return run


PEERS = {"presidio-analyzer": presidio, "datafog": datafog, "detect-secrets": detect_secrets, "ferret-scan": ferret}


def main() -> None:
    """Runs what the command line names."""
    name, path = sys.argv[1:]
    run = PEERS[name](path)
    before = cpu_seconds()
    found = run()
    print(json.dumps({"cpuSeconds": cpu_seconds() - before, "found": found}))


if __name__ == "__main__":
    main()
