"""Rules about freight and handling rates: which columns go with which basis, and whole tables of brackets."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from optimizer.errors import Problem
from optimizer.scenario.rows import in_rows
from optimizer.scenario.scenario import Scenario

#: Rows that agree on these form one table of brackets.
TABLE = ["lane", "basis", "container_type", "valid_from"]
#: Bases that are charged by a quantity, with brackets.
BY_QUANTITY = ("kg", "m3")


def check_container_type_given(scenario: Scenario) -> Iterator[Problem]:
    """A container type goes with basis container, and with it only."""
    rates, handling = scenario["freight_rates"], scenario["handling_rates"]
    missing = (rates["basis"] == "container") & (rates["container_type"] == "")
    rule = "a rate per container must say which type"
    yield from in_rows("freight_rates", rates, missing, "container_type", rule, "Write a type of container_types")
    for table, frame in (("freight_rates", rates), ("handling_rates", handling)):
        wrong = (frame["basis"] != "container") & (frame["container_type"] != "")
        rule = "a container type goes with basis container only"
        yield from in_rows(table, frame, wrong, "container_type", rule, "Leave it empty, or change the basis")


def check_brackets_by_quantity(scenario: Scenario) -> Iterator[Problem]:
    """Only rates per kg or m3 have brackets, minimum charges and divisors."""
    rates = scenario["freight_rates"]
    by_quantity = rates["basis"].isin(BY_QUANTITY)
    wrong = ~by_quantity & (rates["from_quantity"] > 0)
    rule = "only rates per kg or m3 have brackets"
    yield from in_rows("freight_rates", rates, wrong, "from_quantity", rule, "Write 0 or leave it empty")
    wrong = ~by_quantity & (rates["minimum_charge"] > 0)
    rule = "only rates per kg or m3 have a minimum charge"
    remedy = "Write it as a rate with basis departure, or leave it empty"
    yield from in_rows("freight_rates", rates, wrong, "minimum_charge", rule, remedy)
    wrong = (rates["basis"] != "kg") & rates["volumetric_divisor"].notna()
    rule = "only rates per kg have a volumetric divisor"
    yield from in_rows("freight_rates", rates, wrong, "volumetric_divisor", rule, "Leave it empty")


def check_minimum_needs_rate(scenario: Scenario) -> Iterator[Problem]:
    """A minimum charge needs a rate above 0."""
    rates = scenario["freight_rates"]
    wrong = rates["basis"].isin(BY_QUANTITY) & (rates["minimum_charge"] > 0) & (rates["rate"] == 0)
    remedy = "Write it as a rate with basis departure"
    yield from in_rows("freight_rates", rates, wrong, "minimum_charge", "a minimum charge needs a rate above 0", remedy)


def check_first_bracket(scenario: Scenario) -> Iterator[Problem]:
    """The first bracket of a table starts at 0."""
    rates = scenario["freight_rates"]
    if len(rates):
        least = _tables(rates)["from_quantity"].transform("min")
        wrong = (least > 0) & (rates["from_quantity"] == least)
        rule = "no bracket of this table starts at 0"
        yield from in_rows("freight_rates", rates, wrong, "from_quantity", rule, "Add the bracket from 0")


def check_table_uniform(scenario: Scenario) -> Iterator[Problem]:
    """The brackets of a table share divisor and currency."""
    rates = scenario["freight_rates"]
    if len(rates):
        filled = rates.assign(volumetric_divisor=rates["volumetric_divisor"].fillna(0.0))
        for column in ("volumetric_divisor", "currency"):
            wrong = filled[column] != _tables(filled)[column].transform("first")
            rule = f"brackets of one table differ in {column}"
            yield from in_rows("freight_rates", rates, wrong, column, rule, "Write the same in all of them")


def check_case_rates(scenario: Scenario) -> Iterator[Problem]:
    """Where something is charged per case, every SKU has a case pack."""
    skus = scenario["skus"]
    bare = skus["case_pack"].isna()
    for table in ("freight_rates", "handling_rates"):
        rows = scenario[table]
        if (rows["basis"] == "case").any():
            rule = f"{table} has rates per case, so every SKU needs a case pack"
            yield from in_rows("skus", skus, bare, "case_pack", rule, "Write the units in a carton")
            return


def _tables(rates: pd.DataFrame) -> pd.api.typing.DataFrameGroupBy:
    return rates.groupby(TABLE, dropna=False, sort=False)
