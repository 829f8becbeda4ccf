"""Our plan and the clairvoyant."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from optimizer.errors import NoPlan
from optimizer.plan.plan import Plan
from optimizer.simulation.base_stock import BaseStock
from optimizer.simulation.clairvoyant import Clairvoyant
from optimizer.simulation.due import as_far_as_there, due_now, still_to_send
from optimizer.simulation.erp_rule import ErpRule
from optimizer.simulation.min_max import MinMax
from optimizer.simulation.our_plan import OurPlan, deliveries_now, shipments, taken_now
from optimizer.simulation.placing import no_shipments
from optimizer.simulation.policy import Decisions
from optimizer.simulation.replay import replay
from optimizer.solve import check
from tests.plan.making import BASE, scenario, table
from tests.simulation.worlds import world

#: Two goods at 5 each; B is made faster than A.
TWO = [{**BASE["skus"][0], "sku": name} for name in ("A", "B")]
MADE = [{"sku": "A", "supplier": "F", "unit_cost": 5, "production_days": 14},
        {"sku": "B", "supplier": "F", "unit_cost": 5, "production_days": 7}]  # fmt: skip
UNEVEN = [14, 3, 30, 9, 22, 0] * 4


class Spies(OurPlan):
    """Our plan, a few weeks ahead, that remembers what it was shown."""

    def decide(self, known):
        self.__dict__.setdefault("seen", []).append(known.scenario)
        return super().decide(known)


@pytest.mark.slow
def test_the_clairvoyant_costs_no_more_than_any_policy_and_no_less_than_its_bound():
    made = world(UNEVEN)
    knows = Clairvoyant(made, 6, 1)
    best = replay(made, knows, 6, 1).total_cost
    others = [replay(made, policy, 6, 1).total_cost for policy in (BaseStock(), MinMax(), ErpRule(), OurPlan())]
    assert knows.bound - 1e-6 <= best <= min(others) + 0.01 * abs(best)
    assert min(others) >= knows.bound - 1e-6


@pytest.mark.slow
def test_our_plan_is_told_nothing_of_what_comes():
    # Two worlds that are alike for three weeks: what it is shown and decides in them is alike.
    first, second = (Spies(horizon=3), Spies(horizon=3))
    one = replay(world([14, 3, 30, 100, 100, 100]), first, 4, 1)
    other = replay(world([14, 3, 30, 0, 0, 0]), second, 4, 1)
    for week in range(4):
        for name, shown in first.seen[week].tables.items():
            pd.testing.assert_frame_equal(shown, second.seen[week].tables[name])
    until = [found.ledger.events.ship.query("period < 4") for found in (one, other)]
    pd.testing.assert_frame_equal(*until)


@pytest.mark.slow
def test_our_plan_learns_from_sales_and_from_days_out_of_stock():
    sales = [{"sku": "A", "region": "US", "date": f"2026-{day}", "days": 7, "units": 14}
             for day in ("04-06", "04-13", "04-20", "04-27", "05-04", "05-11", "05-18", "05-25")]  # fmt: skip
    policy = Spies(horizon=3)
    replay(world([14, 40, 300, 14], sales=sales, demand=[]), policy, 4, 1)
    told = policy.seen[3]["sales"]
    news = told[told["date"] >= "2026-06-01"].set_index("date")
    assert news["units"].tolist()[:2] == [14, 40]
    assert (~news["in_stock"]).any()  # 300 were wanted in the third week, and never seen
    assert news["units"].max() < 300
    assert (told["date"] + pd.to_timedelta(told["days"], unit="D")).max() == pd.Timestamp("2026-06-22")


def test_orders_too_small_without_what_is_added_later_are_placed_together():
    # The plan has 10 units of A for this week's decision and 40 of B, made faster, for the next one; they leave F
    # together, which asks for 200 in money: both are ordered now.
    tables = {"skus": TWO, "sourcing": MADE, "suppliers": [{"supplier": "F", "minimum_order_value": 200}]}
    plan = pd.DataFrame({"lane": "buy", "sku": ["A", "B"], "week": 2, "units": [10.0, 40.0]})

    class Takes(BaseStock):
        def decide(self, known):
            decisions = super().decide(known)
            return type(decisions)(due_now(known, still_to_send(known, plan)))

    found = replay(world([14] * 8, **tables), Takes(), 4, 1)
    assert dict(zip(found.ledger.events.ship["sku"], found.ledger.events.ship["units"], strict=True)) == {
        "A": 10, "B": 40
    }  # fmt: skip


PATHS = pd.DataFrame({"path": [1, 2], "weight": [0.5, 0.5]})


def over_two_paths(**tables) -> Plan:
    """A plan for two equally likely paths with some tables."""
    return Plan(scenario().with_tables(paths=PATHS), tables, 0.0, "feasible", "by hand")


def test_what_paths_ship_later_is_not_executed_for_any_of_them():
    # B is decided next week; on one path 25 units of it leave with A, on the other none. The 12.5 of the table of what
    # is expected are no whole carton, and no decision: A is ordered alone.
    plan = over_two_paths(
        ship=pd.DataFrame({"lane": "buy", "sku": ["A", "B"], "period": 2, "units": [40.0, 12.5], "cases": [4, None]}),
        path_ship=pd.DataFrame({"path": [1], "lane": "buy", "sku": "B", "period": 2, "units": 25.0}),
    )
    made = world([14] * 8, skus=TWO, sourcing=MADE, suppliers=[{"supplier": "F", "minimum_order_value": 250}])
    orders = []

    class Looks(BaseStock):
        def decide(self, known):
            orders.append(due_now(known, shipments(plan, known)))
            return super().decide(known)

    replay(made, Looks(), 1, 1)
    assert orders[0]["sku"].tolist() == ["A"]  # although 200 for A alone is below the least value


def test_of_several_paths_only_what_is_cleared_on_all_of_them_is_cleared():
    rows = [(1, "A", 0, 9.0), (2, "A", 0, 4.0), (1, "B", 0, 7.0), (1, "C", 1, 3.0), (2, "C", 1, 3.0)]
    by_path = pd.DataFrame(rows, columns=["path", "sku", "period", "units"]).assign(location="W", region="OUT")
    found = deliveries_now(over_two_paths(path_deliver=by_path))
    assert dict(zip(found["sku"], found["units"], strict=True)) == {"A": 4}


@pytest.mark.parametrize(("wanted", "reckoned", "cleared"), [(80, 0, 20), (80, 50, 70), (30, 40, 100), (140, 0, 0)])
def test_what_customers_take_beyond_what_was_reckoned_with_is_not_cleared_on_top(wanted, reckoned, cleared):
    # 150 stand in W and the plan clears 100 of them: it means to keep 50, less what it reckons that customers take.
    class Clears(BaseStock):
        def decide(self, known):
            table = pd.DataFrame({"location": ["W"], "sku": ["A"], "units": [float(reckoned)]})
            told = table.assign(region="OUT", units=100.0)
            return Decisions(no_shipments(), told, reckoned=table)

    made = world([wanted], opening_stock=[{"location": "W", "sku": "A", "units": 150}])
    found = replay(made, Clears(), 1, 1)
    assert (found.lost, found.cleared) == (0, cleared)


def test_a_plan_reckons_with_the_path_on_which_customers_take_most():
    rows = [(1, "US", 0, 9.0), (2, "US", 0, 4.0), (2, "OUT", 0, 30.0), (2, "US", 1, 50.0), (1, "CA", 0, 2.0)]
    by_path = pd.DataFrame(rows, columns=["path", "region", "period", "units"]).assign(location="W", sku="A")
    found = taken_now(over_two_paths(path_deliver=by_path), pd.Index(["US", "CA"]))
    assert found.to_dict("records") == [{"location": "W", "sku": "A", "units": 11}]
    alone = by_path[by_path["path"] == 2].drop(columns="path")
    plan = Plan(scenario(), {"deliver": alone}, 0.0, "feasible", "by hand")
    assert taken_now(plan, pd.Index(["US", "CA"]))["units"].tolist() == [4]


@pytest.mark.slow
def test_a_replay_of_our_plan_keeps_what_each_week_s_plan_is_proven_to_be_near():
    found = replay(world([14] * 8), OurPlan(gap=0.01, horizon=4), 3, 1)
    assert len(found.gaps) == 3 and all(0.0 <= gap <= 0.01 for gap in found.gaps)
    assert found.as_dict()["gaps"] == found.gaps.tolist()
    assert replay(world([14] * 8), BaseStock(), 3, 1).as_dict()["gaps"] == [None] * 3


def test_in_a_week_without_a_plan_what_was_decided_before_is_carried_out(monkeypatch):
    # The plan of the first week ships 20 units in each of three weeks; after it no plan is found.
    ship = pd.DataFrame({"lane": "sea", "sku": "A", "period": [0, 1, 2], "units": 20.0})
    plans = [Plan(scenario(), {"ship": ship, "deliver": table("deliver", [])}, 0.0, "feasible", "by hand")]

    def plan(*told, **options):
        if not plans:
            raise NoPlan("no plan within the limits")
        return plans.pop()

    monkeypatch.setattr("optimizer.simulation.our_plan.solve.plan", plan)
    monkeypatch.setattr("optimizer.simulation.our_plan.start_of", lambda *told: None)
    monkeypatch.setattr("optimizer.simulation.our_plan.measure", lambda told: SimpleNamespace(gap_share=0.5))
    found = replay(world([14] * 20), OurPlan(), 4, 1)
    assert found.missed == found.as_dict()["missed"] == 3
    sent = found.ledger.events.ship
    assert dict(zip(sent["period"], sent["units"], strict=True)) == {0: 20, 1: 20, 2: 20}


def test_our_plan_without_transfers_knows_no_lane_between_overseas_warehouses_but_those_that_locks_name():
    plain, made = OurPlan(), OurPlan(transfers=False)
    locked = [{"lane": "move", "sku": "A", "date": "2026-06-15", "least": 0, "most": 10}]
    seen = made._scenario(scenario())
    assert set(plain._scenario(scenario())["lanes"]["lane"]) == {"buy", "sea", "move"}
    assert set(seen["lanes"]["lane"]) == set(seen["freight_rates"]["lane"]) == {"buy", "sea"}
    assert not check(seen)
    assert "move" in set(made._scenario(scenario(locks=locked))["lanes"]["lane"])


def test_our_plan_may_look_further_ahead_than_the_scenario_where_demand_goes_on_as_its_table_ends(monkeypatch):
    seen = []

    def plan(scenario, **options):
        seen.append(scenario)
        raise NoPlan("no plan within the limits")

    monkeypatch.setattr("optimizer.simulation.our_plan.solve.plan", plan)
    made = world([14] * 20)  # three weeks, of which the table of demand tells all
    replay(made, OurPlan(horizon=9), 1, 1)
    assert check(seen[0]) == [] and seen[0].settings.periods == (7,) * 9
    told = made.scenario["demand"]
    daily = told["mean"].sum() / told["days"].sum()
    assert seen[0]["demand"]["mean"].sum() == pytest.approx(daily * 63)


def test_what_was_decided_before_leaves_only_as_far_as_there_is_stock():
    asked = pd.DataFrame({"lane": ["sea", "buy", "sea"], "sku": "A", "week": 0, "units": [20.0, 900.0, 20.0]})
    seen = []

    class Looks(BaseStock):
        def decide(self, known):
            seen.append(as_far_as_there(known, asked))
            return super().decide(known)

    replay(world([14], opening_stock=[{"location": "SZ", "sku": "A", "units": 30}]), Looks(), 1, 1)
    assert seen[0]["units"].tolist() == [20, 900]


def test_a_clairvoyant_who_knows_that_nothing_is_wanted_has_a_plan():
    sales = [{"sku": "A", "region": "US", "date": "2026-05-25", "days": 7, "units": 14}]
    # The price of a region that has no customers comes first.
    regions = [{"region": "AAA", "kind": "disposal", "country": "US"}, *BASE["regions"]]
    prices = [{"sku": "A", "region": "AAA", "price": 0}, *BASE["prices"]]
    made = world([], sales=sales, demand=[], regions=regions, prices=prices)
    knows = Clairvoyant(made, 3, 1)
    found = replay(made, knows, 3, 1)
    assert found.missed == 0 and knows.bound <= found.total_cost + 1e-6


def test_a_clairvoyant_without_a_plan_misses_every_week_and_proves_nothing(monkeypatch):
    def plan(*told, **options):
        raise NoPlan("no plan within the limits")

    monkeypatch.setattr("optimizer.simulation.clairvoyant.solve.plan", plan)
    made = world(UNEVEN)
    knows = Clairvoyant(made, 3, 1)
    found = replay(made, knows, 3, 1)
    assert (found.missed, knows.bound) == (3, None)
