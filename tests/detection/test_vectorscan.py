"""What occurs in a buffer is seen wherever it stands."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.detection.keywords import index_keywords
from scanner.detection.prefilter import quiet_keywords
from scanner.detection.rules import make_rules
from scanner.detection.vectorscan import VectorscanPrefilter
from tests.detection.rulesets import ALL

RULES = make_rules(ALL)
PREFILTER = VectorscanPrefilter(RULES, index_keywords(RULES).keywords)
PIECES = st.sampled_from(["ab", "219-22-9999 is my social security no", "x1", "a@b.c", "4539578763621486", "F-12345678", " ", "text"])


def test_a_shape_at_the_very_end_of_a_buffer_is_seen() -> None:
    # Vectorscan itself misses it: the first match of an expression, ending where the buffer ends.
    assert 3 in PREFILTER.present(memoryview(b"219-22-9999 is my social security noab")).shapes


@given(st.lists(PIECES, max_size=12))
def test_all_that_a_full_scan_finds_is_present(pieces: list[str]) -> None:
    data = memoryview("".join(pieces).encode())

    hits, present = PREFILTER.scan(data), PREFILTER.present(data)

    assert set(hits.shapes) <= present.shapes
    quiet = set(quiet_keywords(RULES, index_keywords(RULES).keywords))
    assert {keyword for keyword, _, _ in hits.keywords} & quiet <= present.keywords


def test_what_was_serialised_finds_the_same() -> None:
    again = VectorscanPrefilter(RULES, index_keywords(RULES).keywords, PREFILTER.serialise())
    data = memoryview(b"card 4539578763621486, a@b.c, x1")

    assert again.present(data) == PREFILTER.present(data)
    assert again.scan(data) == PREFILTER.scan(data)
    assert again.unfiltered == PREFILTER.unfiltered
