"""Detection as a whole: segments in, a tally out. Built once for each worker."""

from collections.abc import Callable, Iterable, Iterator

from identifiers.compile import expression_of
from identifiers.model import Identifier
from identifiers.regexes import Expression, kept_expressions, read_regexes, written_regexes
from scanner.detection.allowed import allowed_values
from scanner.detection.columns import ColumnSearch
from scanner.detection.conclude import conclude, count_allowed
from scanner.detection.judged import TableNames
from scanner.detection.keywords import index_keywords
from scanner.detection.matcher import Matcher
from scanner.detection.name_columns import may_be_address
from scanner.detection.names import NameReader, phrase_expression
from scanner.detection.pieces import joined, split
from scanner.detection.plain_marks import plain_text, with_plain_marks
from scanner.detection.prefilter import Prefilter
from scanner.detection.prose import NameBudget, ProseFinder, ProseRules
from scanner.detection.prose_cells import find_in_cells
from scanner.detection.recorder import Member, Recorder
from scanner.detection.redact import Redactor
from scanner.detection.rules import Rule, make_rules
from scanner.detection.settings import DetectionSettings
from scanner.detection.small_columns import ShortSearch
from scanner.detection.tally import Tally
from scanner.detection.text import Placed, TextScan, TextSearch
from scanner.model.location import LineLocation, Location
from scanner.model.result import Detection
from scanner.model.segment import ColumnSegment, Segment, ShortColumns, TextSegment
from scanner.model.unread import UnreadColumn


class _Nowhere:
    """The locator of a text whose spans are all that is asked for."""

    def at(self, text: str, start: int, end: int) -> Location:
        """Characters from 1, as on one line."""
        return LineLocation(1, start + 1, 1, min(end, len(text)))


_NOWHERE = _Nowhere()


def make_prefilter(rules: tuple[Rule, ...], keywords: tuple[str, ...], database: bytes | None = None) -> Prefilter:
    """The fastest prefilter that is installed.

    :param database: what `Prefilter.serialise` gave for the same rules and keywords
    """
    try:
        from scanner.detection.vectorscan import VectorscanPrefilter
    except ImportError:
        from scanner.detection.plain_prefilter import PlainPrefilter

        return PlainPrefilter(rules, keywords)
    return VectorscanPrefilter(rules, keywords, database or None)


class Detector:
    """Finds the given identifiers.

    :param database: from `serialise` of a detector with the same identifiers, to spare the compilation
    :param prefilter: another prefilter than the fastest one
    """

    def __init__(
        self,
        identifiers: tuple[Identifier, ...],
        settings: DetectionSettings,
        database: bytes | None = None,
        prefilter: Callable[..., Prefilter] = make_prefilter,
    ) -> None:
        self.settings = settings
        self.rules = make_rules(identifiers)
        prefilter_database, regexes = split(database) if database else (None, None)
        if regexes:
            read_regexes(regexes)
        self._judged = frozenset(identifier.id for identifier in identifiers if identifier.judged)
        index = index_keywords(self.rules)
        self._prefilter = prefilter(self.rules, index.keywords, prefilter_database)
        matcher = Matcher(self.rules, index, allowed_values(settings.allow))
        names = NameReader(self.rules, index, self._prefilter)
        self._texts = TextSearch(matcher, self._prefilter, index, names, least=settings.min_confidence, inline=settings.inline_allow)
        self._prose = ProseRules(identifiers, settings)
        self._redactor = Redactor(self._find_shapes)
        self._columns = ColumnSearch(matcher, self._prefilter, index, names)
        self._short = ShortSearch(self.rules, index, self._prefilter)

    def serialise(self) -> bytes:
        """What makes the next detector with the same identifiers come up at once."""
        expressions = set(_expressions(self.rules))
        if self._judged:
            # Its expressions take as long to compile as everything else to load.
            import scanner.names.prose  # noqa: F401

            expressions |= kept_expressions()
        return joined((self._prefilter.serialise(), written_regexes(expressions)))

    def tally(self, items: Iterable[tuple[Member, Segment]]) -> Tally:
        """What is found in the segments of one object, or of one part of it.

        :param items: each segment with the path of the member it stands in
        """
        recorder = Recorder(self.settings, self._redactor)
        names = TableNames(recorder.tally, self.settings, self._redactor, self._judged)
        budget = NameBudget(self.settings.names_cap)
        finder = self._prose.within(budget)
        scan: TextScan | None = None
        of: Member = ()
        for member, given in items:
            segment = with_plain_marks(given)
            if isinstance(segment, ColumnSegment):
                recorder.count_values(member, (segment,))
                recorder.add_column(member, segment, self._columns.find(segment))
                names.add(member, segment)
                _add_prose(recorder, member, (segment,), finder)
                continue
            if isinstance(segment, ShortColumns):
                recorder.count_values(member, segment.columns)
                for column in segment.columns:
                    names.add(member, column)
                for column in self._short.worth_looking(segment):
                    recorder.add_column(member, column, self._columns.find(column))
                _add_prose(recorder, member, segment.columns, finder)
                continue
            if scan is None or not segment.continues:
                _finish(recorder, of, scan)
                scan, of = TextScan(self._texts, segment.names, finder), member
            recorder.add_text(of, scan.feed(segment))
        _finish(recorder, of, scan)
        names.finish()
        recorder.tally.capped |= budget.spent
        return recorder.tally

    def may_hold(self, column: UnreadColumn) -> bool:
        """Whether anything could be found in values of which only this is known; False is certain."""
        return self._columns.may_hold(column) or (bool(self._judged) and may_be_address(column))

    def find_spans(self, text: str, names: tuple[str, ...] = ()) -> list[Placed]:
        """What stands in one short text and is not allowed, with spans in characters; each match is judged by itself.

        :param names: what stands over the text: a header, the elements of a path
        """
        found = self._find_shapes(text, names, self._prose.within(NameBudget(self.settings.names_cap)))
        return [one for one in found if one.match.confidence >= self.settings.min_confidence and not one.allowed]

    def _find_shapes(self, text: str, names: tuple[str, ...] = (), prose: ProseFinder | None = None) -> list[Placed]:
        scan = TextScan(self._texts, names, prose)
        return scan.feed(TextSegment(plain_text(text), _NOWHERE)) + scan.finish()

    def conclude(self, tally: Tally, name: str = "") -> tuple[Detection, ...]:
        """The detections of the whole object `name`."""
        return conclude(tally, self.rules, self.settings, name)

    def count_allowed(self, tally: Tally, name: str = "") -> dict[str, int]:
        """Identifier id -> occurrences in the whole object `name` that would be reported if they were not allowed."""
        return count_allowed(tally, self.rules, self.settings, name)


def _expressions(rules: Iterable[Rule]) -> Iterator[Expression]:
    """All regexes that a detector may need."""
    yield from (expression_of(rule.pattern) for rule in rules)
    yield from map(phrase_expression, {rule.identifier.not_names for rule in rules} - {()})


def _add_prose(recorder: Recorder, member: Member, columns: Iterable[ColumnSegment], finder: ProseFinder | None) -> None:
    if finder is None:
        return
    for column in columns:
        recorder.add_cells(member, column, find_in_cells(column, finder))


def _finish(recorder: Recorder, member: Member, scan: TextScan | None) -> None:
    if scan is not None:
        recorder.add_text(member, scan.finish())
        recorder.add_text_shapes(member, scan.shapes)
