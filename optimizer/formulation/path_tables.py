"""Plan tables over sample paths: what is expected, and what moves on each path."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from optimizer.network.network import Network

#: Tables of which every path has its own rows.
BY_PATH = ("deliver", "lost", "on_hand", "aged", "target_shortfall", "end_cover")


def over_paths(
    net: Network, tables: Mapping[str, pd.DataFrame], columns: Mapping[str, tuple[str, ...]]
) -> dict[str, pd.DataFrame]:
    """The tables (a row for each variable, in order) as those of what is expected, with those of each path."""
    paths = {
        "deliver": net.deliveries,
        "lost": net.wants,
        "on_hand": net.stock,
        "aged": net.ageing,
        "target_shortfall": net.targets,
        "end_cover": net.cover.keys,
    }
    numbers = net.ground.scenario["paths"]["path"].to_numpy()
    placed = {name: paths[name]["path"].to_numpy(dtype=np.int64) for name in BY_PATH}
    mean = {
        name: _mean(tables[name], net.weights[placed[name]], [key for key in columns[name] if key != "units"])
        for name in BY_PATH
    }
    later = (net.shipments["committed"] == 0).to_numpy()
    ship = tables["ship"]
    rest = _mean(ship[later], net.shipments["chance"].to_numpy()[later], ["lane", "sku", "period"])
    mean["ship"] = pd.concat([ship[~later], rest.assign(cases=np.nan)], ignore_index=True)
    by_path = {
        "path_ship": ship[later].assign(path=numbers[net.shipments["path"].to_numpy()[later]]),
        **{f"path_{name}": tables[name].assign(path=numbers[placed[name]]) for name in ("deliver", "end_cover")},
    }
    return {**tables, **mean, **by_path}


def _mean(table: pd.DataFrame, chance: np.ndarray, keys: list[str]) -> pd.DataFrame:
    weighed = table[keys].assign(units=table["units"].to_numpy() * chance)
    return weighed.groupby(keys, sort=False, as_index=False)["units"].sum()
