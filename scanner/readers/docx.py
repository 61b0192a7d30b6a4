"""Word documents (ECMA-376 WordprocessingML: docx, docm, dotx, dotm): python-docx opens the package, the XML of its parts is walked.

Body, headers, footers, footnotes, endnotes, comments, glossary, text boxes, tracked insertions and deletions, fields,
content controls, tables, properties, variables, bound data, charts, diagrams, link targets, and embedded files. Parts
that no relationship reaches are read too. Where python-docx refuses a package, names and root elements tell what its
parts are, so that a damaged package gives all that is left of it. Pictures are not looked at.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem
from scanner.readers import zip_archive
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.docx_links import Links
from scanner.readers.docx_package import RELATIONSHIPS, open_package
from scanner.readers.docx_parts import FONTS, PICTURES, STORIES, XML_TYPES, lines, part_name, place, says_nothing
from scanner.readers.docx_story import Story
from scanner.readers.docx_xml import DamagedXmlError, attribute, root, root_name, stripped

DAMAGED: Final = "its XML is damaged, too deep or has a document type; its text was taken without markup"


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The parts in the order in which they lie in the package; link targets last."""
    content = replace(content, stream=budget.seekable(content.stream))
    package = open_package(content)
    links = Links()
    has_text = has_picture = False
    for item in zip_archive.read(content, budget):
        extension = item.name.rpartition(".")[2].lower() if isinstance(item, Member) else ""
        if not isinstance(item, Member) or not (extension in {"xml", "rels", *PICTURES} or package.types.get(item.name) in XML_TYPES):
            yield item
            continue
        budget.entry()
        if extension in PICTURES:
            has_picture |= extension not in FONTS
        elif item.name in package.external:
            links.lead_to(*package.external[item.name])
        else:
            folder, stem = place(item.name, package.types.get(item.name, ""))
            for segment in _xml(item, folder, stem, budget, links):
                has_text |= folder != "docProps"
                yield segment
    yield from links.segments()
    if has_picture and not has_text:
        yield Problem(Reason.MEMBERS_UNREAD, "it shows pictures and no text")


def _xml(part: Member, folder: str, stem: str, budget: Budget, links: Links) -> Iterator[ReaderItem]:
    """The segments of an XML part; the text between its tags where it does not parse."""
    if says_nothing(folder, stem):
        return
    data = part.stream.read(budget.limits.memory_bytes + 1)
    if len(data) > budget.limits.memory_bytes:
        yield Problem(Reason.BUDGET_MEMORY, f"it has more than {budget.limits.memory_bytes} bytes", (part.name,))
        return
    top = root_name(data)
    story = Story(part_name(top, folder, stem), links)
    try:
        if part.name.lower().endswith(RELATIONSHIPS):
            _follow(data, links)
        elif top in STORIES:
            yield from story.read(data)
        else:
            for line in lines(root(data), folder, stem):
                story.plain(line)
    except DamagedXmlError as error:
        yield Problem(Reason.MALFORMED, DAMAGED, (part.name,))
        for text in stripped(data, error.paragraphs):
            story.plain(text)
    yield from story.rest()


def _follow(data: bytes, links: Links) -> None:
    """Note where the external relationships lead. Nothing is fetched."""
    for relationship in root(data):
        if attribute(relationship, "TargetMode") == "External":
            links.lead_to(attribute(relationship, "Target"))
