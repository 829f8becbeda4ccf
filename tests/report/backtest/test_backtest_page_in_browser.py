"""The page of a back-test in a real browser: its charts are drawn, and names are shown as they are."""

import pytest

from optimizer.report.backtest.html import page
from tests.report.backtest.documents import document
from tests.report.browser import Visit, chromium

HOSTILE = "</script><img src=x onerror=alert(1)>"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_charts_are_drawn_and_nothing_is_asked_of_the_network(browser, tmp_path, language):
    file = tmp_path / "page.html"
    file.write_text(page(document(HOSTILE), language), encoding="utf-8")
    visit = Visit(browser, file)
    drawn = visit.tab.evaluate(
        "[...document.querySelectorAll('.chart')].map((one) => [one.id, !!one.querySelector('path')])"
    )
    assert sorted(drawn) == [[name, True] for name in ("costs", "difference", "fill", "modes", "stock", "weeks")]
    assert HOSTILE in visit.tab.locator("h1").inner_text()
    assert visit.errors == [] and [url for url in visit.asked if not url.startswith("file:")] == []
    visit.tab.close()
