"""What python-docx finds in a package: its parts, what they are, and where their relationships lead (ECMA-376 part 2).

python-docx is given an outline of the package: content types and relationships as they are, every other part empty. So it
neither holds pictures nor parses a story, and what it is given was inflated and counted by our own checks before.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.outcome import Problem
from scanner.model.segment import Member
from scanner.readers import zip_archive
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Budget, Limits
from scanner.readers.docx_xml import declares_doctype

CONTENT_TYPES: Final = "[Content_Types].xml"
RELATIONSHIPS: Final = ".rels"
OUTLINE: Final = Limits(entries=2000, expanded_bytes=2 * MIB, memory_bytes=2 * MIB)
"""How large an outline may be: the time that python-docx takes grows with parts times relationships."""


@dataclass(frozen=True, slots=True)
class Package:
    """The structure of a whole package.

    :ivar types: content types of the parts that relationships reach, by member name
    :ivar external: targets outside the package in order, by the name of the member that holds the relationships
    """

    types: dict[str, str]
    external: dict[str, tuple[str, ...]]


NOTHING: Final = Package({}, {})
"""What is known of a package that python-docx does not open."""


def open_package(content: Content) -> Package:
    """The package in `content`, whose stream can seek; NOTHING where it is damaged, too large or refused by python-docx."""
    try:
        outline = _outline(content)
    except ReadError:
        return NOTHING  # whoever reads the members says what is wrong with them
    return _opened(outline) if outline else NOTHING


def _outline(content: Content) -> BinaryIO | None:
    """A package of the same parts, empty but for content types and relationships; None where anything is wrong with it."""
    members: dict[str, bytes] = {}
    budget = Budget(OUTLINE, None)
    for item in zip_archive.read(replace(content), budget):
        if not isinstance(item, Member):
            return None
        budget.entry()
        if item.name in members:
            return None
        is_structure = item.name == CONTENT_TYPES or item.name.endswith(RELATIONSHIPS)
        members[item.name] = item.stream.read() if is_structure else b""
        if declares_doctype(members[item.name]):
            return None
    return _packed(members)


def _packed(members: dict[str, bytes]) -> BinaryIO | None:
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(packed, "w") as made:
            for name, data in members.items():
                made.writestr(name, data)
    except ValueError:  # a name that cannot be encoded
        return None
    return packed


def _opened(outline: BinaryIO) -> Package:
    from docx.opc.pkgreader import PackageReader
    from lxml import etree

    try:
        package = PackageReader.from_file(outline)
        types = {name.membername: str(kind) for name, kind, _, _ in package.iter_sparts()}
        return Package(types, _external(package))
    except (AttributeError, TypeError):  # an attribute or an element that must be there is not
        return NOTHING
    except (KeyError, ValueError):  # a part or its content type is missing, a name is no name
        return NOTHING
    except (etree.XMLSyntaxError, RecursionError):  # XML that is none or too deep, a chain of relationships that is too long
        return NOTHING
