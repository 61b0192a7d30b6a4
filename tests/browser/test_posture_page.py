"""The posture report in a real browser."""

from pathlib import Path

import pytest

from scanner.reports.html.posture_page import write_posture_page
from tests.acceptance.sink_suite import HOSTILE
from tests.browser.axe import grave_faults
from tests.browser.chromium import Chromium
from tests.browser.test_report_page import click, said
from tests.reports.test_posture_page import FAULT, MADE, OPEN, bucket

pytestmark = pytest.mark.system


@pytest.fixture
def page(browser: Chromium, tmp_path: Path) -> Chromium:
    hostile = [bucket(text, findings=[dict.fromkeys(FAULT, text)]) for text in HOSTILE]
    with (tmp_path / "posture.html").open("wb") as file:
        write_posture_page(file, [OPEN, *(bucket(f"logs-{number}") for number in range(100)), *hostile], None, {"complete": True}, MADE)
    browser.look(1280, 900)
    browser.open(tmp_path / "posture.html")
    return browser


def test_it_lists_buckets_and_complains_of_nothing(page: Chromium) -> None:
    assert said(page, "bucket-matching") == f"1 to 50 of {101 + len(HOSTILE)} buckets"
    click(page, "#bucket-list .head")
    inside = str(page.run("document.querySelector('#bucket-list .inside').innerText"))
    assert "What to do: close it" in inside
    assert page.complaints == []
    assert len(page.requests) == 1


def test_a_cell_of_the_matrix_shows_its_buckets(page: Chromium) -> None:
    click(page, ".matrix .cell.bad.heat-high a")
    assert said(page, "bucket-matching") == f"1 bucket, of {101 + len(HOSTILE)} listed"
    assert page.run("document.querySelector('#bucket-list bdi').textContent") == "photos"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(page: Chromium, scheme: str) -> None:
    page.look(1280, 900, scheme=scheme)
    click(page, "#bucket-list .head")
    assert grave_faults(page) == []
