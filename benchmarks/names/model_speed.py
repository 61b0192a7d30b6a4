"""How fast our own model reads, as it is shipped and quickened: `python -m benchmarks.names.model_speed`."""

import time
from collections.abc import Callable

import spacy

from benchmarks.names.corpus import read_corpus
from scanner.names.features import features_of
from scanner.names.judge import MODEL, UNUSED, OwnJudge, judged_by
from scanner.names.lexicon import load_lexicon

_ROUNDS = 5


def main() -> None:
    """A row for each; both say the same."""
    told = [features_of(document.text, load_lexicon()) for document in read_corpus()]
    size = sum(len(one.text) for one in told) / 1000
    plain, quick = spacy.load(MODEL, exclude=UNUSED), OwnJudge()
    print("| model | kB of text a CPU second |")
    print("|---|---|")
    for name, judge in (("as shipped", lambda: judged_by(plain, told)), ("quickened", lambda: quick.judge(told))):
        print(f"| {name} | {size / _least(judge):.0f} |")
    print("same names and addresses:", judged_by(plain, told) == quick.judge(told))


def _least(work: Callable[[], object]) -> float:
    """The least CPU seconds of several rounds."""
    taken = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    main()
