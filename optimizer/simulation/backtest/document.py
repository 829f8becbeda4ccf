"""What a back-test found, as one document of plain values: for the text, the page, the tables and other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.errors import Problem
from optimizer.forecast.weeks import WEEK
from optimizer.simulation.backtest.backtest import Backtest
from optimizer.simulation.backtest.compare import CLAIRVOYANT, best_rule, compared, paired
from optimizer.simulation.backtest.policies import RULES


def document(made: Backtest, name: str, against: str | None = None, odd: Sequence[Problem] = ()) -> dict[str, Any]:
    """The policies side by side; `others`: policies that are no rules against the best rule but `against`; `remarks`:
    what was `odd` in the past and in the weeks replayed (`simulation.remarks`).

    Raises ValueError where there is no pair of block and seed that all policies have been through.
    """
    request, names = made.request, list(made.request.policies)
    told = compared(made.runs, names, against)
    best = best_rule(told, [rule for rule in RULES if rule != told["against"]])
    ours = [policy for policy in names if policy not in RULES and policy not in (CLAIRVOYANT, told["against"])]
    last = made.first + dt.timedelta(days=WEEK * request.weeks - 1)
    return {
        "scenario": name,
        "currency": made.blocks[0].settings.currency,
        "first_day": str(made.first),
        "last_day": str(last),
        "weeks": request.weeks,
        "after": request.after,
        "tuning_weeks": request.tuning_weeks,
        "skus": sum(len(block["skus"]) for block in made.blocks),
        "runs": request.runs,
        "seed": request.seed,
        "names": names,
        "done": len(made.runs),
        "asked": len(request.keys(len(made.blocks))),
        "guessed": sum(made.guessed) / len(made.guessed),
        "remarks": [one.as_dict() for one in odd],
        "tuned": _tuned(made),
        "untuned": not request.tuning_weeks and any(name in RULES for name in names),
        "others": [paired(made.runs, names, policy, best) for policy in ours] if best else [],
        "best_rule": best,
        **told,
    }


def run_rows(made: Backtest) -> list[dict[str, Any]]:
    """Every run: policy, block, seed, figures."""
    return [
        {"policy": run.key.policy, "block": run.key.block, "seed": run.key.seed, "figures": dict(run.figures)}
        for run in made.runs
    ]


def _tuned(made: Backtest) -> Mapping[str, list[dict[str, Any]]]:
    """Settings of each tuned policy, in the order of the blocks."""
    found: dict[str, list[dict[str, Any]]] = {}
    for (policy, _), settings in sorted(made.tuned.items(), key=lambda entry: entry[0][1]):
        found.setdefault(policy, []).append(dict(settings))
    return found
