"""Checks of e-mail and internet addresses, many at once: the rules as expressions that Arrow matches."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Flags = npt.NDArray[np.bool_]

_LONGEST_LOCAL: Final = 64
_LONGEST: Final = 254


def emails(texts: "pa.Array", *, doubtful: bool = False) -> "Flags":
    """As `email`."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from identifiers.validators.email import DOUBTFUL, MESSAGE_ID, PLACEHOLDER, SSH_NAME
    from identifiers.validators.top_level_domains import TOP_LEVEL_DOMAINS

    endings = pc.ascii_lower(pc.replace_substring_regex(texts, r"(?s)\A.*[.@]", ""))
    found: Flags = np.asarray(pc.is_in(endings, pa.array(sorted(TOP_LEVEL_DOMAINS), pa.string())))
    unwanted = (_UNSOUND, PLACEHOLDER, MESSAGE_ID, *(() if doubtful else (DOUBTFUL,)))
    found = found & _matches(texts, "@") & ~np.logical_or.reduce([_matches(texts, expression) for expression in unwanted])
    ssh = np.flatnonzero(pc.match_substring(texts, "ssh."))
    found[ssh[_matches(texts.take(ssh), SSH_NAME)]] = False
    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False)
    long = np.flatnonzero(found & (lengths > _LONGEST_LOCAL + 1))
    for place in long.tolist():
        found[place] = len(texts[place].as_py().rpartition("@")[0]) <= _LONGEST_LOCAL and lengths[place] <= _LONGEST
    return found


# Dots that stand wrong, or no local part.
_UNSOUND: Final = r"\.\.|\A\.|\A@[^@]*\z|\.@[^@]*\z"

# What no address that anybody could reach is in, by https://www.iana.org/assignments/iana-ipv4-special-registry: first the
# networks that tell nothing of anybody, then the private ones and those for documents.
_MUTE: Final = r"(?:0|127|22[4-9]|23[0-9]|24[0-9]|25[0-5])\."
_LOCAL: Final = (
    r"(?:10\.|100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.|169\.254\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|192\.168\.|198\.1[89]\."
    r"|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)"
)
_OCTET: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"


def ipv4s(texts: "pa.Array", *, scope: str, three_digits: bool = False) -> "Flags":
    """As `ipv4`."""
    import numpy as np

    from identifiers.model import Verdict
    from identifiers.validators.ip_address import ipv4

    local = _matches(texts, rf"\A{_LOCAL}")
    wanted = ~local if scope == "public" else local
    found = wanted & ~_matches(texts, rf"\A{_MUTE}") & _matches(texts, rf"\A{_OCTET}(?:\.{_OCTET}){{3}}\z")
    # Versions of Python differ in what they say of this network.
    for place in np.flatnonzero(_matches(texts, r"\A192\.0\.0\.")).tolist():
        found[place] = ipv4(texts[place].as_py(), scope=scope) is Verdict.VALID
    return found & _matches(texts, "[0-9]{3}") if three_digits else found


def _matches(texts: "pa.Array", expression: str) -> "Flags":
    import numpy as np
    import pyarrow.compute as pc

    return np.asarray(pc.match_substring_regex(texts, expression))
