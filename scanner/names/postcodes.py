"""What postal codes look like, country by country: `9` stands for a digit, `A` for a letter, all else for itself.

From the Universal Postal Union's addressing pages, https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions
"""

from functools import cache
from typing import TYPE_CHECKING, Final

import regex

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

SHAPES: Final[dict[str, tuple[str, ...]]] = {
    "AD": ("AA999",),
    "AR": ("9999", "A9999AAA"),
    "AT": ("9999", "A-9999"),
    "AU": ("9999",),
    "AZ": ("AA9999", "AA 9999"),
    "BA": ("99999",),
    "BD": ("9999",),
    "BE": ("9999", "A-9999"),
    "BG": ("9999",),
    "BR": ("99999-999", "99999999", "99.999-999"),
    "BY": ("999999",),
    "CA": ("A9A 9A9", "A9A9A9", "A9A-9A9"),
    "CH": ("9999", "AA-9999"),
    "CL": ("9999999", "999-9999"),
    "CN": ("999999",),
    "CO": ("999999",),
    "CR": ("99999",),
    "CY": ("9999",),
    "CZ": ("999 99", "99999"),
    "DE": ("99999", "A-99999"),
    "DK": ("9999", "AA-9999"),
    "DZ": ("99999",),
    "EC": ("999999",),
    "EE": ("99999",),
    "EG": ("99999",),
    "ES": ("99999",),
    "FI": ("99999", "AA-99999"),
    "FR": ("99999", "A-99999"),
    "GB": ("A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA", "A99AA", "A999AA", "AA99AA", "AA999AA", "A9A9AA", "AA9A9AA"),
    "GE": ("9999",),
    "GR": ("999 99", "99999"),
    "HR": ("99999", "AA-99999"),
    "HU": ("9999", "A-9999"),
    "ID": ("99999",),
    "IE": ("A99 AAAA", "A99 A9AA", "A99 AA99", "A99 A999", "A99AAAA", "A99A9AA", "A99AA99", "A99A999", "A9A A999"),
    "IL": ("9999999", "99999"),
    "IN": ("999999", "999 999"),
    "IR": ("99999-99999", "9999999999"),
    "IS": ("999",),
    "IT": ("99999", "A-99999"),
    "JP": ("999-9999", "〒999-9999", "9999999"),
    "KE": ("99999",),
    "KR": ("99999", "999-999"),
    "KZ": ("999999",),
    "LI": ("9999",),
    "LT": ("AA-99999", "99999"),
    "LU": ("9999", "A-9999"),
    "LV": ("AA-9999",),
    "MA": ("99999",),
    "MD": ("AA-9999", "AA9999"),
    "MK": ("9999",),
    "MT": ("AAA 9999", "AAA9999", "AAA 99"),
    "MX": ("99999",),
    "MY": ("99999",),
    "NG": ("999999",),
    "NL": ("9999 AA", "9999AA"),
    "NO": ("9999", "AA-9999"),
    "NZ": ("9999",),
    "PE": ("99999",),
    "PH": ("9999",),
    "PK": ("99999",),
    "PL": ("99-999",),
    "PT": ("9999-999", "9999"),
    "RO": ("999999",),
    "RS": ("99999",),
    "RU": ("999999",),
    "SA": ("99999", "99999-9999"),
    "SE": ("999 99", "99999", "AA-999 99"),
    "SG": ("999999",),
    "SI": ("9999", "AA-9999"),
    "SK": ("999 99", "99999"),
    "TH": ("99999",),
    "TN": ("9999",),
    "TR": ("99999",),
    "TW": ("999", "99999", "999999"),
    "UA": ("99999",),
    "US": ("99999", "99999-9999", "999999999"),
    "UY": ("99999",),
    "UZ": ("999999",),
    "VE": ("9999",),
    "VN": ("999999", "99999"),
    "ZA": ("9999",),
}
"""ISO 3166 alpha-2 code -> shapes."""


@cache
def shapes() -> frozenset[str]:
    """All shapes of all countries."""
    return frozenset(shape for those in SHAPES.values() for shape in those)


def shape_of(text: str) -> str:
    """`text` with its digits and Latin letters as `9` and `A`.

    >>> shape_of("SW1A 1AA") in SHAPES["GB"]
    True
    """
    return regex.sub("[A-Za-z]", "A", regex.sub("[0-9]", "9", text.strip()))


def which_postcodes(texts: "pa.Array") -> "npt.NDArray[np.bool_]":
    """For each text of an Arrow string array whether it has the shape of a postal code; nulls have not."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    digits = pc.replace_substring_regex(pc.utf8_trim_whitespace(texts), "[0-9]", "9")
    shaped = pc.replace_substring_regex(digits, "[A-Za-z]", "A")
    return np.asarray(pc.is_in(shaped, pa.array(sorted(shapes()), pa.string())).to_numpy(zero_copy_only=False))
