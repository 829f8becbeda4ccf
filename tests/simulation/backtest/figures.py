"""Runs as a replay tells them, with figures that can be added up by hand."""

from typing import Any

from optimizer.simulation.backtest.run import Key, Run


def run(policy: str, block: int = 0, seed: int = 1, **changed: Any) -> Run:
    """Two weeks, 100 units wanted, a cost of 300 of which 100 is mission cost."""
    figures = {
        "total_cost": 300.0, "mission_cost": 100.0, "fill_rate": 0.9, "mismatch": 0.04,
        "demand": 100.0, "lost": 10.0, "mismatched_units": 4.0,
        "cleared": 2.0, "end_units": 20.0, "end_value": 50.0, "costs": {"purchase": 250.0, "duty": 50.0},
        "aged_units": {"90": 6.0, "180": 1.0, "365": 0.0}, "freight_by_mode": {"sea": 30.0},
        "by_week": {"purchase": [200.0, 50.0], "duty": [20.0, 30.0]}, "fill_by_week": [1.0, 0.8],
        "stock_by_week": [40.0, 30.0], "decide_seconds": [0.5, 1.5], "missed": 0, "bound": None,
    }  # fmt: skip
    return Run(Key(policy, block, seed), {**figures, **changed})


def two_policies() -> list[Run]:
    """The plan costs 30 less than the rule on two blocks of two seeds, give or take 3, and loses 4 units less."""
    runs = []
    for block in (0, 1):
        for seed in (1, 2):
            runs.append(run("erp-rule", block, seed))
            cost = 270.0 + (2.0 if seed == 1 else -2.0) + (1.0 if block else -1.0)
            runs.append(run("our-plan", block, seed, total_cost=cost, lost=6.0, mismatched_units=1.0,
                            freight_by_mode={"sea": 20.0, "air": 8.0}))  # fmt: skip
            runs.append(run("clairvoyant", block, seed, total_cost=250.0, bound=245.0, lost=0.0,
                            mismatched_units=0.0))  # fmt: skip
    return runs
