"""What python-docx finds in a package: its parts, what they are, and where their relationships lead (ECMA-376 part 2).

python-docx is given an outline of the package: content types and relationships as they are, every other part empty. So it
neither holds pictures nor parses a story, and what it is given was inflated and counted by our own checks before.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.segment import Member
from scanner.readers import zip_archive
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Budget, Limits
from scanner.readers.docx_xml import declares_doctype

if TYPE_CHECKING:
    from docx.opc.pkgreader import PackageReader

CONTENT_TYPES: Final = "[Content_Types].xml"
RELATIONSHIPS: Final = ".rels"
OUTLINE: Final = Limits(entries=2000, expanded_bytes=2 * MIB, memory_bytes=2 * MIB)
"""How large an outline may be: the time that python-docx takes grows with parts times relationships."""
NAME_CHARACTERS: Final = 1000
"""Longest name of a member that is handed on."""


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
    for item in zip_archive.read(content, budget):
        if not isinstance(item, Member):
            return None
        budget.entry()
        if item.name in members or "\0" in item.name or len(item.name) > NAME_CHARACTERS:
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
    except (ValueError, IndexError):  # a name that cannot be encoded, or of which a NUL leaves nothing
        return None
    return packed


def _opened(outline: BinaryIO) -> Package:
    from docx.opc.pkgreader import PackageReader
    from lxml import etree

    try:
        return _structure(PackageReader.from_file(outline))  # type: ignore[no-untyped-call]  # python-docx has no types here
    except (AttributeError, TypeError):  # an attribute or an element that must be there is not
        return NOTHING
    except (KeyError, ValueError):  # a part or its content type is missing, a name is no name
        return NOTHING
    except (etree.XMLSyntaxError, RecursionError):  # XML that is none or too deep, a chain of relationships that is too long
        return NOTHING


def _structure(package: "PackageReader") -> Package:
    from docx.opc.packuri import PACKAGE_URI

    types = {name: kind for name, kind, _, _ in package.iter_sparts()}  # type: ignore[no-untyped-call]  # as above
    external: dict[str, list[str]] = {name.rels_uri.membername: [] for name in (PACKAGE_URI, *types)}
    for source, relationship in package.iter_srels():  # type: ignore[no-untyped-call]  # as above
        if relationship.is_external:
            external[source.rels_uri.membername].append(str(relationship.target_ref))
    return Package(
        {name.membername: str(kind) for name, kind in types.items()},
        {name: tuple(targets) for name, targets in external.items()},
    )
