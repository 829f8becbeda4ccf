"""What is held of the last plan where much of it can no longer be."""

from __future__ import annotations

import pandas as pd

from optimizer import solve
from optimizer.nightly import carry
from optimizer.plan.fence import Fence
from tests.formulation.toys import toy


def locks(*dates):
    rows = [{"lane": "sea", "sku": "A", "date": pd.Timestamp(date), "least": 5.0, "most": 5.0} for date in dates]
    return pd.DataFrame(rows).assign(note="last plan")


def test_of_many_shipments_that_cannot_be_held_none_stays_behind_and_none_that_can_be_is_lost(monkeypatch):
    # A check lists the first twenty rows that break a rule.
    late = [f"2030-01-{day:02d}" for day in range(1, 31)]
    known = Fence(locks(*late[:25], "2026-06-01", *late[25:]), pd.DataFrame({"held": []}))
    monkeypatch.setattr(carry, "fence", lambda *_: known)
    told = []
    scenario = carry.held(toy(frozen_days=7), pd.DataFrame(), told.append)
    assert [str(day.date()) for day in scenario["locks"]["date"]] == ["2026-06-01"]
    assert not solve.check(scenario)
    assert told == [
        "30 shipments of the plan in force can no longer be held: A on sea, 2030-01-01; A on sea, 2030-01-02; "
        "A on sea, 2030-01-03 and 27 more."
    ]
