"""What a paragraph of WordprocessingML reads (ECMA-376 part 1, chapter 17), and what hangs on it without being part of its text."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

import regex

from scanner.readers.docx_xml import attribute, branch, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED: Final = """
pPr rPr sectPr sdtPr sdtEndPr tblPr trPr tcPr tblGrid ffData moveFrom proofErr bookmarkStart bookmarkEnd
footnoteReference endnoteReference commentReference annotationRef footnoteRef endnoteRef fldData
"""
SKIPPED: Final = frozenset(_SKIPPED.split())
"""Elements without text of their own. Text that was moved is read where it went (`moveTo`)."""
FIXED: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": " ", "softHyphen": ""}
BOXES: Final = frozenset({"txbxContent", "txBody"})
MATCHABLE: Final = regex.compile(r"\S*[\d@]\S*")
FEW_DIGITS: Final = 8
"""A deletion of as many digits or fewer may be a part of a number with spaces; more are one by themselves."""


class Change(Enum):
    """What a tracked change did to a piece of text."""

    NONE = "none"
    INSERTED = "inserted"
    DELETED = "deleted"


CHANGES: Final = {"ins": Change.INSERTED, "moveTo": Change.INSERTED, "del": Change.DELETED}


@dataclass(slots=True)
class ParagraphContent:
    """What is collected from one paragraph.

    :ivar pieces: texts in order, with what happened to them
    :ivar boxes: text boxes that are anchored in it
    :ivar instructions: of fields, those with arguments
    :ivar descriptions: of pictures
    """

    pieces: list[tuple[str, Change]] = field(default_factory=list)
    boxes: list["_Element"] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    _instruction: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """As it reads with all changes accepted."""
        return "".join(text for text, change in self.pieces if change is not Change.DELETED)

    @property
    def rejected(self) -> str:
        """As it reads with all changes rejected, if anything was deleted; else empty.

        Tokens with digits or `@` that no deletion touches are blanked: they are found in `text` already.
        """
        if not any(change is Change.DELETED and text.strip() for text, change in self.pieces):
            return ""
        before = [(text, change) for text, change in self.pieces if change is not Change.INSERTED]
        whole = "".join(text for text, _ in before)
        kept: list[str] = []
        at = 0
        for start, end in _deletions(before, whole):
            kept += (_blanked(whole[at:start]), whole[start:end])
            at = end
        return "".join((*kept, _blanked(whole[at:])))

    def instruct(self, text: str) -> None:
        """Add to the instruction of the current field."""
        self._instruction.append(text)

    def end_instruction(self) -> None:
        """The instruction is complete. Only those with a quoted argument say more than how to format."""
        if not self._instruction:
            return
        instruction, self._instruction = "".join(self._instruction).strip(), []
        if '"' in instruction:
            self.instructions.append(instruction)


def _deletions(pieces: Sequence[tuple[str, Change]], whole: str) -> Iterator[tuple[int, int]]:
    """Where deletions stand in `whole`, which `pieces` make up, each with what may be one value with it; ascending, disjoint."""
    at = behind = 0
    for text, change in pieces:
        start, end = max(at, behind), max(at + len(text), behind)
        at += len(text)
        if change is not Change.DELETED or not text.strip():
            continue
        reaches = _reach(text)
        while start > behind and reaches(whole[start - 1]):
            start -= 1
        while end < len(whole) and reaches(whole[end]):
            end += 1
        yield start, end
        behind = end


def _reach(deletion: str) -> Callable[[str], bool]:
    """Tells which characters beside `deletion` may belong to one value with it: those of its word, or of its number."""
    digits = sum(character.isdigit() for character in deletion)
    if 0 < digits <= FEW_DIGITS:
        return lambda character: character.isdigit() or character in " .-/"
    return lambda character: not character.isspace()


def _blanked(text: str) -> str:
    return MATCHABLE.sub(lambda found: " " * len(found.group()), text)


def paragraph_content(paragraph: "_Element") -> ParagraphContent:
    """What the element `paragraph` holds."""
    content = ParagraphContent()
    _collect(paragraph, content, Change.NONE)
    content.end_instruction()
    return content


def _collect(element: "_Element", content: ParagraphContent, change: Change) -> None:
    for child in element:
        match _role(child.tag):
            case _Role.SKIPPED:
                continue
            case _Role.TEXT:
                content.pieces.append((child.text or "", change))
            case _Role.PLAIN:
                _collect(child, content, change)
            case _Role.OTHER:
                _collect_other(child, content, change)


def _collect_other(element: "_Element", content: ParagraphContent, change: Change) -> None:
    match local(element):
        case "delText":
            content.pieces.append((element.text or "", Change.DELETED))
        case name if name in FIXED:
            content.pieces.append((FIXED[name], change))
        case name if name in BOXES:
            content.boxes.append(element)
        case "AlternateContent":
            for chosen in branch(element):
                _collect(chosen, content, change)
        case name:
            _note(name, element, content)
            # what was inserted and deleted again is deleted
            _collect(element, content, change if change is Change.DELETED else CHANGES.get(name, change))


class _Role(Enum):
    """What an element in a paragraph is; nearly all are one of the first three."""

    SKIPPED = "skipped"
    TEXT = "text"
    PLAIN = "plain"
    OTHER = "other"


@functools.lru_cache(maxsize=4096)
def _role(tag: object) -> _Role:
    name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    if name in SKIPPED:
        return _Role.SKIPPED
    return {"t": _Role.TEXT, "r": _Role.PLAIN}.get(name, _Role.OTHER)


def _note(name: str, element: "_Element", content: ParagraphContent) -> None:
    """Take what an element says in attributes."""
    match name:
        case "instrText" | "delInstrText":
            content.instruct(element.text or "")
        case "fldChar":
            if attribute(element, "fldCharType") != "begin":
                content.end_instruction()
        case "fldSimple":
            content.instruct(attribute(element, "instr"))
            content.end_instruction()
        case "docPr":
            content.descriptions += filter(None, (attribute(element, "title"), attribute(element, "descr")))
        case "textpath":
            content.descriptions += filter(None, (attribute(element, "string"),))
