"""Link targets of a document. Those that its text shows anyway would be counted twice and are left out."""

from collections.abc import Iterator
from typing import Final

import regex

from scanner.model.segment import TextSegment
from scanner.readers.paragraphs import Flow, Paragraph

AROUND: Final = "<>()[]{},;:.\"'\u201c\u201d\u2018\u2019"
QUOTED: Final = regex.compile(r'"([^"]+)"')


class Links:
    """Collects what the text of a document shows, and where its links lead."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._targets: dict[str, None] = {}

    def show(self, text: str) -> None:
        """Note that the document shows `text`."""
        if "@" in text or "." in text:
            self._words.update(word.strip(AROUND) for word in text.split() if "@" in word or "." in word)

    def lead_to(self, *targets: str) -> None:
        """Note that links of the document lead to `targets`."""
        self._targets.update(dict.fromkeys(targets))

    def news(self, instruction: str) -> bool:
        """Whether a field instruction has an argument that the text, as far as it was shown, does not have."""
        return any(not self._is_shown(argument) for argument in QUOTED.findall(instruction))

    def segments(self) -> Iterator[TextSegment]:
        """The targets that the text does not show, a line each, in the part `links`."""
        flow = Flow("links")
        for number, target in enumerate(self._targets, 1):
            if not self._is_shown(target):
                flow.add(Paragraph(target, number))
        yield from flow.flush()

    def addresses(self) -> frozenset[str]:
        """Everything that a text could show instead of one of the targets known so far."""
        return frozenset(form for target in self._targets for form in _forms(target))

    def _is_shown(self, target: str) -> bool:
        return not self._words.isdisjoint(_forms(target))


def _forms(target: str) -> set[str]:
    address = target.removeprefix("mailto:").partition("?")[0] if target.startswith("mailto:") else target
    return {address, address.rstrip("/"), address.partition("://")[2].rstrip("/")} - {""}
