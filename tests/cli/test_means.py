"""`optimizer plan --cluster` and `--start-from`: what they hand over, what they refuse, and what a plan leaves."""

from __future__ import annotations

import shutil
import socket
import sys

import pandas as pd
import pytest

from optimizer import solve
from optimizer.decomposition import cluster_link
from optimizer.errors import NoPlan
from optimizer.plan.folder import read_plan
from optimizer.plan.verify import verify
from optimizer.search.stored_folder import PRICES, read_prices, read_start
from tests.cli.running import process


@pytest.fixture
def means(ran, shop, monkeypatch):
    """Tells what a search is given."""

    def told(*options):
        given = []

        def listens(scenario, **more):
            given.append(more["means"])
            raise NoPlan("It was not looked for.")

        with monkeypatch.context() as instead:
            instead.setattr(solve, "plan", listens)
            ran("plan", shop, "--quiet", *options).assert_told(4)
        return given[0]

    return told


@pytest.fixture(scope="module")
def priced(shop, tmp_path_factory):
    """The folder of a plan of the shop that was searched at prices; to be read only."""
    folder = tmp_path_factory.mktemp("priced") / "plan"
    done = process("plan", shop, "--quiet", "--method", "prices", "--threads", 1, "--seconds", 10, "--out", folder)
    assert done.code == 0, done
    return folder


def test_without_options_a_search_is_alone(means):
    given = means()
    assert (given.cluster, given.start) == (None, None)


def test_the_address_comes_from_the_option_or_the_environment(means, monkeypatch):
    assert means("--cluster", "tcp://10.0.0.7:8786").cluster == "tcp://10.0.0.7:8786"
    monkeypatch.setenv("OPTIMIZER_CLUSTER", "tls://[::1]:8786")
    assert means().cluster == "tls://[::1]:8786"
    assert means("--cluster", "tcp://host:1").cluster == "tcp://host:1"
    monkeypatch.setenv("OPTIMIZER_CLUSTER", "")
    assert means().cluster is None


@pytest.mark.parametrize("address", ["", "host:8786", "tcp://host", "http://host:8787/status"])
def test_what_is_no_address_is_wrong_use(ran, shop, address):
    ran("plan", shop, "--cluster", address).assert_told(2, "is no address: write tcp://HOST:PORT")


def test_a_cluster_cannot_help_the_whole_program(ran, shop):
    done = ran("plan", shop, "--cluster", "tcp://host:8786", "--method", "whole")
    done.assert_told(2, "A cluster can only share a search at prices")


def test_a_cluster_that_is_not_there_is_told_in_one_line(ran, shop, monkeypatch):
    monkeypatch.setattr(cluster_link, "CONNECT_SECONDS", 0.5)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
        done = ran("plan", shop, "--quiet", "--method", "prices", "--cluster", address)
    done.assert_told(2, f"No Dask scheduler answers at {address}: start one")
    assert done.err.count("\n") == 1


def test_dask_that_is_not_installed_is_told_in_one_line(ran, shop, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = ran("plan", shop, "--quiet", "--method", "prices", "--cluster", "tcp://127.0.0.1:1")
    done.assert_told(2, "--cluster needs Dask, which is not installed: pip install")
    assert done.err.count("\n") == 1


def test_a_plan_at_prices_leaves_them_in_its_folder(priced, shop):
    table = read_prices(priced / PRICES)
    assert read_plan(priced).scenario.settings.name == "toy"
    assert len(read_start(priced).prices) == len(table)


def test_the_next_search_begins_with_what_the_last_one_left(means, priced):
    start = means("--start-from", priced).start
    known = read_start(priced)
    assert start.prices.equals(known.prices)
    assert start.shipped.equals(known.shipped) and start.shipped["units"].sum() > 0


def test_a_plan_may_replace_the_one_that_it_starts_from(ran, shop, priced, tmp_path):
    plan = shutil.copytree(priced, tmp_path / "plan")
    before = read_plan(plan).total_cost
    words = ("plan", shop, "--quiet", "--threads", 1, "--seconds", 10, "--start-from", plan, "--out", plan)
    assert ran(*words, "--method", "prices").code == 0
    assert read_plan(plan).total_cost == pytest.approx(before)
    assert (plan / PRICES).is_file()


def test_a_plan_of_the_whole_program_can_be_started_from(means, made):
    start = means("--start-from", made).start
    assert len(start.prices) == 0 and len(start.shipped) == len(read_plan(made)["ship"])


@pytest.mark.parametrize(
    ("place", "code", "says"),
    [("nowhere", 3, "this is no plan folder"), ("shop", 3, "this is no plan folder"), (" ", 2, "the path is empty")],
)
def test_what_is_no_plan_folder_is_refused_before_anything_is_read(ran, shop, tmp_path, place, code, says):
    place = {"nowhere": tmp_path / "nowhere", "shop": shop}.get(place, place)
    done = ran("plan", tmp_path / "no scenario", "--start-from", place, "--out", tmp_path / "plan")
    done.assert_told(code, says)
    assert not (tmp_path / "plan").exists()


def test_prices_that_were_changed_by_hand_are_refused(ran, shop, priced, tmp_path):
    plan = shutil.copytree(priced, tmp_path / "plan")
    (plan / PRICES).write_text("constraint,price\nstorage,1\n")
    ran("plan", shop, "--start-from", plan).assert_told(3, "prices.csv", "was changed after the plan was made")


def test_a_plan_tells_what_each_sku_costs_and_at_least(priced):
    told = pd.read_csv(priced / "sku_bounds.csv")
    assert list(told.columns) == ["sku", "value", "bound"]
    assert sorted(told["sku"]) == sorted(read_plan(priced).scenario["skus"]["sku"])
    assert (told["value"] >= told["bound"] - 1e-6 * told["bound"].abs()).all()
    assert not verify(read_plan(priced))
