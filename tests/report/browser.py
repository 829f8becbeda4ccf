"""A real Chromium for the tests of the page; without one they are skipped, unless the environment demands it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

#: Set to "required" where a missing browser must fail the tests, as in the continuous check.
DEMAND = "OPTIMIZER_TEST_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser of the machine, driven by Playwright."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("the package playwright is not installed: pip install '.[e2e]'")
    if path is None:
        _missing("Chromium is not installed: apt-get install chromium fonts-wqy-microhei")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def _missing(what: str) -> None:
    if os.environ.get(DEMAND) == "required":
        pytest.fail(f"{what}; {DEMAND}=required")
    pytest.skip(what)


class Visit:
    """A page that is open: what it said on its console, and what it asked the network for."""

    def __init__(self, browser: Any, file: Path) -> None:
        self.tab = browser.new_page(viewport={"width": 1440, "height": 900})
        self.errors: list[str] = []
        self.asked: list[str] = []
        self.tab.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.goto(file.resolve().as_uri())
        self.tab.wait_for_selector("body[data-ready]", timeout=60_000)

    def choose(self, sku: str | None = None, place: str | None = None, week: int | None = None) -> None:
        """Set filters as a person does: type a SKU, pick a warehouse by its name, a week by its number."""
        if sku is not None:
            self.tab.fill("#sku", sku)
            self.tab.press("#sku", "Enter")
        if place is not None:
            self.tab.select_option("#place", label=place)
        if week is not None:
            self.tab.select_option("#week", value=str(week))

    def text(self, selector: str) -> str:
        """The text of an element, scrolled into view so that it is drawn."""
        return self.see(selector).inner_text()

    def see(self, selector: str) -> Any:
        """An element, scrolled into view; its section is drawn by then."""
        found = self.tab.locator(selector).first
        found.scroll_into_view_if_needed()
        self.tab.wait_for_timeout(150)
        return found

    def rows(self, section: str) -> list[list[str]]:
        """The body of the table of a section, all of it."""
        self.tab.wait_for_selector(f"#{section}-table", state="attached")
        self.tab.eval_on_selector(f"#{section}-table", "host => host.closest('section').scrollIntoView()")
        self.tab.wait_for_selector(f"#{section}-table table, #{section}-table p", state="attached")
        self.tab.wait_for_timeout(150)
        while self.tab.locator(f"#{section}-table .more").count():
            self.tab.locator(f"#{section}-table .more").click()
        return self._cells(f"#{section}-table tbody tr")

    def heads(self, section: str) -> list[str]:
        """The headings of the table of a section."""
        return self._cells(f"#{section}-table thead tr")[0]

    def totals(self, section: str) -> dict[str, str]:
        """The totals of the table of a section, by heading."""
        self.rows(section)
        (foot,) = self._cells(f"#{section}-table tfoot tr")
        return {head: total for head, total in zip(self.heads(section), foot, strict=True) if total}

    def column(self, section: str, head: str) -> list[str]:
        """A column of the table of a section."""
        rows = self.rows(section)
        place = self.heads(section).index(head)
        return [row[place] for row in rows]

    def _cells(self, selector: str) -> list[list[str]]:
        return self.tab.eval_on_selector_all(
            selector, "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
        )
