"""E-mail addresses that a pattern found: file names and package versions with an @ are none.

RFC 5321 section 4.5.3 has the lengths.
"""

from typing import Final

from identifiers.model import Verdict
from identifiers.validators.digits import verdict

# `logo@2x.png` and the like: endings of files, none of which is a top-level domain.
FILE_ENDINGS: Final = frozenset({
    "bmp", "bz2", "css", "csv", "docx", "exe", "gif", "gz", "htm", "html", "ico", "jar", "jpeg", "jpg", "js", "json", "jsx", "less",
    "log", "map", "md5", "pdf", "php", "png", "pptx", "pyc", "scss", "sql", "svg", "tar", "tgz", "tif", "tiff", "ts", "tsx", "txt",
    "vue", "webp", "whl", "woff", "woff2", "xlsx", "xml", "yaml", "yml",
})  # fmt: skip


def email(value: str) -> Verdict:
    """VALID unless a length is exceeded, dots stand wrong, or the end is that of a file name.

    >>> email("jane.roe@mail.example.net"), email("logo@2x.png")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    local, _, domain = value.rpartition("@")
    ending = domain.rpartition(".")[2].lower()
    sound = 0 < len(local) <= 64 and len(value) <= 254 and ".." not in value and not local.startswith(".")
    return verdict(holds=sound and not local.endswith(".") and ending not in FILE_ENDINGS)
