"""Parts of a document that are no story: what it says about itself, its settings, data bound to it, charts and diagrams."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import regex

from scanner.readers.docx_xml import attribute, local

if TYPE_CHECKING:
    from lxml.etree import _Element

STORIES: Final = {"document": "body", "glossaryDocument": "glossary", "hdr": "", "ftr": "", "footnotes": "", "endnotes": "", "comments": ""}
"""Root elements of stories, and the name of the part where it is not that of the file."""

NUMBER: Final = regex.compile(r"\d*$")
_WITHOUT_TEXT: Final = """
chartColors chartStyle colors commentsExtended commentsExtensible commentsIds encryption fontTable itemProps layout
numbering quickStyle style styles stylesWithEffects theme webSettings [Content_Types]
"""
WITHOUT_TEXT: Final = frozenset(_WITHOUT_TEXT.split())
"""Parts by the name of their file, without number: they only say how things look or belong together."""

FONTS: Final = frozenset({"fntdata", "odttf"})
PICTURES: Final = FONTS | {"bmp", "emf", "emz", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "wdp", "wmf", "wmz"}
"""Extensions of pictures and fonts, which are not looked at."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
KINDS: Final = {
    "application/vnd.openxmlformats-package.core-properties+xml": ("docProps", "core"),
    _OFFICE + "extended-properties+xml": ("docProps", "app"),
    _OFFICE + "custom-properties+xml": ("docProps", "custom"),
    _OFFICE + "wordprocessingml.settings+xml": ("word", "settings"),
}
"""Folder and file name without extension that parts of a content type have by custom (ECMA-376 part 1, 11.3 and 15.2)."""
_STORY_KINDS: Final = "document.main template.main document.glossary header footer footnotes endnotes comments"
XML_TYPES: Final = KINDS.keys() | {f"{_OFFICE}wordprocessingml.{kind}+xml" for kind in _STORY_KINDS.split()}
"""Content types that are read as XML whatever the extension of the part."""

_PROPERTIES: Final = "category contentStatus creator description keywords lastModifiedBy subject title Company HyperlinkBase Manager"
PROPERTIES: Final = frozenset(_PROPERTIES.split())
"""Elements of docProps that hold what people wrote, not counts and dates (ECMA-376 part 2, 8.3; part 1, 22.2 and 22.4)."""
ITEMS: Final = frozenset({"bstr", "lpstr", "lpwstr"})
"""Elements of their lists."""


def place(name: str, content_type: str) -> tuple[str, str]:
    """Folder and file name without extension; those of custom where the part has an unusual name, which its content type explains."""
    folder, _, file = name.rpartition("/")
    stem = file.rpartition(".")[0]
    return (folder, stem) if _key(folder, stem) in LINES else KINDS.get(content_type, (folder, stem))


def _key(folder: str, stem: str) -> tuple[str, str]:
    return folder.rpartition("/")[2], NUMBER.sub("", stem)


def part_name(root_name: str, folder: str, stem: str) -> str:
    """What ParagraphLocation calls a part: `body`, or the name of its file; with `glossary/` before it inside the glossary."""
    named = STORIES.get(root_name) or stem
    return f"glossary/{named}" if folder.endswith("/glossary") and named != "glossary" else named


def says_nothing(folder: str, stem: str) -> bool:
    """Whether a part holds no text, or only what another part says as well: drawings of diagrams repeat their data."""
    kind = NUMBER.sub("", stem)
    return kind in WITHOUT_TEXT or (folder.endswith("/diagrams") and kind != "data")


def lines(root: "_Element", folder: str, stem: str) -> Iterator[str]:
    """What a part that is no story says, a line for each value, its name before it."""
    return LINES.get(_key(folder, stem), _values)(root)


def _properties(root: "_Element") -> Iterator[str]:
    for element in root.iter():
        if local(element) in PROPERTIES | ITEMS and element.text and element.text.strip():
            name, text = local(element), element.text.strip()
            yield text if name in ITEMS else f"{name}: {text}"


def _custom_properties(root: "_Element") -> Iterator[str]:
    for element in root:
        if value := "".join(str(text) for text in element.itertext()).strip():
            yield f"{attribute(element, 'name')}: {value}"


def _settings(root: "_Element") -> Iterator[str]:
    """Variables of the document, and where its mail merge takes data from."""
    for element in root.iter("{*}docVar"):
        yield f"{attribute(element, 'name')}: {attribute(element, 'val')}"
    for merge in root.iter("{*}mailMerge"):
        for element in merge.iter("{*}connectString", "{*}query", "{*}udl"):
            yield f"{local(element)}: {attribute(element, 'val')}"


def _values(root: "_Element") -> Iterator[str]:
    """Text and attributes of any XML."""
    for element in root.iter():
        name = local(element)
        if element.text and element.text.strip() and name:
            # one-letter names are those of charts and drawings and say nothing
            yield f"{name}: {element.text.strip()}" if len(name) > 2 else element.text.strip()
        for key, value in element.attrib.items():
            if text := str(value).strip():
                yield f"{str(key).rpartition('}')[2]}: {text}"
        if element.tail and element.tail.strip():
            yield element.tail.strip()


def _texts(root: "_Element") -> Iterator[str]:
    """Text of a drawing, whose attributes are coordinates."""
    for element in root.iter("{*}t", "{*}v"):
        if element.text and element.text.strip():
            yield element.text.strip()


LINES: Final[dict[tuple[str, str], Callable[["_Element"], Iterator[str]]]] = {
    ("charts", "chart"): _texts,
    ("diagrams", "data"): _texts,
    ("docProps", "app"): _properties,
    ("docProps", "core"): _properties,
    ("docProps", "custom"): _custom_properties,
    ("drawings", "drawing"): _texts,
    ("glossary", "settings"): _settings,
    ("word", "settings"): _settings,
}
"""By folder and file name without number; any other part is read as `_values` does."""
