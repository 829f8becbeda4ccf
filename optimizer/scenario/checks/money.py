"""Rules about currencies and duty."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.names import did_you_mean
from optimizer.scenario.rows import in_rows
from optimizer.scenario.scenario import Scenario
from optimizer.scenario.schema import TABLES


def check_currencies(scenario: Scenario) -> Iterator[Problem]:
    """Every currency in use has an exchange rate that is in force from the first day on."""
    exchange, home = scenario["exchange_rates"], scenario.settings.currency
    first_day = pd.Timestamp(scenario.settings.starts_on)
    in_force = exchange["valid_from"].isna() | (exchange["valid_from"] <= first_day)
    known, later = {home, "", *exchange.loc[in_force, "currency"]}, set(exchange.loc[~in_force, "currency"])
    remedy = f"Add an exchange rate valid from {first_day.date()} or before, or leave it empty for {home}"
    for table in TABLES:
        if "currency" in table.by_name and table.name != "exchange_rates":
            frame = scenario[table.name]
            rule = f"the exchange rate of the currency holds only after {first_day.date()}"
            yield from in_rows(table.name, frame, frame["currency"].isin(later - known), "currency", rule, remedy)
            yield from _without_rate(table.name, frame, known | later, remedy)


def check_home_currency(scenario: Scenario) -> Iterator[Problem]:
    """The scenario's own currency is worth 1."""
    exchange, home = scenario["exchange_rates"], scenario.settings.currency
    wrong = (exchange["currency"] == home) & (exchange["rate"] != 1)
    rule = f"{home} is the scenario's own currency, so its rate is 1"
    yield from in_rows("exchange_rates", exchange, wrong, "rate", rule, "Remove the row, or correct the currency")


def check_duty_territory(scenario: Scenario) -> Iterator[Problem]:
    """A duty rate belongs to a customs territory of the countries."""
    duty, known = scenario["duty_rates"], scenario["countries"]["customs_territory"]
    yield from in_rows(
        "duty_rates",
        duty,
        ~duty["customs_territory"].isin(known),
        "customs_territory",
        "no country belongs to this customs territory",
        lambda place: did_you_mean(duty["customs_territory"].iloc[place], known.unique()),
    )


def check_freight_duty(scenario: Scenario) -> Iterator[Problem]:
    """Duty on freight has no value thresholds, and amounts per entry only for all goods together."""
    duty = scenario["duty_rates"]
    freight = duty["kind"] == "freight"
    rule = "duty on freight has no value thresholds"
    yield from in_rows("duty_rates", duty, freight & (duty["from_value"] > 0), "from_value", rule, "Write 0")
    narrow = (duty["hs_prefix"] != "") | (duty["origin_country"] != "")
    rule = "an amount per entry of freight is due for all goods together"
    remedy = "Write it in a row with empty hs_prefix and origin_country"
    yield from in_rows("duty_rates", duty, freight & narrow & (duty["per_entry"] > 0), "per_entry", rule, remedy)


def check_hs_digits(scenario: Scenario) -> Iterator[Problem]:
    """HS codes are digits, with or without dots."""
    for table, column in (("skus", "hs_code"), ("duty_rates", "hs_prefix")):
        frame = scenario[table]
        wrong = ~frame[column].str.fullmatch(r"[0-9. ]*").to_numpy(dtype=bool)
        yield from in_rows(table, frame, wrong, column, "an HS code has digits only", "Write digits and dots")


def _without_rate(table: str, frame: pd.DataFrame, known: set[str], remedy: str) -> Iterator[Problem]:
    codes = frame["currency"]
    yield from in_rows(
        table,
        frame,
        ~codes.isin(known),
        "currency",
        "the currency has no exchange rate",
        lambda place: f"{remedy}. {did_you_mean(codes.iloc[place], known)}",
    )
