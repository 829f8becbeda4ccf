"""Features: what was planned before."""

from __future__ import annotations

import numpy as np

from tests.oracle.draft import Draft, date


def last_plan(draft: Draft, random: np.random.Generator) -> None:
    """The last plan ships on both lanes, and each unit more or less has a price."""
    draft.settings |= {"change_rate": float(random.uniform(0.02, 0.5)), "change_days": int(random.integers(5, 25))}
    for sku in ("A", "B"):
        for lane in ("buy", "sea"):
            for day in (0, 3, 7, 16, 40):
                if random.random() < 0.6:
                    row = {"lane": lane, "sku": sku, "departs_on": date(day), "units": float(random.integers(0, 9))}
                    draft.add("last_plan", row)


#: In the order in which they are applied.
FEATURES = (last_plan,)
