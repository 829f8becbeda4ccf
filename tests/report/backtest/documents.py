"""The document of a back-test with figures that can be added up by hand."""

from typing import Any

from optimizer.simulation.backtest.compare import compared, paired
from tests.simulation.backtest.figures import run, two_policies

NAMES = ("our-plan", "erp-rule", "base-stock", "clairvoyant")


def runs() -> list[Any]:
    """Our plan costs 30 less than the ERP rule, and 10 less than base stock."""
    pairs = [(block, seed) for block in (0, 1) for seed in (1, 2)]
    return [*two_policies(), *(run("base-stock", block, seed, total_cost=280.0) for block, seed in pairs)]


def document(name: str = "my shop", **changed: Any) -> dict[str, Any]:
    """Two weeks of 2026 of two blocks with two draws of delays."""
    told = compared(runs(), NAMES)
    return {
        "scenario": name, "currency": "USD", "first_day": "2026-05-18", "last_day": "2026-05-31", "weeks": 2,
        "after": 0, "tuning_weeks": 6, "skus": 40, "runs": 2, "seed": 1, "names": list(NAMES), "done": 16, "asked": 16,
        "guessed": 0.0, "untuned": False, "remarks": [],
        "tuned": {"erp-rule": [{"abroad_days": 21.0, "weights": [0.5, 0.3, 0.2]}, {"abroad_days": 7.0}]},
        "others": [paired(runs(), NAMES, "our-plan", "base-stock")], "best_rule": "base-stock", **told, **changed,
    }  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """The runs as the files take them."""
    return [{"policy": one.key.policy, "block": one.key.block, "seed": one.key.seed, "figures": dict(one.figures)}
            for one in runs()]  # fmt: skip
