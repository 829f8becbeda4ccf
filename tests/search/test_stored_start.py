"""What a plan leaves to the runs after it: shipments by date, prices in a file, and folders that are none."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from optimizer.errors import Refused, StoreError
from optimizer.plan.folder import read_plan, write_plan
from optimizer.plan.plan import Plan
from optimizer.scenario.departures import departures
from optimizer.search.stored import PRICE_COLUMNS
from optimizer.search.stored_folder import PRICES, read_prices, read_start, write_prices
from optimizer.search.stored_start import Start, shipments_from, start_of
from optimizer.solve import plan
from optimizer.solvers.solver import Limits
from tests.decomposition.parts import catalogue
from tests.formulation.toys import toy

ROWS = [
    ("storage_capacity", "", "US-W", "", "2026-11-30", -1.25),
    ("chargeable_weight", "CN-S>US-W air", "", "kg", "2026-12-07", 1 / 3),
    ("departure_used", "=1+1 lane", "", "", "2026-12-07", 0.0),
]
TABLE = pd.DataFrame(ROWS, columns=list(PRICE_COLUMNS)).assign(
    starts_on=lambda table: pd.to_datetime(table["starts_on"])
)


@pytest.fixture(scope="module")
def made() -> Plan:
    """The plan of a small catalogue."""
    return plan(catalogue(1), limits=Limits(seconds=20, threads=1), gap=0.05, method="whole")


@pytest.fixture(scope="module")
def written(made, tmp_path_factory) -> Path:
    """Its folder, with prices; to be read only."""
    folder = tmp_path_factory.mktemp("plan") / "plan"
    return write_plan(made, folder, {PRICES: lambda path: write_prices(TABLE, path)})


@pytest.fixture
def own(written, tmp_path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(written, tmp_path / "own"))


def later(scenario, days):
    settings = scenario.settings
    return replace(scenario, settings=replace(settings, starts_on=settings.starts_on + dt.timedelta(days=days)))


def named(rows, scenario):
    """Shipments with the names of their lanes."""
    return rows.assign(lane=scenario["lanes"]["lane"].to_numpy()[rows["lane"]])


def in_order(rows):
    return rows.sort_values(["lane", "sku", "period"], ignore_index=True)[["lane", "sku", "period", "units"]]


def test_the_same_scenario_gets_its_shipments_back(made):
    assert len(made["ship"]) > 10
    found = named(shipments_from(start_of(made), made.scenario), made.scenario)
    pd.testing.assert_frame_equal(in_order(found), in_order(made["ship"]), check_dtype=False)


@pytest.mark.parametrize("days", [1, 3, 7, 10])
def test_a_later_run_gets_each_shipment_in_the_period_that_holds_its_day(made, days):
    moved = later(made.scenario, days)
    found = named(shipments_from(start_of(made), moved), moved)
    begins = moved.calendar.starts
    sails = {(row.lane, row.departs_on) for row in departures(made.scenario).itertuples()}
    shipped = start_of(made).shipped
    ahead = shipped[shipped["departs_on"] >= pd.Timestamp(begins[0])]
    assert len(ahead)
    assert found["units"].sum() <= ahead["units"].sum() + 1e-9
    assert found["units"].sum() > 0.9 * ahead["units"].sum()
    days_of = [
        [day for lane, day in sails if lane == row.lane and 0 <= (day - pd.Timestamp(begins[row.period])).days < 7]
        for row in found.itertuples()
    ]
    assert all(days_of)


def test_shipments_of_two_days_go_together_where_they_fall_into_one_period():
    scenario = toy(periods=(7, 7, 7))
    days = pd.to_datetime(["2026-06-01", "2026-06-03", "2026-06-08"])
    start = Start(TABLE, pd.DataFrame({"lane": "sea", "sku": "A", "departs_on": days, "units": [3.0, 4.0, 5.0]}))
    found = shipments_from(start, scenario)
    assert found[["lane", "sku", "period", "units"]].values.tolist() == [[0, "A", 0, 7.0], [0, "A", 1, 5.0]]


@pytest.mark.parametrize(
    "change",
    [{"lane": "rail"}, {"sku": "B"}, {"departs_on": "2026-05-31"}, {"departs_on": "2026-06-22"}, {"units": np.nan},
     {"units": np.inf}, {"units": -1.0}],
    ids=str,
)  # fmt: skip
def test_shipments_that_cannot_be_are_left_out(change):
    row = {"lane": "sea", "sku": "A", "departs_on": "2026-06-01", "units": 3.0}
    shipped = pd.DataFrame([row, {**row, **change}]).assign(departs_on=lambda rows: pd.to_datetime(rows["departs_on"]))
    assert shipments_from(Start(TABLE, shipped), toy())["units"].tolist() == [3.0]


def test_a_lane_that_does_not_depart_then_carries_nothing():
    closed = [{"lane": "sea", "from": dt.date(2026, 6, 1), "until": dt.date(2026, 6, 7)}]
    shipped = pd.DataFrame({"lane": "sea", "sku": "A", "departs_on": pd.to_datetime(["2026-06-02"]), "units": [3.0]})
    assert len(shipments_from(Start(TABLE, shipped), toy())) == 1
    assert len(shipments_from(Start(TABLE, shipped), toy(closures=closed))) == 0


def test_prices_come_back_from_their_file_as_they_were(tmp_path):
    write_prices(TABLE, tmp_path / PRICES)
    found = read_prices(tmp_path / PRICES)
    assert tuple(found.columns) == PRICE_COLUMNS
    assert found["price"].astype(float).tolist() == TABLE["price"].tolist()
    assert found["lane"].tolist() == TABLE["lane"].tolist(), "a name that a spreadsheet would run"
    assert "'=1+1 lane" in (tmp_path / PRICES).read_text("utf-8-sig")
    assert found["starts_on"].tolist() == ["2026-11-30", "2026-12-07", "2026-12-07"]


@pytest.mark.parametrize("data", [b"", b"\n", b"\x00\x01\xff\xfe", b"what,is\nthis,x\n", b'"', b"price\n1\n"], ids=repr)
def test_files_that_are_no_table_of_prices_leave_none(tmp_path, data):
    (tmp_path / PRICES).write_bytes(data)
    found = read_prices(tmp_path / PRICES)
    assert len(found) == 0 and tuple(found.columns) == PRICE_COLUMNS


def test_a_folder_leaves_what_its_plan_leaves(written, made):
    found, known = read_start(written), start_of(made, TABLE)
    keys = ["lane", "sku", "departs_on"]
    pd.testing.assert_frame_equal(
        found.shipped.sort_values(keys, ignore_index=True), known.shipped.sort_values(keys, ignore_index=True),
        check_dtype=False,
    )  # fmt: skip
    assert found.prices["price"].astype(float).tolist() == TABLE["price"].tolist()


def test_a_plan_folder_with_prices_is_read_as_a_plan(written, made):
    assert read_plan(written).total_cost == made.total_cost


def test_a_folder_without_prices_leaves_its_shipments(made, tmp_path):
    found = read_start(write_plan(made, tmp_path / "plain"))
    assert len(found.prices) == 0 and len(found.shipped) == len(made["ship"])


def test_a_large_plan_in_parquet_files_leaves_the_same(written, made, tmp_path, monkeypatch):
    monkeypatch.setattr("optimizer.plan.table_file.MOST_CSV_ROWS", 0)
    large = write_plan(made, tmp_path / "large")
    assert (large / "ship.parquet").is_file()
    found, known = read_start(large).shipped, read_start(written).shipped
    pd.testing.assert_frame_equal(found, known, check_dtype=False)


def test_a_folder_that_is_no_plan_is_refused(tmp_path):
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(Refused) as refused:
            read_start(folder)
        (problem,) = refused.value.problems
        assert "no plan folder" in problem.rule and "optimizer plan --out" in problem.remedy


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"files": 3}', '{"files": ["ship.csv"]}'])
def test_a_folder_with_a_broken_manifest_is_refused(own, text):
    (own / "manifest.json").write_text(text)
    with pytest.raises(Refused) as refused:
        read_start(own)
    assert "manifest.json" in str(refused.value.problems[0])


@pytest.mark.parametrize("name", ["prices.csv", "ship.csv", "departures.csv"])
def test_files_that_were_changed_or_are_gone_are_refused(own, name):
    (own / name).write_bytes((own / name).read_bytes() + b"\n")
    with pytest.raises(Refused) as refused:
        read_start(own)
    assert "was changed" in str(refused.value.problems[0]) and name in str(refused.value.problems[0])
    (own / name).unlink()
    with pytest.raises(Refused) as refused:
        read_start(own)
    assert "it is missing" in str(refused.value.problems[0])


def test_a_manifest_that_does_not_name_the_shipments_is_refused(own):
    facts = json.loads((own / "manifest.json").read_text())
    del facts["files"]["ship.csv"]
    (own / "manifest.json").write_text(json.dumps(facts))
    with pytest.raises(Refused):
        read_start(own)


def test_a_file_that_cannot_be_opened_is_told(written, monkeypatch):
    def deny(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", deny)
    with pytest.raises(StoreError, match="Permission denied"):
        read_start(written)
