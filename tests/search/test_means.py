"""A search may use a cluster and the prices of another plan, and leaves its own."""

from __future__ import annotations

import os
import signal
import threading

import numpy as np
import pandas as pd
import pytest

from optimizer.errors import UsageError
from optimizer.search.means import Means
from optimizer.search.stored import PRICE_COLUMNS
from optimizer.search.stored_start import Start, start_of
from optimizer.solve import plan
from optimizer.solvers.solver import Limits
from tests.decomposition.parts import catalogue, relaxed_optimum
from tests.decomposition.test_cluster import cluster, wait_for  # noqa: F401

SHORT = Limits(seconds=12, threads=1)


def by_prices(limits: Limits = SHORT, gap: float = 0.0, **means):
    """A verified plan of twelve SKUs, and the tables of prices that were kept."""
    kept: list[pd.DataFrame] = []
    return plan(catalogue(1, 12), method="prices", limits=limits, gap=gap, means=Means(keep=kept.append, **means)), kept


@pytest.fixture(scope="module")
def last_night():
    """A plan without a start, and the table of its prices."""
    found, (table,) = by_prices()
    return found, table


@pytest.mark.slow
def test_a_search_by_prices_leaves_the_prices_that_the_next_one_begins_with(last_night):
    first, table = last_night
    assert tuple(table.columns) == PRICE_COLUMNS and np.isfinite(table["price"]).all() and table["price"].any()
    second, (again,) = by_prices(start=start_of(first, table))
    assert second.bound >= first.bound - 1e-6 * abs(first.bound)
    assert second.bound <= first.total_cost and first.bound <= second.total_cost
    assert len(again) == len(table)


@pytest.mark.slow
@pytest.mark.parametrize("price", [np.inf, -1e4, 1e4, "dear"])
def test_a_plan_from_any_prices_is_verified_and_above_a_bound_that_is_one(last_night, price):
    table = last_night[1]
    nothing = pd.DataFrame(columns=["lane", "sku", "departs_on", "units"])
    found, _ = by_prices(gap=0.25, start=Start(table.astype({"price": object}).assign(price=price), nothing))
    assert -np.inf < found.bound <= found.total_cost


def test_a_cluster_that_cannot_be_used_is_told_before_anything_is_sent():
    with pytest.raises(UsageError, match="is no address of a cluster"):
        by_prices(cluster="nowhere")


@pytest.mark.slow
def test_a_plan_is_made_on_a_cluster_whichever_worker_dies(cluster):  # noqa: F811
    wait_for(cluster, 2)
    killed: list[int] = []

    def kill_one() -> None:
        from distributed import Client

        with Client(cluster, set_as_default=False) as client:
            victim = next(iter(client.run(os.getpid).values()))
        killed.append(victim)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Timer(3.0, kill_one)
    killer.start()
    found, _ = by_prices(Limits(seconds=25, threads=1), cluster=cluster)
    killer.join()
    assert killed
    assert -np.inf < found.bound <= found.total_cost
    assert found.bound > relaxed_optimum(1, 12) - 0.05 * abs(relaxed_optimum(1, 12))
