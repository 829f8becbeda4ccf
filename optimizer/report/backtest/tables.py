"""A back-test as tables for a spreadsheet: runs, differences, weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

#: Figures of a run that are single numbers, in the order of the columns.
SINGLE = ("total_cost", "mission_cost", "fill_rate", "mismatch", "demand", "lost", "mismatched_units", "cleared",
          "end_units", "end_value", "missed", "bound")  # fmt: skip


def runs_table(runs: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A row for each run: policy, block, seed, its figures, each cost line, and freight by mode."""
    rows = [
        {
            "policy": run["policy"],
            "block": run["block"],
            "seed": run["seed"],
            **{name: run["figures"][name] for name in SINGLE},
            **{f"aged_{days}_days": units for days, units in run["figures"]["aged_units"].items()},
            **{f"cost_{line}": amount for line, amount in run["figures"]["costs"].items()},
            **{f"freight_{mode}": amount for mode, amount in run["figures"]["freight_by_mode"].items()},
        }
        for run in runs
    ]
    table = pd.DataFrame(rows)
    freight = [name for name in table.columns if name.startswith("freight_")]
    return table.assign(**{name: table[name].fillna(0.0) for name in freight})


def differences_table(document: Mapping[str, Any]) -> pd.DataFrame:
    """A row for each pair of policies and figure: mean, share, ends of the interval, whether it is sure."""
    rows = [
        {
            "policy": one["policy"],
            "against": one["against"],
            "figure": figure,
            "mean": one[figure]["mean"],
            "share": one[figure]["share"],
            "low": (one[figure]["interval"] or [None, None])[0],
            "high": (one[figure]["interval"] or [None, None])[1],
            "sure": one[figure]["certain"],
            "pairs": one[figure]["pairs"],
            "blocks": one[figure]["blocks"],
        }
        for one in [*document["differences"], *document.get("others", [])]
        for figure in ("total_cost", "fill_rate", "mismatched_units")
    ]
    names = ["policy", "against", "figure", "mean", "share", "low", "high", "sure", "pairs", "blocks"]
    return pd.DataFrame(rows, columns=names)


def weeks_table(document: Mapping[str, Any]) -> pd.DataFrame:
    """A row for each policy and week: means of cost, fill rate and units on hand."""
    parts = [
        pd.DataFrame({"policy": name, "week": range(1, len(told["cost"]) + 1), **told})
        for name, told in document["weeks_by_policy"].items()
    ]
    return pd.concat(parts, ignore_index=True)
