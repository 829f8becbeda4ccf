"""An explanation as plain values, for JSON."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from optimizer.studies.explain import text
from optimizer.studies.explain.explain import Explanation
from optimizer.studies.explain.resolve import Found
from optimizer.studies.explain.rules import Worth
from optimizer.studies.explain.undone import Cure, Undone
from optimizer.studies.explain.ways import Way


def document(told: Explanation, language: str = "en") -> dict[str, Any]:
    """All that an explanation says; dates are texts such as 2026-01-31, numbers that do not exist are None. `language`
    is that of the sentences.
    """
    obstacle = told.obstacle
    found = {
        "scenario": told.scenario,
        "currency": told.currency,
        "total_cost": told.total_cost,
        "gap": told.gap,
        "line": {**asdict(told.asked), "units": told.units, **told.trip},
        "aboard": None if told.aboard is None else {**asdict(told.aboard), "charged": told.aboard.charged},
        "paths": told.paths,
        "settled": told.settled,
        "says": [
            text.line(told, language),
            *text.goods(told, language),
            *text.paths(told, language),
            *text.verdict(told, language),
        ],
        "impossible": None if obstacle is None else {"reason": obstacle.reason, **obstacle.names},
        "spare": told.spare,
        "ways": [_way(way, language) for way in told.ways],
        "undone": [_undone(rest, language) for rest in told.undone],
        "worth": [_worth(worth, language) for worth in told.rules],
    }
    return {name: plain(value) for name, value in found.items()}


def _way(way: Way, language: str) -> dict[str, Any]:
    return {
        "kind": way.kind, "says": text.way(way, language), **way.names, **_found(way.found),
        "changes": way.changes,
    }  # fmt: skip


def _found(found: Found) -> dict[str, Any]:
    return {
        "status": found.status, "difference": found.difference, "proven_least": found.least,
        "proven_most": found.most, "lines": found.lines,
    }  # fmt: skip


def _undone(rest: Undone, language: str) -> dict[str, Any]:
    cures = zip(rest.cures, text.cures(rest, language), strict=True)
    return {
        "what": rest.what, "amount": rest.amount, "money": rest.money, "least": rest.least,
        "says": text.left(rest, language), "put_right": _found(rest.forced),
        "blame": [cure.rule for cure in rest.cures], "cures": [_cure(cure, says) for cure, says in cures],
    }  # fmt: skip


def _cure(cure: Cure, says: str) -> dict[str, Any]:
    return {"rule": cure.rule, "says": says, **cure.names, "less_undone": cure.units, "saved": cure.saved,
            "price": cure.price}  # fmt: skip


def _worth(worth: Worth, language: str) -> dict[str, Any]:
    return {
        "rule": worth.rule, "says": text.worth(worth, language), **worth.names, "amount": worth.amount,
        "unit": worth.unit, "money": None if worth.open else worth.money, "each": None if worth.open else worth.each,
        "how": "not found out" if worth.open else worth.how, "price_to_all": worth.price,
    }  # fmt: skip


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.integer):
        return int(value)
    return value if value is None or isinstance(value, bool | int) else str(value)
