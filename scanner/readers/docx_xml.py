"""XML parts of Office packages: parsed without entities, network and limits lifted; stripped of tags where they do not parse."""

import functools
import html
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import regex

from scanner.readers.budget import MIB

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCTYPES: Final = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
CONTAINERS: Final = frozenset({"document", "body", "hdr", "ftr", "footnotes", "endnotes", "comments", "glossaryDocument", "docParts"})
"""Elements whose children are the blocks of a story."""
BLOCKS: Final = ("p", "tbl", "sdt", "footnote", "endnote", "comment", "docPart")
_SMALL_BYTES: Final = 4 * MIB
"""A tree takes ten times the memory of its XML."""
PARAGRAPH_END: Final = regex.compile(r"</(?:\w+:)?p>|<(?:\w+:)?p(?:\s[^<>]*)?/>")
FIRST_ELEMENT: Final = regex.compile(r"<(?:\w+:)?(\w+)[\s>/]")
SPACE: Final = regex.compile(r"<(?:\w+:)?(?:tab|br|cr)\s*/>")
TAG: Final = regex.compile(r"<[/\w?][^<>]*>")


class DamagedXmlError(Exception):
    """A part cannot be parsed (further).

    :ivar paragraphs: how many paragraphs were read before
    """

    def __init__(self, paragraphs: int) -> None:
        super().__init__(paragraphs)
        self.paragraphs = paragraphs


def local(element: "_Element") -> str:
    """The name of an element without its namespace; empty for comments, instructions and entities."""
    return _local(element.tag)


@functools.lru_cache(maxsize=4096)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: "_Element", name: str) -> str:
    """An attribute whatever its namespace; empty if it is missing."""
    value: str | bytes | None = element.get(name)
    if value is None:
        value = next((text for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
    return str(value)


def branch(alternate: "_Element") -> Iterator["_Element"]:
    """The branch of `mc:AlternateContent` to read: the first choice that holds text, else the fallback (ECMA-376 part 3).

    Both say the same in different words; a program shows one of them.
    """
    branches = list(alternate)
    chosen = next((element for element in branches if _has_text(element)), branches[0] if branches else None)
    if chosen is not None:
        yield chosen


def _has_text(element: "_Element") -> bool:
    return any(found.text for found in element.iter("{*}t", "{*}delText", "{*}instrText")) or any(True for _ in element.iter("{*}textpath"))


def root_name(data: bytes) -> str:
    """The name of the root element without its prefix, empty if there is none at the beginning."""
    found = FIRST_ELEMENT.search(_decoded(data[:4096]))
    return found.group(1) if found else ""


def root(data: bytes) -> "_Element":
    """The whole tree of a small part; raises DamagedXmlError."""
    from lxml import etree

    _refuse_doctype(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedXmlError(0) from error


def blocks(data: bytes) -> Iterator["_Element"]:
    """The blocks of a story one by one; of a large one each is freed when the next is asked for.

    Raises DamagedXmlError where the part stops to be XML, goes deeper than 256 elements or declares a document type.
    """
    _refuse_doctype(data)
    tree = _small_tree(data)
    return _blocks_one_by_one(data) if tree is None else _blocks_of(tree)


def _small_tree(data: bytes) -> "_Element | None":
    """The whole part, if it is small, is sound, and its root has blocks."""
    from lxml import etree

    if len(data) > _SMALL_BYTES:
        return None
    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    return tree if local(tree) in CONTAINERS else None


def _blocks_of(container: "_Element") -> Iterator["_Element"]:
    for child in container:
        if local(child) in CONTAINERS:
            yield from _blocks_of(child)
        else:
            yield child


def _blocks_one_by_one(data: bytes) -> Iterator["_Element"]:
    from lxml import etree

    tags = [f"{{*}}{name}" for name in (*BLOCKS, *CONTAINERS)]  # transitional and strict documents differ in their namespace
    events = etree.iterparse(io.BytesIO(data), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    paragraphs = 0
    read: _Element | None = None
    try:
        for _, element in events:
            for block in _complete(element, read):
                read = block
                yield block
                paragraphs += sum(1 for _ in block.iter("{*}p"))
                block.clear()
    except etree.XMLSyntaxError as error:
        raise DamagedXmlError(paragraphs) from error


def _complete(element: "_Element", read: "_Element | None") -> Iterator["_Element"]:
    """The blocks that are complete now that `element` is, without `read`, the latest one, which is taken out.

    The parser may have begun elements behind `element` already, and still holds on to the last one: so none is taken out at once.
    """
    is_container = local(element) in CONTAINERS
    container = element if is_container else element.getparent()
    if container is None or local(container) not in CONTAINERS:
        return
    while len(container):
        block = container[0]
        if block is not read:
            yield block
        if block is element or (is_container and len(container) == 1):
            return
        container.remove(block)


def declares_doctype(data: bytes) -> bool:
    """Whether `data` has a document type, which Office packages must not have (ECMA-376 part 2, 8.2.2)."""
    return any(mark in data for mark in DOCTYPES)


def _refuse_doctype(data: bytes) -> None:
    if declares_doctype(data):
        raise DamagedXmlError(0)


def stripped(data: bytes, paragraphs: int) -> Iterator[str]:
    """The paragraphs of a part that does not parse, tags taken out, from the one behind the first `paragraphs` on."""
    text = _decoded(data)
    start = 0
    for number, end in enumerate(PARAGRAPH_END.finditer(text)):
        if number >= paragraphs:
            yield _plain(text[start : end.start()])
        start = end.end()
    yield _plain(text[start:])


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return data.decode(encoding, "replace")


def _plain(markup: str) -> str:
    return html.unescape(TAG.sub("", SPACE.sub(" ", markup))).strip()
