"""Second thoughts on what a model takes for names: what does not belong to them, what is none after all, where they stand again."""

from collections.abc import Container, Iterable, Sequence
from typing import Final

from identifiers.regexes import kept_regex
from scanner.names.address_shapes import NO_WORDS
from scanner.names.beside import is_of_something
from scanner.names.brands import is_brand
from scanner.names.eponyms import is_eponym
from scanner.names.extent import is_beside, joined, names_apart, with_initials, with_neighbours
from scanner.names.features import Features
from scanner.names.labelled import is_french
from scanner.names.lexicon import BIT, ORDINARY
from scanner.names.roles import HONORIFICS
from scanner.names.small import is_chat
from scanner.names.tokens import Tokens

_LISTED: Final = BIT["given"] | BIT["surname"]
_NAMED: Final = _LISTED | BIT["surname_rare"] | BIT["given_part"]
_WORDS: Final = ORDINARY | BIT["seldom"]
_FIRM: Final = kept_regex(
    r"(?:\s?(?:&|und|and|et|e|y)\s(?:Co\b|Sons?\b|Söhne|Partners?|Fils|Hijos|Filhos|Figli|Zonen))?,?\s?(?:\(?(?:GmbH|AG|KG|OHG|Ltd|Limited|LLC|LLP|Inc|Corp|plc|PLC|"
    r"B\.?V|N\.?V|V\.?O\.?F|S\.?p\.?A|S\.?r\.?l|S\.?n\.?c|S\.?a\.?s|S\.?A|S\.?L|SARL|SAS|Lda|Ltda|e\.\s?V|mbH)(?![\p{L}])|(?:&|und|and|et)\s(?:Co|Sons?|Söhne|Fils|Figli|Hijos)\b)"
)
# Capitals inside of a word, but for those of `McAllister`, `DeShawn` and the like.
_INNER: Final = kept_regex(r"(?<!\bMc|\bMac|\bDe|\bLa|\bLe|\bVan|\bFitz|\bDi|\bDu|\bDa|\bO)(?<=\p{Ll})\p{Lu}|\p{Lu}{2}\p{Ll}")
_JOINTS: Final = frozenset("_=$\\`+0123456789")
_LEGAL: Final = kept_regex(r"(?:L\.\s?P|L\.\s?C|S\.\s?A|N\.\s?V|B\.\s?V|N\.\s?A)\.")
_MAIL: Final = kept_regex(r"[\w.+-]{0,40}@")
_DOTTED: Final = kept_regex(r"\p{Ll}\.\p{Ll}")
_SIGNS: Final = kept_regex(r"[(){}\[\]=_;\\`#$*<>]|--|::|\w\.\w")
_TWO_CAPITALS: Final = kept_regex(
    r"(?:\p{Lu}[\p{Ll}'’]+|\p{Lu}\.)[\s.,'’-]{1,3}(?:[\p{Ll}]{1,3}\s){0,2}\p{Lu}[\p{Ll}.]|\d[^\n\w]{1,3}\p{Lu}\p{Ll}|\p{Ll}[ ,]{1,2}\d"
)
_BESIDE: Final = 60
# Brackets and stars stand in chats, too.
_PROGRAM: Final = kept_regex(r"[(){}=_;\\`]|::|\w\.\w")
_LONG_WORD: Final = kept_regex(r"(?<![\p{L}\d])\p{L}[\p{L}\p{M}.]{2,}(?!\d)")
_DIGIT: Final = kept_regex(r"\d")
_LEAST_WORDS: Final = 2
_BLANK: Final = kept_regex(r"\s")
_LONGEST_RUN: Final = 30
# Before the name of a place, hardly before that of a person.
_WHERE: Final = frozenset({"in", "near", "à", "nach", "aus", "te", "uit", "em", "en", "dans", "nel", "ad"})
# Rules that are right about whom they name.
_TELLING: Final = frozenset({"title", "role", "label", "greeting", "signature", "speaker"})
_DEGREES: Final = frozenset({"Sc", "Eng", "A", "Ed", "Com", "Tech", "Phil"})
_ARTICLES: Final = frozenset({"the", "das", "het", "el", "los", "las", "les", "gli", "os", "as"})
_AROUND: Final = 150
_MOST_SIGNS: Final = 0.025
_FEW_SIGNS: Final = 6
_LEAST_AGAIN: Final = 4
# Shorter words in capitals are abbreviations.
_LEAST_SHOUTED: Final = 4


