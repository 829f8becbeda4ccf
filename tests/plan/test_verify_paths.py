"""Plans over sample paths: the witness replays each path, and finds what is spoilt in any of them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from optimizer.formulation.interpret import interpret
from optimizer.plan.folder import read_plan, write_plan
from optimizer.plan.ledger import account
from optimizer.plan.measures import measure
from optimizer.plan.plan import PATH_TABLES, Plan
from optimizer.plan.verify import verify
from optimizer.plan.views import views
from optimizer.scenario.scenario import Scenario
from optimizer.search.model import model
from optimizer.solvers.highs import Highs
from tests.formulation.path_toys import BOXED_WANT, boxed_later, with_paths
from tests.oracle.random_paths import with_random_paths
from tests.oracle.sellers import seller
from tests.oracle.solving import PROVEN

#: The second one has stock in higher tiers of rent, and targets that are missed.
SEED, OLD_AND_SHORT = 336, 305


@pytest.fixture(scope="module")
def plan() -> Plan:
    return planned(SEED)


def planned(seed: int) -> Plan:
    return solved(with_random_paths(seller(seed, share=0.25).scenario(), seed))


def solved(scenario: Scenario) -> Plan:
    made = model(scenario)
    answer = Highs().solve(made.form, PROVEN)
    return Plan(scenario, interpret(made.net, made.program, answer.x), answer.bound, answer.status, "highs", {})


def spoilt(plan: Plan, table: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> list[str]:
    tables = dict(plan.tables) | {table: change(plan[table].copy())}
    return list(verify(Plan(plan.scenario, tables, plan.bound, plan.status, plan.solver)))


def rules(found: list[str]) -> set[str]:
    return {sentence.split(":")[0].split(" on path")[0] for sentence in found}


def more(column: str, amount: float, row: int = 0) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        table.loc[row, column] += amount
        return table

    return change


def test_a_plan_over_paths_is_in_order(plan: Plan):
    assert verify(plan) == ()
    assert all(len(plan[name]) for name in ("path_ship", "path_deliver"))


def test_a_shipment_that_is_decided_now_may_not_differ_by_path(plan: Plan):
    now = plan["ship"].dropna(subset=["cases"]).iloc[:1]
    assert len(now)

    def own(table: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([table, now[["lane", "sku", "period", "units"]].assign(path=1)], ignore_index=True)

    assert "commit window" in rules(spoilt(plan, "path_ship", own))


@pytest.mark.parametrize("limit", ["capacity_units", "capacity_kg", "capacity_m3"])
def test_more_of_one_sku_than_a_departure_takes_is_found_on_the_path_that_ships_it(plan: Plan, limit: str):
    """The mean over the paths may well fit where one of them does not."""
    most = plan["path_ship"].sort_values("units").iloc[-1]
    sku = plan.scenario["skus"].set_index("sku").loc[most["sku"]]
    size = {"capacity_units": 1.0, "capacity_kg": sku["unit_weight_kg"], "capacity_m3": sku["unit_volume_m3"]}[limit]
    lanes = plan.scenario["lanes"]
    room = lanes[limit].where(lanes["lane"] != most["lane"], 0.9 * most["units"] * size)
    tight = plan.scenario.with_tables(lanes=lanes.assign(**{limit: room}))
    found = verify(Plan(tight, dict(plan.tables), plan.bound, plan.status, plan.solver))
    told = f"of {most['sku']} are more than {most['lane']} takes in period {most['period']} on path {most['path']}"
    assert any(told in sentence for sentence in found), found


def test_a_container_is_whole_whenever_it_departs():
    plan = solved(with_paths(boxed_later(), BOXED_WANT, BOXED_WANT))
    assert verify(plan) == () and plan["containers"]["period"].tolist() == [2]
    assert "whole_containers" in rules(spoilt(plan, "containers", more("containers", 0.5)))


def test_more_delivered_on_a_path_than_is_there_is_found_on_that_path(plan: Plan):
    found = spoilt(plan, "path_deliver", more("units", 50.0))
    assert any(sentence.startswith("stock_balance on path") for sentence in found)
    assert any(sentence.startswith("demand_met_or_lost on path") for sentence in found)


def test_what_is_expected_must_be_the_mean_of_the_paths(plan: Plan):
    assert "expected over paths" in rules(spoilt(plan, "deliver", more("units", 0.5)))
    assert "expected over paths" in rules(spoilt(plan, "lost", more("units", 0.5)))
    assert "stock_balance" in rules(spoilt(plan, "on_hand", more("units", 0.5)))


def test_ages_and_shortfalls_must_be_the_mean_of_the_paths():
    plan = planned(OLD_AND_SHORT)
    assert verify(plan) == ()
    assert "aged_stock" in rules(spoilt(plan, "aged", more("units", 0.5)))
    assert "expected over paths" in rules(spoilt(plan, "target_shortfall", more("units", 0.5)))


def test_a_path_that_nobody_drew_is_found(plan: Plan):
    assert "paths" in rules(spoilt(plan, "path_deliver", more("path", 20)))


def test_cases_are_whole_only_in_what_is_decided_now(plan: Plan):
    place = int(plan["ship"]["cases"].first_valid_index())
    assert "whole_cases" in rules(spoilt(plan, "ship", more("units", 0.5, place)))


def test_costs_are_those_of_the_paths_as_likely_as_they_are(plan: Plan):
    assert "costs" in rules(spoilt(plan, "costs", more("amount", 1.0)))
    ledger = account(plan)
    own = ("purchase", "duty", "storage_rent", "capital", "last_mile", "lost_sales", "end_stock")
    for line in own:
        assert ledger.costs[line] == pytest.approx(sum(weight * one.costs[line] for weight, one in ledger.paths))


def test_measures_are_expected_values(plan: Plan):
    found, ledger = measure(plan), account(plan)
    assert found.lost == pytest.approx(sum(weight * one.lost["units"].sum() for weight, one in ledger.paths))
    wanted = sum(weight * one.events.demand["units"].sum() for weight, one in ledger.paths)
    assert found.demand == pytest.approx(wanted)
    assert found.fill_rate == pytest.approx(1 - found.lost / wanted)


def test_views_tell_what_is_decided_now(plan: Plan):
    until = pd.Timestamp(plan.scenario.settings.starts_on) + pd.Timedelta(days=plan.scenario.settings.committed_days)
    found = views(plan)
    assert len(found["purchases"]) and (found["purchases"]["order_on"] < until).all()
    assert (found["departures"]["departs_on"] < until).all()


def test_a_folder_of_such_a_plan_has_its_paths_and_can_be_verified(plan: Plan, tmp_path):
    read = read_plan(write_plan(plan, tmp_path / "plan"))
    assert verify(read) == ()
    for name in PATH_TABLES:
        pd.testing.assert_frame_equal(read[name], plan[name], check_dtype=False)


def test_the_verdict_does_not_depend_on_the_slices(plan: Plan):
    assert verify(plan, at_once=1) == ()
    tables = dict(plan.tables) | {"path_deliver": more("units", 50.0)(plan["path_deliver"].copy())}
    bad = Plan(plan.scenario, tables, plan.bound, plan.status, plan.solver)
    assert sorted(verify(bad, at_once=1)) == sorted(verify(bad))
