"""The linking part with orders and containers that are booked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from optimizer.algebra.program import Program
from optimizer.decomposition.master import Linking
from optimizer.network.network import Network
from optimizer.search.link_rows import LinkRows


@dataclass(frozen=True)
class Booked:
    """The linking part with whole containers and orders fixed, prices for what is then left to decide, and the linking
    rows that are closed (links,).
    """

    linking: Linking
    prices: np.ndarray
    closed: np.ndarray


def fixed(
    net: Network, program: Program, linking: Linking, rows: LinkRows, containers: np.ndarray, orders: np.ndarray,
    loose: bool,
) -> tuple[Linking, np.ndarray]:  # fmt: skip
    """The linking part with so many supplier orders and `containers` (one of each column), or any number of these where
    there are some if `loose`; and the linking rows (links,) that nobody can use then.
    """
    form, columns = linking.form, program.columns
    lower, upper = form.lower.copy(), form.upper.copy()
    for name, values in (("containers", containers), ("supplier_orders", orders)):
        lower[columns[name]] = upper[columns[name]] = values
    if loose:
        some = np.where(containers > 0, form.upper[columns["containers"]], 0.0)
        lower[columns["containers"]], upper[columns["containers"]] = form.lower[columns["containers"]], some
    sailings = net.loads["sailing"].drop_duplicates().to_numpy()
    booked = np.bincount(net.loads["sailing"], containers, minlength=len(net.sailings))[sailings]
    closed = np.zeros(len(linking.links), dtype=bool)
    closed[rows.of("container_volume")[booked == 0]] = True
    closed[rows.of("supplier_minimum_placed")[orders == 0]] = True
    return replace(linking, form=replace(form, lower=lower, upper=upper)), closed
