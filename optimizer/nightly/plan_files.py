"""The plan folder as commands write it: tables, inputs, workbook, summary, and what the search has left."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from optimizer.plan.folder import Extra, write_plan
from optimizer.report import workbook
from optimizer.report.briefing import Briefing
from optimizer.report.summary import summary
from optimizer.search.stored_folder import PRICES, write_prices

SUMMARY, WORKBOOK = "summary.txt", "plan.xlsx"
#: What each SKU costs in a plan and at least, of a plan that was searched for at prices.
SKU_BOUNDS = "sku_bounds.csv"


def write_plan_files(told: Briefing, folder: Path, language: str, kept: Mapping[str, pd.DataFrame]) -> None:
    """Write a plan folder with workbook and summary; `kept` holds what a search at prices leaves: `prices`, `skus`.

    Raises StoreError.
    """
    extras: dict[str, Extra] = {
        WORKBOOK: lambda file: workbook.write_workbook(told, file, language),
        SUMMARY: lambda file: _write_text(file, summary(told, language) + "\n"),
    }
    if "prices" in kept:
        extras[PRICES] = partial(write_prices, kept["prices"])
    if "skus" in kept:
        extras[SKU_BOUNDS] = lambda file: kept["skus"].to_csv(file, index=False)
    write_plan(told.plan, folder, extras, told.ledger, told.measures, told.views)


def _write_text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
