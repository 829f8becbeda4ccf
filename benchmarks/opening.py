"""How long a page takes to open in Chromium."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.report.browser import chromium


def opened(page: Path) -> dict[str, Any]:
    """Seconds until the page shows its first table (`opens`), and those that its thread worked (`works`); nothing where
    there is no browser.
    """
    try:
        with chromium() as browser:
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            session = tab.context.new_cdp_session(tab)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            begun = time.perf_counter()
            tab.goto(page.as_uri())
            tab.wait_for_selector("#leaving-table tbody tr", timeout=120_000)
            opens = time.perf_counter() - begun
            told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
            return {"opens": opens, "works": told["TaskDuration"]}
    except pytest.skip.Exception as gone:
        return {"not_opened": str(gone)}
