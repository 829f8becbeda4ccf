"""Tonight does not tear up last night: what is held, what changes cost, and what is kept of the changes."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from tests.cli.running import no_plan_with_a_fence, toy_folder
from tests.nightly.conftest import ONE_STORE
from tests.nightly.test_nightly_run import listed, rows


def remade(shop, **changes):
    """The shop in other words."""
    shutil.rmtree(shop)
    toy_folder(shop, **changes)


def demand(shop, units):
    text = "".join(f"A,W,2026-06-{day:02d},7,{mean}\n" for day, mean in ((1, 0), (8, units), (15, 0)))
    (shop / "demand.csv").write_text(f"sku,region,starts_on,days,mean\n{text}", "utf-8")


def shipped(store, run):
    table = rows(store, "ship")
    return {row.lane: row.units for row in table[table["run"] == run].itertuples()}


@ONE_STORE
@pytest.mark.parametrize("fence", [0, 7])
def test_what_falls_due_within_the_fence_is_held_whatever_the_demand(ran, night, store, shop, fence):
    remade(shop, frozen_days=fence)
    assert night().code == 0
    assert shipped(store, 1) == {"sea": 5, "buy": 5}
    demand(shop, 14)
    done = night(2)
    assert done.code == 0, done
    assert shipped(store, 2) == ({"sea": 5, "buy": 5} if fence else {"sea": 5, "buy": 9})


@ONE_STORE
def test_on_the_first_night_the_fence_has_nothing_to_hold_and_is_not_used(night, shop):
    remade(shop, frozen_days=7)
    assert "There is no plan in force that could be held" in night().err


@ONE_STORE
def test_of_what_is_no_longer_there_less_is_held_and_told(night, store, shop):
    remade(shop, frozen_days=7)
    night()
    remade(shop, frozen_days=7, opening_stock=[{"location": "home", "sku": "A", "units": 3}])
    done = night(2)
    assert done.code == 0 and "held are 3 of 5 units of A on sea" in done.err
    assert shipped(store, 2) == {"sea": 3, "buy": 5}


@ONE_STORE
def test_a_lock_of_the_scenario_comes_before_the_fence(night, store, shop):
    remade(shop, frozen_days=7)
    night()
    lock = [{"lane": "buy", "sku": "A", "date": "2026-06-01", "least": 2, "most": 2}]
    remade(shop, frozen_days=7, locks=lock)
    assert night(2).err == ""
    assert shipped(store, 2) == {"sea": 5, "buy": 2}


@ONE_STORE
def test_a_firm_order_stays_whatever_it_costs(night, store, shop):
    lock = [{"lane": "buy", "sku": "A", "date": "2026-06-01", "least": 7, "most": 7}]
    remade(shop, locks=lock, change_rate=0.5)
    night()
    demand(shop, 0)
    assert night(2).code == 0
    assert shipped(store, 1)["buy"] == shipped(store, 2)["buy"] == 7


@ONE_STORE
def test_a_fence_that_leaves_no_plan_is_lifted_and_told(ran, night, store, shop, monkeypatch):
    remade(shop, frozen_days=7)
    night()
    no_plan_with_a_fence(monkeypatch)
    done = night(2)
    assert done.code == 0 and "the fence is not used" in done.err


@ONE_STORE
@pytest.mark.parametrize(("price", "bought"), [(0.0, 4), (0.5, 4), (1.5, 5)])
def test_a_unit_changes_where_that_saves_more_than_its_price(night, store, shop, price, bought):
    # One unit less is wanted: not to buy it saves 5, to change the plan by it costs 5 x the rate.
    remade(shop, change_rate=price)
    night()
    demand(shop, 9)
    assert night(2).code == 0
    assert shipped(store, 2)["buy"] == bought
    costs = rows(store, "costs")
    paid = costs[(costs["run"] == 2) & (costs["line"] == "change_of_plan")]["amount"].sum()
    assert paid == pytest.approx(5 * price * (5 - bought))


@ONE_STORE
def test_the_plan_folder_tells_what_the_last_plan_shipped(ran, night, store, shop, tmp_path):
    remade(shop, change_rate=0.5)
    night()
    night(2)
    ran("runs", "show", 2, "--store", store, "--out", tmp_path / "out")
    table = pd.read_csv(tmp_path / "out" / "inputs" / "last_plan.csv", encoding="utf-8-sig")
    assert sorted(zip(table["lane"], table["units"], strict=True)) == [("buy", 5), ("sea", 5)]
    assert ran("verify", tmp_path / "out").code == 0


def test_changes_are_kept_with_the_run_and_shown_with_their_reasons(ran, first_night, night, store, shop):
    demand(shop, 14)
    done = night(2, "--reasons", 30)
    assert "more: 4 units of A: buy on 2026-06-01 [demand]" in done.out
    assert "the new plan run:2 (from 2026-06-01) against the old one run:1" in done.out
    run = listed(ran, store)[0]
    assert run["changes"]["since_run"] == 1 and run["changes"]["counts"] == {"more": 1}
    assert {part["reason"]: part["money"] for part in run["changes"]["reasons"]}["demand"] == pytest.approx(20)
    kept = rows_of_changes(store)
    assert kept[["run", "kind", "sku", "units", "lane"]].to_dict("records") == [
        {"run": 2, "kind": "more", "sku": "A", "units": 4, "lane": "buy"}
    ]
    shown = ran("runs", "show", "--store", store).out
    assert "[demand]" in shown and "demand of A: 10 -> 14 units" in shown


@ONE_STORE
def test_without_seconds_for_reasons_changes_are_kept_without_them(ran, first_night, night, store, shop):
    demand(shop, 14)
    night(2, "--reasons", 0)
    changes = listed(ran, store)[0]["changes"]
    assert changes["reasons"] is None and changes["counts"] == {"more": 1}


@ONE_STORE
def test_a_defect_in_comparing_never_fails_a_good_night_and_is_noted_with_it(ran, night, store, shop, monkeypatch):
    def broken(*_):
        raise ValueError("a defect")

    night()
    demand(shop, 14)
    monkeypatch.setattr("optimizer.nightly.compare.diff", broken)
    done = night(2)
    said = "The plan was not compared with that of run 1 (night of 2026-06-01): unexpected ValueError: a defect."
    assert done.code == 0 and said in done.err
    run = listed(ran, store)[0]
    assert run["in_force"] and run["notes"] == [said] and "changes" not in run


@ONE_STORE
def test_a_plan_in_another_currency_is_not_compared_with_last_nights_and_that_is_noted(
    ran, first_night, night, store, shop
):
    text = (shop / "scenario.toml").read_text("utf-8")
    (shop / "scenario.toml").write_text(text.replace('"USD"', '"CNY"'), "utf-8")
    done = night(2)
    assert done.code == 0 and "was not compared" in done.err and "are in USD and CNY" in done.err
    assert "changes" not in listed(ran, store)[0]


def test_two_runs_are_compared_by_their_numbers(ran, first_night, night, store, shop, tmp_path):
    demand(shop, 14)
    night(2)
    done = ran("diff", "run:1", "run:2", "--store", store, "--json", "--csv", tmp_path / "changes.csv")
    assert done.code == 0, done
    assert done.document["counts"] == {"more": 1}
    assert pd.read_csv(tmp_path / "changes.csv", encoding="utf-8-sig")["units"].tolist() == [4]
    ran("diff", "run:1", "run:7", "--store", store).assert_told(2, "has no plan of run 7")


def rows_of_changes(store):
    from sqlalchemy import select

    from optimizer.nightly.store import open_store
    from optimizer.nightly.tables import FOUND

    with open_store(store).reads() as connection:
        return pd.DataFrame(connection.execute(select(FOUND["changes"])).mappings().all())
