"""`optimizer forecast`: what the history of sales promises, and how well such promises were kept."""

from __future__ import annotations

from typing import Any

import click

from optimizer.cli.log import LOG
from optimizer.cli.options import LANGUAGE, SCENARIO, Place, common, example
from optimizer.cli.output import print_json, say
from optimizer.cli.progress import ProgressLine


@click.command(
    short_help="Forecast demand from sales: mean, intervals, calibration.",
    epilog=example("optimizer forecast my-shop --calibrate", "optimizer forecast my-shop --out my-shop-forecast"),
)
@SCENARIO
@click.option(
    "--out", type=Place(), help="Write the scenario with the forecast in its table demand: a folder or .xlsx."
)
@click.option("--calibrate", is_flag=True, help="Judge forecasts made as of earlier weeks by what was sold then.")
@click.option("--replace", is_flag=True, help="Replace a scenario that stands there already.")
@LANGUAGE
@common
def forecast(
    scenario: str,
    out: str | None,
    calibrate: bool,
    replace: bool,
    language: str | None,
    as_json: bool,
    quiet: bool,
    debug: bool,
) -> None:
    """Forecast the demand of each SKU and region of SCENARIO over its horizon, from its sales.

    What the table demand tells stays as it is. Written with --out the scenario holds mean, spread and quantiles, and
    can be planned.
    """
    from optimizer.cli.forecast_text import document, text

    with ProgressLine(quiet) as line:
        told = _told(scenario, out, calibrate, replace, language, line)
    settings, weeks = told.tables.settings, told.found.history.sold.shape[1]
    LOG.event("result", "The forecast is made.", scenario=settings.name, folder=out, pairs=len(told.made.sku),
              weeks=weeks)  # fmt: skip
    if as_json:
        print_json("forecast", **document(told))
    else:
        say(text(told, language or settings.language))


def _told(
    scenario: str, out: str | None, calibrate: bool, replace: bool, language: str | None, line: ProgressLine
) -> Any:
    from optimizer import solve
    from optimizer.cli.forecast_text import Told
    from optimizer.errors import Refused
    from optimizer.forecast.calibration import calibration
    from optimizer.forecast.coming import coming
    from optimizer.forecast.complete import complete_with_spread
    from optimizer.forecast.lessons import lessons_of
    from optimizer.forecast.outlook import learn
    from optimizer.forecast.predict import predicted
    from optimizer.forecast.remarks import remarks
    from optimizer.forecast.weeks import weeks
    from optimizer.scenario.read import read
    from optimizer.scenario.write import write

    line.stage("read")
    tables = read(scenario)
    line.stage("check")
    if problems := solve.check(tables, sound=True):
        raise Refused(problems)
    line.stage("forecast")
    found = learn(tables)
    taught = lessons_of(found)
    made = predicted(tables, found, taught)
    events, odd = coming(found, made.starts, made.ends), remarks(tables, language or tables.settings.language)
    if calibrate:
        line.stage("calibrate")
    kept = calibration(weeks(tables)) if calibrate else None
    if out:
        line.stage("write")
        write(complete_with_spread(tables, found, taught), out, replace=replace)
    return Told(tables, found, made, events, kept, odd, out)
