"""Why two plans differ: what is said of it, however it was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from optimizer.scenario.edits import Edit

#: The first reason: days have passed, and the horizon reaches as many days further; the last: whole numbers and search.
TIME, REST = "time", "rest"
#: Where the cause of a line was found, the nearest first: its SKU on its lane in its period; on its lane; at its
#: destination; anywhere. `ONLY`: nowhere, but one input alone has changed.
LINE, LANE, PLACE, SKU, ONLY = "line", "lane", "place", "sku", "only"


@dataclass(frozen=True)
class Cause:
    """The reason of a row of a diff, and at which level it was found ("": `REST`)."""

    reason: str = REST
    level: str = ""


@dataclass(frozen=True)
class Why:
    """`inputs`: what has changed in each group of inputs, groups without a change left out. `parts`: reason (`TIME`,
    groups, several joined by "+" where they were not told apart, `REST`) and money, in the order in which inputs were
    replaced; they add up to the difference of the total costs; None where they were not found. `lines`, `lost`: the
    cause of each row of `Diff.lines` and `Diff.lost`; empty where they were not found.
    """

    inputs: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    parts: pd.DataFrame | None = None
    lines: tuple[Cause, ...] = ()
    lost: tuple[Cause, ...] = ()
