"""The sample `temu-migration`: from direct mail to stock in two US warehouses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd

from optimizer.scenario.generator.first_leg import Tariff
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.generator.typed import joined, typed
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.settings import SolveSettings

SPEC = Spec(
    name="temu-migration",
    skus=40,
    seed=20,
    overseas=2,
    suppliers=2,
    modes=4,
    weeks=12,
    channels=("temu-semi",),
    median_cases_per_week=5.0,
    sigma=1.1,
    storage_tightness=0.8,
    container_tightness=0.0,
    starts_on=dt.date(2026, 11, 30),
)
#: Documents, entry and clearance of a departure in containers, in US$; groupage has it in its rate.
CONTAINER_FEE = 420.0
#: Share of SKUs of which there is stock overseas already, and weeks of demand at home of what is made ready to migrate.
ALREADY_OVERSEAS, READY_WEEKS = 0.4, (3.0, 8.0)


def temu_migration() -> Scenario:
    """Forty hot SKUs, most of their stock at home; the seller imports himself, so freight is charged without duty."""
    scenario = generate(SPEC, _tariffs())
    solve = SolveSettings(gap=0.01, seconds=120.0)
    settings = replace(scenario.settings, solve=solve)
    return replace(scenario, settings=settings).with_tables(
        opening_stock=_opening_stock(scenario), duty_rates=_entries_in_the_fee(scenario["duty_rates"])
    )


def _tariffs() -> dict[str, dict[str, Tariff]]:
    return {
        "US-W": {
            "sea": _groupage(25, 35, "Thu", (8.0, 6.5)),
            "fast": _groupage(17, 21, "Wed", (11.0, 9.5)),
            "air": _groupage(9, 14, "Fri", (31.0,)),
            "fcl": _containers(32, 45, 5500.0),
        },
        "US-E": {
            "sea": _groupage(38, 50, "Thu", (9.3, 7.8)),
            "fast": _groupage(21, 27, "Wed", (13.1, 11.6)),
            "air": _groupage(10, 15, "Fri", (32.0,)),
            "fcl": _containers(40, 55, 7500.0),
        },
    }


def _containers(days: int, late_days: int, rate: float) -> Tariff:
    return Tariff(days, late_days, "Sat", boxes=(("40HQ", rate),), departure_fee=CONTAINER_FEE)


def _groupage(days: int, late_days: int, weekday: str, rates: tuple[float, ...]) -> Tariff:
    tiers = tuple(zip((0.0, 500.0), rates, strict=False))
    return Tariff(days, late_days, weekday, "kg", tiers, "CNY", 6000.0)


def _entries_in_the_fee(duty: pd.DataFrame) -> pd.DataFrame:
    """The duty table without fees per freight entry."""
    return duty.assign(per_entry=duty["per_entry"].where(duty["kind"] == "parcel", 0.0))


def _opening_stock(scenario: Scenario) -> pd.DataFrame:
    """What was drawn for overseas, for some SKUs only, and fresh stock at home for most of them."""
    rng = np.random.default_rng(SPEC.seed)
    drawn, goods = scenario["opening_stock"], scenario["skus"]
    overseas = set(goods["sku"][rng.random(len(goods)) < ALREADY_OVERSEAS])
    kept = drawn[(drawn["location"] != "CN-S") & drawn["sku"].isin(overseas)]
    first = scenario["demand"][scenario["demand"]["starts_on"] < pd.Timestamp(SPEC.starts_on) + pd.Timedelta(days=28)]
    weekly = first.groupby("sku")["mean"].sum().reindex(goods["sku"]).to_numpy() / 4
    cases = np.floor(weekly * rng.uniform(*READY_WEEKS, len(goods)) / goods["case_pack"].to_numpy())
    ready = np.flatnonzero((cases > 0) & (rng.random(len(goods)) < 0.85))
    received = np.datetime64(SPEC.starts_on) - rng.integers(2, 25, len(ready)).astype("timedelta64[D]")
    home = typed(
        "opening_stock",
        {
            "location": np.full(len(ready), "CN-S", dtype=object),
            "sku": goods["sku"].to_numpy()[ready],
            "received_on": received.astype("datetime64[ns]"),
            "units": (cases * goods["case_pack"].to_numpy())[ready],
        },
    )
    return joined("opening_stock", kept, home)
