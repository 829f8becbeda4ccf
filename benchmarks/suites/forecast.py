"""Forecasts of real histories, judged by what was sold later; and how long a forecast takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from benchmarks import histories
from benchmarks.command import cpu_seconds
from benchmarks.spec import Case, Level, Spec, Step, Suite, at
from benchmarks.suites.forecast_events import in_events
from benchmarks.suites.forecast_new import newcomers_judged
from benchmarks.suites.forecast_table import forecast_table
from benchmarks.suites.forecast_totals import totals
from optimizer.forecast.calibration import calibration
from optimizer.forecast.factors import KINDS
from optimizer.forecast.forecast import Forecast
from optimizer.forecast.lessons import lessons_of
from optimizer.forecast.outlook import learn
from optimizer.forecast.predict import predicted
from optimizer.forecast.weeks import weeks

EVERY = 5_000
#: Histories of several regions, whose sums are judged.
TOTALLED = ("online-retail", "favorita")

SPECS = (
    Spec("online-retail", "a web shop that sells to 38 countries: a year, uneven", histories.online_retail,
         smoke=at(20), run=at(EVERY), full=at(EVERY)),
    Spec("favorita", "groceries in ten shops: three years, even, with seasons", histories.favorita,
         smoke=at(5), run=at(EVERY), full=at(EVERY)),
    Spec("favorita-events", "the same with Christmas, Carnival and Easter: what is it worth to know of them?",
         histories.favorita_events, smoke=at(5), run=at(EVERY), full=at(EVERY)),
    Spec("spare-parts", "spare parts: most weeks sell nothing", histories.spare_parts,
         smoke=at(20), run=at(EVERY), full=at(EVERY)),
    Spec("drawn", "104 weeks of sales of so many SKUs, drawn: how long does it take?", histories.drawn,
         smoke=at(20), run=at(1_000, 10_000), full=at(1_000, 10_000)),
)  # fmt: skip


def methods(spec: Spec, step: Step, level: Level) -> Iterable[str]:
    """The forecast that a plan uses."""
    return ("forecast",)


def measure(spec: Spec, case: Case) -> dict[str, Any]:
    """How the forecast kept its word, by speed; CPU seconds of learning and of 13 weeks' quantiles."""
    scenario = spec.made(case.size, case.level)
    before = cpu_seconds()
    found = learn(scenario)
    taught = lessons_of(found)
    learnt = cpu_seconds()
    made = predicted(scenario, found, taught)
    told = cpu_seconds()
    history = weeks(scenario)
    kept = [] if spec.name == "drawn" else calibration(history)
    return {
        "pairs": len(made.sku),
        "weeks": found.history.sold.shape[1],
        "learning": learnt - before,
        "quantiles": told - learnt,
        "kept": [{**asdict(one), "saved": one.saved} for one in kept],
        "common": _common(made),
        "events": in_events(history),
        "new": newcomers_judged(history) if spec.name != "drawn" else {},
        "totals": totals(history) if spec.name in TOTALLED else [],
    }


def _common(made: Forecast) -> dict[str, float]:
    """What pairs have in common, each counted for what it sells."""
    if made.factors is None:
        return {}
    return dict(zip(KINDS, made.factors.on_average(made.mean.sum(axis=1)).tolist(), strict=True))


FORECAST = Suite(
    "forecast",
    "How well do forecasts keep their word?",
    SPECS,
    methods,
    measure,
    forecast_table,
    missing=histories.histories_missing,
)
