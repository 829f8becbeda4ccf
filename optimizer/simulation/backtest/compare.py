"""Policies side by side: means of their runs, and paired differences with their intervals, as plain values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from optimizer.simulation.backtest.differences import Difference, difference
from optimizer.simulation.backtest.run import Run

#: The policy that knows the future: the measure of regret, and no rule to compete with.
CLAIRVOYANT = "clairvoyant"
#: The rule in use today.
RULE = "erp-rule"


def compared(runs: Iterable[Run], policies: Sequence[str], against: str | None = None) -> dict[str, Any]:
    """What the policies come to on the pairs (block of SKUs, seed of delays) that all of them have been through.

    `policies`: means over the pairs, of ratios the ratio of sums. `differences`: each policy less `against` (the rule
    in use where it is there, else the first policy), of total cost as a share of the other's mission cost, of fill rate
    in points, of mismatched units as a share of the other's. `regret`: total cost above what no policy can go below
    (the proven bound of the clairvoyant's plan, which its own plan does not reach either), as a share of the mission
    cost of `against`; None without a clairvoyant, or where one of its runs has no bound. `missed`: weeks of all
    runs for which a policy found no plan.
    """
    table = _Table(runs, policies)
    against = against or (RULE if RULE in policies else policies[0])
    return {
        "pairs": len(table.pairs),
        "blocks": len(set(table.blocks)),
        "against": against,
        "policies": [_policy(name, table) for name in policies],
        "differences": [_against(name, against, table) for name in policies if name != against],
        "regret": _regrets(policies, against, table) if CLAIRVOYANT in policies else None,
        "weeks_by_policy": {name: _weeks(table[name]) for name in policies},
    }


def best_rule(document: Mapping[str, Any], rules: Iterable[str]) -> str | None:
    """The rule with the least mean total cost among some, None where none of them is there."""
    costs = {one["policy"]: one["total_cost"] for one in document["policies"] if one["policy"] in set(rules)}
    return min(costs, key=lambda name: costs[name]) if costs else None


def paired(runs: Iterable[Run], policies: Sequence[str], name: str, other: str) -> dict[str, Any]:
    """How one policy differs from another on the pairs that all `policies` have been through."""
    return _against(name, other, _Table(runs, policies))


def common_pairs(runs: Iterable[Run], policies: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of block and seed that all policies have been through."""
    found: dict[str, set[tuple[int, int]]] = {name: set() for name in policies}
    for run in runs:
        if run.key.policy in found:
            found[run.key.policy].add((run.key.block, run.key.seed))
    return sorted(set.intersection(*found.values()))


class _Table:
    """Runs by policy, in the same order of pairs for each."""

    def __init__(self, runs: Iterable[Run], policies: Sequence[str]) -> None:
        kept = [run for run in runs if run.key.policy in policies]
        self.pairs = common_pairs(kept, policies)
        if not self.pairs:
            raise ValueError("there is no pair of block and seed that all policies have been through")
        self.blocks = [block for block, _ in self.pairs]
        found = {(run.key.policy, run.key.block, run.key.seed): run for run in kept}
        self._runs = {name: [found[name, *pair] for pair in self.pairs] for name in policies}

    def __getitem__(self, policy: str) -> list[Run]:
        return self._runs[policy]

    def figures(self, policy: str, name: str) -> np.ndarray:
        return np.array([run[name] for run in self[policy]], dtype=float)


def _policy(name: str, table: _Table) -> dict[str, Any]:
    runs = table[name]

    def mean(figure: str) -> float:
        return float(table.figures(name, figure).mean())

    demand = float(table.figures(name, "demand").sum())
    seconds = np.concatenate([np.asarray(run["decide_seconds"], dtype=float) for run in runs])
    return {
        "policy": name,
        **{figure: mean(figure) for figure in ("total_cost", "mission_cost", "demand", "lost", "mismatched_units",
                                               "cleared", "end_units", "end_value")},
        "costs": _means([run["costs"] for run in runs]),
        "fill_rate": 1.0 - float(table.figures(name, "lost").sum()) / demand if demand > 0 else 1.0,
        "mismatch": float(table.figures(name, "mismatched_units").sum()) / demand if demand > 0 else 0.0,
        "aged_units": _means([run["aged_units"] for run in runs]),
        "freight_by_mode": _means([run["freight_by_mode"] for run in runs]),
        "missed": int(table.figures(name, "missed").sum()),
        "seconds_a_week": float(seconds.mean()) if len(seconds) else 0.0,
    }  # fmt: skip


def _means(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Mean of each entry over the runs; one that a run does not have is nothing there."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: sum(part.get(name, 0.0) for part in parts) / len(parts) for name in names}


def _against(name: str, other: str, table: _Table) -> dict[str, Any]:
    def told(figure: str, base: np.ndarray) -> dict[str, Any]:
        return plain(difference(table.figures(name, figure), table.figures(other, figure), base, table.blocks))

    demand = table.figures(other, "demand")
    lost = told("lost", demand)
    return {
        "policy": name,
        "against": other,
        "total_cost": told("total_cost", table.figures(other, "mission_cost")),
        "fill_rate": _negative(lost),
        "mismatched_units": told("mismatched_units", table.figures(other, "mismatched_units")),
    }


def _regrets(policies: Sequence[str], against: str, table: _Table) -> list[dict[str, Any]] | None:
    if any(run["bound"] is None for run in table[CLAIRVOYANT]):
        return None
    base, least = table.figures(against, "mission_cost"), table.figures(CLAIRVOYANT, "bound")
    return [
        {"policy": name, **plain(difference(table.figures(name, "total_cost"), least, base, table.blocks))}
        for name in policies
    ]


def _weeks(runs: Sequence[Run]) -> dict[str, Any]:
    """Mean by week of cost (all lines together), fill rate, and units on hand."""
    cost = [np.sum(list(run["by_week"].values()), axis=0) for run in runs]
    return {
        "cost": np.mean(cost, axis=0).tolist(),
        "fill_rate": np.mean([run["fill_by_week"] for run in runs], axis=0).tolist(),
        "stock": np.mean([run["stock_by_week"] for run in runs], axis=0).tolist(),
    }


def plain(found: Difference) -> dict[str, Any]:
    """A difference as plain values; None where there is no share or interval."""
    return {
        "mean": found.mean,
        "share": found.share if math.isfinite(found.share) else None,
        "interval": list(found.interval) if found.interval else None,
        "by_t": list(found.by_t) if found.by_t else None,
        "by_bootstrap": list(found.by_bootstrap) if found.by_bootstrap else None,
        "certain": found.certain,
        "pairs": found.pairs,
        "blocks": found.blocks,
    }


def _negative(told: dict[str, Any]) -> dict[str, Any]:
    """The same difference of the opposite."""
    turned = {name: [-high, -low] for name in ("interval", "by_t", "by_bootstrap") if told[name]
              for low, high in [told[name]]}  # fmt: skip
    return {**told, **turned, "mean": -told["mean"], "share": None if told["share"] is None else -told["share"]}
