"""Addresses by what stands last, which leaves no doubt of the lines before: a state and a ZIP code, a town of India and its PIN code.

The forms are those of Publication 28 of the United States Postal Service (https://pe.usps.com/text/pub28/), military ones included, and
of India Post (https://www.indiapost.gov.in/).
"""

from collections.abc import Iterator
from typing import Final

import regex

from identifiers.regexes import kept_regex

_FLAGS: Final = regex.VERSION1
_STATE: Final = (
    r"(?:A[KLRSZ]|C[AOT]|D[CE]|FL|FM|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|O[HKR]|P[ARW]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])"
)
_ZIP: Final = r"\d{5}(?:-\d{4})?(?![\d-])"
_CAP: Final = r"\p{Lu}[\p{L}'’.-]*"
_UNIT: Final = r"(?:,?[ ](?:Apt|Apartment|Suite|Ste|Unit|Rm|Room|Fl|Floor|\#)\.?[ ]?\#?[A-Z0-9-]{1,6}|[ ]\#[A-Z0-9-]{1,6})?"
_END: Final = r"(?:,[ ]?|[ ]?,?\r?\n[ \t]*)"
# The street may be called anything.
_CIVIL: Final = (
    rf"\d{{1,6}}[ ](?:[NSEW]\.?[ ])?{_CAP}(?:[ ]{_CAP}){{1,4}}{_UNIT}{_END}{_CAP}(?:[ ]{_CAP}){{0,3}},[ ]{_STATE}[ ]{{1,2}}{_ZIP}"
)
_MILITARY: Final = (
    rf"(?:(?i:(?:PSC|CMR|unit)[ ]\d{{1,5}},?[ ]box[ ]\d{{1,5}})|US(?:S|NS|CGC|NV|AV|MV)[ ]{_CAP}(?:[ ]{_CAP}){{0,3}})"
    rf"{_END}(?:APO|FPO|DPO),?[ ]A[AEP][ ]{{1,2}}{_ZIP}"
)
_AMERICAN: Final = kept_regex(rf"(?<![\p{{L}}\d.,-])(?:{_CIVIL}|{_MILITARY})", _FLAGS)
# Without it nothing needs to be tried.
_ZIPPED: Final = kept_regex(rf"\b(?:{_STATE}|A[AEP])[ ]{{1,2}}\d{{5}}\b", _FLAGS)
_NEXT: Final = r"(?:,[ ]?|,?\r?\n[ \t]*)"
_HOUSE: Final = r"(?:(?i:(?:h|house|flat|plot|door)\.?[ ]?no\.?)[ ]?)?\d{1,4}(?:[/-]\d{1,4})?"
_INDIAN: Final = kept_regex(
    rf"(?<![\p{{L}}\d.,-]){_HOUSE}(?:{_NEXT}{_CAP}(?:[ ]{_CAP}){{0,3}}){{2,5}}?(?:[ ]?[-–][ ]?|[ ])[1-8]\d{{5}}(?!\d)", _FLAGS
)
_PINNED: Final = kept_regex(r"\p{L}(?:[ ]?[-–][ ]?|[ ])[1-8]\d{5}(?!\d)", _FLAGS)


def find_formed(text: str) -> Iterator[tuple[int, int]]:
    r"""Start and end of each such address.

    >>> text = "Ship to 4319 Diane Stravenue\nDuranfort, FL 37748 or PSC 8909, Box 3100, APO AE 84009."
    >>> [text[start:end] for start, end in find_formed(text)]
    ['4319 Diane Stravenue\nDuranfort, FL 37748', 'PSC 8909, Box 3100, APO AE 84009']
    """
    if _ZIPPED.search(text):
        yield from (match.span() for match in _AMERICAN.finditer(text))
    if _PINNED.search(text):
        yield from (match.span() for match in _INDIAN.finditer(text))
