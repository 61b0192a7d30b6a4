"""What an identifier file may say: the built-in catalogue is free where users' files keep Macie's limits."""

from dataclasses import dataclass

import regex

from identifiers.model import Boundary, KeywordSide, Severity, SeverityLevel


@dataclass(frozen=True, slots=True)
class Form:
    """Limits and defaults of one kind of identifier file.

    :param id_shape: what an id looks like, for the whole id
    :param max_regex: characters of a regex, at most
    :param max_keywords: of one identifier
    :param keyword_size: characters of one keyword, shortest and longest
    :param max_ignore_words: of one identifier
    :param ignore_word_size: characters of one ignore word, shortest and longest
    :param max_distance: characters between keyword and match, unless the file says otherwise
    :param keyword_side: where keywords stand, unless the file says otherwise
    :param boundary: what may touch a match, unless the file says otherwise
    :param severity_levels: used when the file names none; empty: it must name them
    """

    id_shape: "regex.Pattern[str]"
    max_regex: int
    max_keywords: int
    keyword_size: tuple[int, int]
    max_ignore_words: int
    ignore_word_size: tuple[int, int]
    max_distance: int
    keyword_side: KeywordSide
    boundary: Boundary
    severity_levels: tuple[SeverityLevel, ...]
    custom: bool


BUILT_IN = Form(
    id_shape=regex.compile(r"[A-Z][A-Z0-9_()]{1,79}"),
    max_regex=4000,
    max_keywords=400,
    keyword_size=(1, 90),
    max_ignore_words=50,
    ignore_word_size=(2, 90),
    max_distance=30,
    keyword_side=KeywordSide.EITHER,
    boundary=Boundary.WORD,
    severity_levels=(),
    custom=False,
)

# CreateCustomDataIdentifier in Macie's API: https://docs.aws.amazon.com/macie/latest/APIReference/custom-data-identifiers.html
CUSTOM = Form(
    id_shape=regex.compile(r"[A-Za-z0-9_.-]{1,128}"),
    max_regex=512,
    max_keywords=50,
    keyword_size=(3, 90),
    max_ignore_words=10,
    ignore_word_size=(4, 90),
    max_distance=50,
    keyword_side=KeywordSide.BEFORE,
    boundary=Boundary.NONE,
    severity_levels=(SeverityLevel(1, Severity.MEDIUM),),
    custom=True,
)
