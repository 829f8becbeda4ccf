"""What a delivered unit costs by direct mail, before and after the parcel duty, and from stock overseas.

    python -m scenarios.direct_mail [SCENARIO] [SECONDS]

Direct mail: nothing stands overseas, nothing is sent there, and every customer who waits so long gets a parcel from
home, whatever it costs. The plan is that of the scenario as it stands. All three open with the same stock at home; the
plan is charged for what stands and arrives overseas too. Opening stock is charged at its landed cost where it lies, and
what is left at the end is credited as the model values it, so stock that nobody wants any more is a loss of the plan.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from optimizer.errors import OptimizerError
from optimizer.plan.ledger import Facts
from optimizer.plan.ledger.landed import landed_costs
from optimizer.plan.ledger.moves import move_costs
from optimizer.plan.plan import Plan
from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario
from optimizer.solve import plan
from optimizer.solvers.solver import Limits

HERE = Path(__file__).parent
#: Goodwill that makes every parcel worth its cost, in the scenario's currency, so that all who wait are served; the
#: accounts leave it out again.
SERVE_ALL = 100.0
#: A share of a mission cost that such goodwill has blown up.
CLOSE = 1e-4
#: Rows of the table that are not cost lines.
TOTAL, AGAINST, SERVED, DAYS = "total", "against mail with parcel duty", "share served", "delivery days"
FORMS = {AGAINST: "{:+.0%}", SERVED: "{:.0%}", DAYS: "{:.1f}"}


def main(arguments: list[str]) -> None:
    """Plan the three cases and print the table."""
    folder = arguments[0] if arguments else HERE / "temu-migration"
    seconds = float(arguments[1]) if len(arguments) > 1 else 60.0
    print(as_text(comparison(read(folder), seconds)))


def comparison(scenario: Scenario, seconds: float) -> pd.DataFrame:
    """Money for each delivered unit by cost line, share served and days until delivery; a column for each case.

    `seconds`: the longest that each case is planned.
    """
    mailed, limits = by_direct_mail(scenario), Limits(seconds=seconds)
    plans = {
        "mail, no parcel duty": plan(without_parcel_duty(mailed), limits=limits, gap=CLOSE),
        "mail, parcel duty": plan(mailed, limits=limits, gap=CLOSE),
        "plan": plan(scenario, limits=limits),
    }
    accounts = {name: account(made, scenario) for name, made in plans.items()}
    table = pd.DataFrame(accounts).reindex(accounts["plan"].index)
    return table[(table != 0).any(axis=1)]


def by_direct_mail(scenario: Scenario) -> Scenario:
    """The scenario of a seller whose stock is at home alone and who mails a parcel to all who wait for it."""
    places = scenario["locations"]
    home = set(places.loc[places["kind"].isin(["supplier", "domestic"]), "location"])
    lanes, targets = scenario["lanes"], scenario["stock_targets"]
    inbound = lanes[lanes["destination"].isin(home)]
    tables = {
        "lanes": inbound,
        "freight_rates": _where(scenario, "freight_rates", "lane", set(inbound["lane"])),
        "closures": _where(scenario, "closures", "lane", {"", *inbound["lane"]}),
        "locks": _where(scenario, "locks", "lane", set(inbound["lane"])),
        "delivery_lanes": _where(scenario, "delivery_lanes", "location", home),
        "opening_stock": _where(scenario, "opening_stock", "location", home),
        "in_transit": _where(scenario, "in_transit", "destination", home),
        "stock_targets": targets.iloc[:0],
        "skus": scenario["skus"].assign(goodwill=scenario["skus"]["goodwill"] + SERVE_ALL),
    }
    return scenario.with_tables(**{name: table.reset_index(drop=True) for name, table in tables.items()})


def without_parcel_duty(scenario: Scenario) -> Scenario:
    """The scenario in which small parcels enter everywhere free of duty and fees."""
    duty = scenario["duty_rates"].copy()
    duty.loc[duty["kind"] == "parcel", ["rate", "per_item", "per_entry"]] = 0.0
    return scenario.with_tables(duty_rates=duty)


def account(made: Plan, scenario: Scenario) -> pd.Series:
    """Cost of each delivered unit by line and in total, lost sales beside it, at the goodwill of `scenario`."""
    regions = scenario["regions"].set_index("region")["kind"]
    sold = made["deliver"][made["deliver"]["region"].map(regions) == "customers"]
    lanes = made.scenario["delivery_lanes"].set_index(["location", "region"])["delivery_days"]
    days = lanes.loc[pd.MultiIndex.from_frame(sold[["location", "region"]])].to_numpy()
    units, lost = float(sold["units"].sum()), made["lost"]
    added = (made.scenario["skus"]["goodwill"] - scenario["skus"]["goodwill"]).set_axis(scenario["skus"]["sku"])
    costs = {"opening_stock": opening_value(made.scenario), **made.costs}
    missed = costs.pop("lost_sales") - float((lost["units"] * lost["sku"].map(added)).sum())
    lines = {name: amount / units for name, amount in costs.items()}
    service = {SERVED: units / (units + lost["units"].sum()), DAYS: np.average(days, weights=sold["units"])}
    return pd.Series({**lines, TOTAL: sum(lines.values()), "lost_sales": missed / units, **service})


def opening_value(scenario: Scenario) -> float:
    """Landed cost of the opening stock and of goods in transit, where they lie and will arrive."""
    facts = Facts(scenario)
    worth = landed_costs(facts, move_costs(facts))
    total = 0.0
    for table, place in (("opening_stock", "location"), ("in_transit", "destination")):
        rows = scenario[table]
        at = facts.locations.index.get_indexer(rows[place]), facts.goods.index.get_indexer(rows["sku"])
        total += float((worth[at] * rows["units"]).sum())
    return total


def as_text(table: pd.DataFrame) -> str:
    """The comparison as a table in Markdown; the total also against that of mail with the parcel duty."""
    total = table.loc[TOTAL]
    shown = table[(table.abs() >= 0.005).any(axis=1)].round(2) + 0.0  # no -0.00
    after = list(shown.index).index(TOTAL) + 1
    against = (total / total["mail, parcel duty"] - 1).to_frame(AGAINST).T
    shown = pd.concat([shown.iloc[:after], against, shown.iloc[after:]])
    rows = [[name.replace("_", " "), *map(FORMS.get(name, "{:.2f}").format, shown.loc[name])] for name in shown.index]
    head = [["per delivered unit", *table.columns], ["---", *["---:"] * len(table.columns)]]
    return "\n".join(f"| {' | '.join(row)} |" for row in head + rows)


def _where(scenario: Scenario, table: str, column: str, kept: set[str]) -> pd.DataFrame:
    return scenario[table][scenario[table][column].isin(kept)]


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OptimizerError as error:
        sys.exit(str(error))