def refined(told: Features, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The names that are left of `spans`, with further places of the same names; all in characters, by place."""
    text, tokens, flags = told.text, told.tokens, told.flags
    french, chat = is_french(text), is_chat(text)
    small = {word for word in tokens.words if word[0].islower()}
    kept = []
    for start, end in names_apart(tokens, flags, spans):
        first, behind = _trimmed(tokens, flags, start, end, french=french)
        first, behind = with_neighbours(tokens, flags, first, behind)
        # `M.` is no initial in French.
        if not (french and first >= 2 and tokens.words[first - 2] == "M"):
            first, behind = with_initials(tokens, first, behind)
        # Outside of chats nobody is written in small letters.
        if first >= behind or (not chat and all(word.islower() or not word[0].isalpha() for word in tokens.words[first:behind])):
            continue
        if _is_none(text, tokens, flags, first, behind) or _is_code(told, first, behind):
            continue
        if any(flag & _LISTED for flag in flags[first:behind]) or not _are_small(tokens.words[first:behind], small):
            kept.append((first, behind))
    kept = joined(tokens, flags, sorted(kept))
    sure = [(tokens.at(start), tokens.at(end)) for start, end, kind in told.labelled if kind in _TELLING]
    again = _again(tokens, flags, kept, sure)
    return sorted((tokens.starts[first], tokens.end(behind - 1)) for first, behind in {*kept, *again})


def is_addressed(told: Features, start: int, end: int) -> bool:
    """Whether what a model takes for an address has words in it, and a number."""
    text = told.text[start:end]
    words = len(_LONG_WORD.findall(text))
    return words >= _LEAST_WORDS and bool(_DIGIT.search(text)) and not NO_WORDS.search(text)


def is_part_of_title(told: Features, start: int, end: int) -> bool:
    """Whether what only a list takes for a name stands before another capital or behind an article: the `Arnold Palmer Estates`."""
    tokens = told.tokens
    first, behind = tokens.at(start), tokens.at(end)
    town = behind - first > 1 and all(flag & (BIT["city"] | BIT["city_part"]) for flag in told.flags[first:behind])
    if town or is_of_something(tokens, told.flags, first, behind) or is_brand(tokens.words[first:behind]):
        return True
    followed = behind < len(tokens.words) and is_beside(tokens, behind) and tokens.words[behind][0].isupper()
    return followed or (first > 0 and tokens.words[first - 1].lower() in _ARTICLES)


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether an initial with a word is the letter of a heading or of a list, `B. Acidose`, or what a firm is: `L.P. Shafter`."""
    return _LEGAL.match(text, start, end) is not None or (
        text[start + 1 : start + 3] == ". " and not text[:start].rpartition("\n")[2].strip(" \t>*-")
    )


def is_program(text: str, place: int) -> bool:
    """Whether `place` stands in a program, where no two words with capitals stand together: no name or address that would count."""
    around = text[max(0, place - _AROUND) : place + _AROUND]
    return is_program_text(around) and not _TWO_CAPITALS.search(text, max(0, place - _BESIDE), place + _BESIDE)


def is_program_text(text: str) -> bool:
    """Whether `text` has as many signs of programs as hardly any prose has."""
    return len(_PROGRAM.findall(text)) >= max(_FEW_SIGNS, _MOST_SIGNS * len(text))


def may_name(told: Features) -> bool:
    """Whether it is worth asking a model: in a program only where a given name stands before another capital."""
    if not is_program_text(told.text):
        return True
    words, flags = told.tokens.words, told.flags
    capitals = [place for place, word in enumerate(words[1:]) if word[0].isupper()]
    return any(_has_given(words[place : place + 1], flags[place : place + 1]) for place in capitals)


def _has_given(words: Sequence[str], flags: Sequence[int]) -> bool:
    sure = BIT["given"] | BIT["common"] | BIT["technical"]
    # `LATIN SMALL LETTER A`, `OMEGA`: in capitals they are names of other things.
    return any(word[0].isupper() and not word.isupper() and flag & sure == BIT["given"] for word, flag in zip(words, flags, strict=True))


def _trimmed(tokens: Tokens, flags: Sequence[int], first: int, behind: int, *, french: bool) -> tuple[int, int]:
    words = tokens.words
    while behind - first > 1:
        word = words[first]
        title = (bool(flags[first] & BIT["title"]) and not flags[first] & BIT["given"]) or word.lower() in HONORIFICS
        if french and word == "M" and words[first + 1] == "." and behind - first > 2:
            first += 2
        elif title or (word[0].isalpha() and len(word) > 1 and flags[first] & _WORDS and not flags[first] & (_NAMED | BIT["particle"])):
            first += 2 if words[first + 1] == "." else 1
        elif word == "I" and words[first + 1] == ",":
            first += 2
        elif not word[0].isalpha() or (word[0].islower() and not flags[first] & (_NAMED | BIT["particle"])):
            first += 1
        else:
            break
    while behind - first > 1:
        word = words[behind - 1]
        initial = word == "." and len(words[behind - 2]) <= 3
        if (
            (word[0].isalpha() and (word[0].isupper() or flags[behind - 1] & _NAMED or words[first][0].islower()))
            or initial
            or word in {")", "”"}
        ):
            break
        behind -= 1
    behind = _without_degree(tokens, first, behind)
    # `SMITH, ALVARO LEGISLATIVE`, `Ana Reis Usinagem`: what comes behind a name in the next column.
    while behind - first > 2 and _is_apart(tokens, flags, behind - 1):
        behind -= 1
    return first, behind


def _without_degree(tokens: Tokens, first: int, behind: int) -> int:
    """The end of the name without the beginning of a degree: `Monja Baum B.Sc.`."""
    words = tokens.words
    letter = behind - 2 if words[behind - 1] == "." else behind - 1
    degree = letter + 2 < len(words) and words[letter] in {"B", "M"} and words[letter + 1] == "." and words[letter + 2] in _DEGREES
    return letter if degree and letter - first > 1 and tokens.end(letter + 1) == tokens.starts[letter + 2] else behind


def _is_apart(tokens: Tokens, flags: Sequence[int], place: int) -> bool:
    """Whether the word is no name, and in capitals, or a usual one behind another with a capital letter."""
    word, before = tokens.words[place], tokens.words[place - 1]
    if flags[place] & _NAMED or not flags[place] & _WORDS:
        return False
    row = place + 1 < len(tokens.words) and tokens.words[place + 1][0].isdigit()
    beside = before[0].isupper() and len(before) > 1 and is_beside(tokens, place)
    return word.isupper() or (beside and (row or bool(flags[place] & ORDINARY)))


def _is_none(text: str, tokens: Tokens, flags: Sequence[int], first: int, behind: int) -> bool:
    """Whether it is made of ordinary words or of initials, or the name of a firm."""
    if _FIRM.match(text, tokens.end(behind - 1)) or is_of_something(tokens, flags, first, behind):
        return True
    if is_brand(tokens.words[first:behind]) or is_eponym(text, tokens.starts[first], tokens.end(behind - 1)):
        return True
    words = [(word, flag) for word, flag in zip(tokens.words[first:behind], flags[first:behind], strict=True) if word[0].isalpha()]
    whole = [(word, flag) for word, flag in words if len(word) > 1]
    if not whole:
        return True
    if behind - first == 1:
        return _is_no_single(text, tokens, flags, first)
    listed = any(flag & _NAMED and not flag & ORDINARY for _, flag in whole)
    ordinary = any(flag & _WORDS and not flag & _NAMED for _, flag in whole)
    if not any(word[0].isupper() for word, _ in words):
        return not any(flag & (BIT["given"] | ORDINARY) == BIT["given"] for _, flag in whole)
    shouted = all(word.isupper() for word, _ in whole) and not any(flag & _NAMED for _, flag in whole)
    return not listed and (ordinary or shouted)


def _are_small(words: Sequence[str], small: Container[str]) -> bool:
    """Whether all of `words` stand in the text in small letters, too: `Acidosis` where `acidosis` is spoken of."""
    return all(word.lower() in small for word in words if word[0].isalpha())


def _is_no_single(text: str, tokens: Tokens, flags: Sequence[int], place: int) -> bool:
    """Whether one word by itself is no name."""
    word, known = tokens.words[place], flags[place]
    if known & (BIT["city"] | BIT["region"]) and place and tokens.words[place - 1].lower() in _WHERE:
        return True
    if known & (BIT["technical"] | BIT["particle"]) or (word.isupper() and len(word) < _LEAST_SHOUTED):
        return True
    speaks = text[tokens.end(place) : tokens.end(place) + 1] == ":" and (place == 0 or tokens.words[place - 1] == "\n")
    if word[0].islower():
        return not speaks and known & (BIT["given"] | ORDINARY) != BIT["given"]
    if known & ORDINARY and not speaks:
        return not known & BIT["given"] or word.isupper() or not _is_within(tokens, place)
    return bool(known & _WORDS) and not known & _LISTED


def _is_within(tokens: Tokens, place: int) -> bool:
    """Whether the word stands in a sentence, where a capital letter means something: behind a small word or a comma, on the same line."""
    before = tokens.words[place - 1] if place else "\n"
    return before == "," or before[0].islower()


def _is_code(told: Features, first: int, behind: int) -> bool:
    """Whether it is a word of a program, or stands among such and has no given name in it."""
    words, flags = told.tokens.words[first:behind], told.flags[first:behind]
    start, end = told.tokens.starts[first], told.tokens.end(behind - 1)
    if _MAIL.match(told.text, end) or told.text[start - 1 : start] == "@" or _DOTTED.search(told.text, start, end):
        return True
    if _run(told.text, start, end) > _LONGEST_RUN:
        return True
    if _INNER.search(told.text, start, end) or told.text[start - 1 : start] in _JOINTS or told.text[end : end + 1] in _JOINTS:
        return True
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 1 and not flags[0] & _LISTED:
        return True
    around = told.text[max(0, start - _AROUND) : end + _AROUND]
    if len(_SIGNS.findall(around)) < max(_FEW_SIGNS, _MOST_SIGNS * len(around)):
        return False
    return not _has_given(words, flags)


def _run(text: str, start: int, end: int) -> int:
    """Characters without a blank around `text[start:end]`, those inside left out; no more than is asked."""
    before = _BLANK.split(text[max(0, start - 2 * _LONGEST_RUN) : start])[-1]
    behind = _BLANK.split(text[end : end + 2 * _LONGEST_RUN], maxsplit=1)[0]
    return len(before) + len(behind)


def _again(tokens: Tokens, flags: Sequence[int], kept: Sequence[tuple[int, int]], sure: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where a word of a name with several words, or of one that a rule is `sure` of, stands by itself."""
    inside = {place for first, behind in (*kept, *sure) for place in range(first, behind)}
    wanted = {
        tokens.words[place]
        for first, behind in (*(span for span in kept if span[1] - span[0] > 1), *sure)
        for place in range(first, behind)
        if place < len(tokens.words)
        and len(tokens.words[place]) >= _LEAST_AGAIN
        and tokens.words[place][0].isupper()
        and not flags[place] & ORDINARY
    }
    return [
        (place, place + 1)
        for place, word in enumerate(tokens.words)
        if word in wanted and place not in inside and not _beside_capital(tokens, place)
    ]


def _beside_capital(tokens: Tokens, place: int) -> bool:
    """Whether another capitalised word or a hyphen touches it, so that it is a part of something else."""
    around = [other for other in (place - 1, place + 1) if 0 <= other < len(tokens.words)]
    return any(tokens.words[other][0].isupper() or tokens.words[other] in {"-", "@", "_", "/"} for other in around)
