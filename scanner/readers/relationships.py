"""Where the parts of an Office package lead (ECMA-376 part 2, 9.3). Nothing is fetched."""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.readers.docx_links import Links
from scanner.readers.docx_xml import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element


def key(part: str) -> str:
    r"""A part by its name, however a program wrote that.

    >>> key("xl\\Workbook.xml"), key("/xl/workbook.xml")
    ('/xl/workbook.xml', '/xl/workbook.xml')
    """
    return "/" + part.replace("\\", "/").lstrip("/").lower()


def followed(name: str, tree: "_Element", links: Links) -> Iterator[tuple[str, str, str]]:
    """The part that leads, the relationship's id, and the part led to, of all that stay in the package; others become links.

    :param name: of the part that holds the relationships
    """
    folder, _, source = name.rpartition("_rels/")
    owner = folder + source.removesuffix(".rels")
    for relationship in tree.iter("{*}Relationship"):
        target = attribute(relationship, "Target")
        if attribute(relationship, "TargetMode") == "External":
            links.lead_to(target)
            continue
        inside = key(target) if target.startswith("/") else target.lower()
        yield owner, attribute(relationship, "Id"), posixpath.normpath(posixpath.join(folder, inside))
