"""The report for pull requests and wikis."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scanner.model.outcome import Outcome, Reason, Status
from scanner.reports.markdown import code, plain
from tests.acceptance.sink_suite import HOSTILE, SinkSuite
from tests.reports.build import CARD, EMAIL, RUN, SSN, SUMMARY, detection, policy, result, stored


class TestMarkdownSuite(SinkSuite):
    format = "markdown"


RENDERER = MarkdownIt("gfm-like", {"linkify": False})
ACTIVE = [
    "| a |",
    "a\\|b",
    "`x`",
    "[x](http://e.example)",
    "![x](http://e.example)",
    "<img src=x>",
    "@everyone",
    "**b**",
    "http://e.example",
]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += [tag, *(name for name, _ in attrs if name != "style")]


def tags(markdown: str) -> set[str]:
    parser = Tags()
    parser.feed(RENDERER.render(markdown))
    return set(parser.tags)


def cells(markdown: str) -> list[int]:
    """The columns of each table row."""
    rendered = RENDERER.render(markdown)
    return [row.count("<td") for row in rendered.split("<tr>")[1:]]


def test_it_says_what_was_found_where_and_what_was_not_read() -> None:
    failed = result(of=stored("locked.pdf"), outcome=Outcome(Status.FAILED, Reason.ACCESS_DENIED))
    text = TestMarkdownSuite().written([result(detection(CARD, 2), detection(SSN, 1)), failed], summary=replace(SUMMARY, complete=False))
    assert "**1 object** with sensitive data: 1 high, 0 medium, 0 low." in text
    assert "| high | `CREDIT_CARD_NUMBER` | financial | 1 | 2 |" in text
    assert "| high | `/srv/data/people/customers.csv` | `CREDIT_CARD_NUMBER` 2, `USA_SOCIAL_SECURITY_NUMBER` 1 |" in text
    assert "| failed | access denied | 1 | `/srv/data/locked.pdf` |" in text
    assert "**Not everything was scanned:**" in text


def test_a_run_without_findings_says_so() -> None:
    text = TestMarkdownSuite().written([result()])
    assert "No sensitive data found in what was read." in text
    assert "##" not in text


def test_an_interrupted_run_says_so() -> None:
    text = TestMarkdownSuite().written([], summary=replace(SUMMARY, complete=False, interrupted=True))
    assert "**The run was interrupted:**" in text


def test_what_is_cut_is_counted() -> None:
    text = TestMarkdownSuite().written([result(detection(EMAIL, 1), of=stored(f"{number}")) for number in range(53)])
    assert "And 3 more rows." in text


def test_findings_on_buckets_come_worst_first() -> None:
    text = TestMarkdownSuite().written([], policies=[policy(severity="low"), policy(severity="critical", bucket="logs")])
    assert text.index("| critical | `logs` | everybody can read |") < text.index("| low | `photos` |")


@pytest.mark.parametrize("text", [*HOSTILE, *ACTIVE])
def test_nothing_from_outside_becomes_markup(text: str) -> None:
    name = text if "\ud83d" not in text else "plain"
    one = result(detection(SSN, 1), of=stored(f"a{name}", bucket=f"/srv/{name}"))
    failed = result(of=stored(f"b{name}"), outcome=Outcome(Status.FAILED, Reason.CRASH, text))
    written = TestMarkdownSuite().written([one, failed], run=replace(RUN, targets=(name,)), policies=[policy(text, bucket=f"x{text}")])
    assert tags(written) <= {"h1", "h2", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "code"}
    assert set(cells(written)) <= {0, 3, 4, 5}


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_code_span_is_one_code_span(text: str) -> None:
    assert tags(f"before {code(text)} after") <= {"p", "code"}
    assert cells(f"| a | b |\n| --- | --- |\n| {code(text)} | x |") == [0, 2]


def test_plain_words_stay_plain() -> None:
    assert plain("everybody can read") == "everybody can read"
    assert plain("see @you") == "`see @you`"
    assert plain("www.example.com") == "`www.example.com`"
