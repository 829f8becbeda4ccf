"""Prices of one run are found again in another by names and dates; whatever they are, bounds stay bounds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache, reduce
from operator import add

import numpy as np
import pandas as pd
import pytest

from optimizer.algebra.program import Program
from optimizer.decomposition.crew import Alone
from optimizer.decomposition.lagrangian import cleared, first_prices, linking_bound
from optimizer.decomposition.master import Linking
from optimizer.decomposition.rounds import rounds
from optimizer.formulation.formulate import PRICED, STRENGTHENING, formulate
from optimizer.network.network import Network, connect
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.scenario import Scenario
from optimizer.search.dealt import shares
from optimizer.search.slices import linking_part, linking_rows
from optimizer.search.stored import PRICE_COLUMNS, recalled_prices, stored_prices, usable
from optimizer.search.stored_keys import KEYS, row_keys
from optimizer.search.worker import Worker
from optimizer.solvers.highs import Highs
from tests.decomposition.parts import LIMITS, catalogue, relaxed_optimum
from tests.formulation.golden_toy import golden_toy

Parts = tuple[Network, Program, np.ndarray]
ANY = np.inf


def parts(scenario: Scenario) -> Parts:
    """The network, the program and the linking rows of a scenario."""
    net = connect(scenario)
    program = formulate(net).without(STRENGTHENING)
    return net, program, linking_rows(program)


@cache
def stored(seed: int) -> tuple[Parts, np.ndarray, pd.DataFrame]:
    """The parts of a catalogue, a price of its own for each linking row, and their table."""
    made = parts(catalogue(seed))
    prices = -1.0 - np.arange(len(made[2]))
    return made, prices, stored_prices(*made, prices)


def recalled(table: pd.DataFrame, made: Parts, dearest: float = ANY) -> np.ndarray:
    found = recalled_prices(table, *made, np.full(len(made[2]), dearest))
    assert found.matched == np.isfinite(found.prices).sum()
    return found.prices


def later(scenario: Scenario, days: int) -> Scenario:
    """The same tables read some days later."""
    settings = scenario.settings
    return replace(scenario, settings=replace(settings, starts_on=settings.starts_on + dt.timedelta(days=days)))


def test_every_row_that_has_a_price_has_a_key():
    assert set(KEYS) == PRICED


@pytest.mark.parametrize("scenario", [catalogue(1), golden_toy()], ids=["catalogue", "golden toy"])
def test_keys_tell_all_rows_apart(scenario):
    net, program, links = parts(scenario)
    assert set(program.rows) >= PRICED and all(len(program.bands[name]) for name in PRICED if name != "lane_capacity")
    keys = row_keys(net, program, links)
    assert keys["link"].tolist() == list(range(len(links)))
    assert not keys.drop(columns="link").duplicated().any()


def test_keys_can_be_read_by_people():
    _, _, table = stored(1)
    assert tuple(table.columns) == PRICE_COLUMNS
    held = table[(table["constraint"] == "storage_capacity") & (table["location"] == "US-W")]
    assert held["starts_on"].tolist() == list(pd.date_range("2026-11-30", periods=8, freq="7D"))
    assert set(held["lane"]) == set(held["measure"]) == {""}
    charged = table[(table["constraint"] == "chargeable_weight") & (table["lane"] == "CN-S>US-E air")]
    assert set(charged["measure"]) == {"kg"} and set(charged["location"]) == {""}


def test_the_same_rows_get_their_prices_back_in_whatever_order_the_table_is():
    made, prices, table = stored(1)
    shuffled = table.sample(frac=1.0, random_state=5)
    assert recalled(shuffled, made).tolist() == prices.tolist()


def test_rows_may_be_asked_for_in_any_order_and_number():
    (net, program, links), prices, table = stored(1)
    some = np.random.default_rng(1).permutation(len(links))[:50]
    assert recalled(table, (net, program, links[some])).tolist() == prices[some].tolist()


def test_other_skus_change_nothing_about_the_keys():
    _, prices, table = stored(1)
    assert recalled(table, parts(catalogue(1).only(np.array(["SKU-00002"], dtype=object)))).tolist() == prices.tolist()


@pytest.mark.parametrize(("days", "moved"), [(1, 0), (3, 0), (5, 1), (7, 1)])
def test_a_later_run_takes_the_price_of_the_nearest_period(days, moved):
    made, prices, table = stored(1)
    keys = row_keys(*made)
    names = [name for name in keys if name not in ("link", "starts_on")]
    room = keys[keys["constraint"].isin(["storage_capacity", "receiving_capacity"])]
    expected = room.assign(price=prices[room["link"]])
    # Period p of the later run is nearest to period p + moved; the last one to the last.
    expected = expected.groupby(names)["price"].shift(-moved).fillna(expected["price"])
    found = recalled(table, parts(later(catalogue(1), days)))
    assert found[room["link"]].tolist() == expected.tolist()
    assert np.isfinite(found).mean() > 0.95


def test_rows_that_the_table_does_not_know_stay_open_and_foreign_ones_are_ignored():
    made, prices, table = stored(1)
    strange = table.assign(location=table["location"].replace("US-W", "XX-W"))
    found = recalled(strange, made)
    unknown = (table["location"] == "US-W").to_numpy()
    assert unknown.any() and np.isnan(found[unknown]).all()
    assert found[~unknown].tolist() == prices[~unknown].tolist()
    answer = recalled_prices(strange, *made, np.full(len(prices), ANY))
    assert answer.filled(np.full(len(prices), 7.0))[unknown].tolist() == [7.0] * unknown.sum()


def test_a_longer_horizon_takes_the_last_price_for_what_lies_beyond():
    _, _, table = stored(1)
    spec = Spec(
        skus=5, seed=1, overseas=2, weeks=12, modes=4, median_cases_per_week=3.0, storage_tightness=3.0,
        container_tightness=2.0, suppliers=2,
    )  # fmt: skip
    made = parts(generate(spec))
    keys, found = row_keys(*made), recalled(table, made)
    held = found[keys["link"][(keys["constraint"] == "storage_capacity") & (keys["location"] == "US-W")]]
    assert len(held) == 12 and len(set(held[:8])) == 8 and set(held[8:]) == {held[7]}


@pytest.mark.parametrize("price", ["nan", "inf", "-inf", "dear", "", "=1+1", "1e999"])
def test_prices_that_are_no_numbers_count_as_rows_that_are_not_there(price):
    made, prices, table = stored(1)
    texts = table.astype(str).assign(price=[price, *map(str, prices[1:])])
    found = recalled(texts, made)
    assert found.tolist() == recalled(table[1:], made).tolist()
    assert found[0] == prices[1] and found[1:].tolist() == prices[1:].tolist()


@pytest.mark.parametrize("price", [1e300, -1e300, 1e6 + 1])
def test_prices_beyond_what_a_row_can_be_worth_are_not_taken(price):
    made, prices, table = stored(1)
    found = recalled(table.assign(price=[price, *prices[1:]]), made, dearest=1e6)
    assert np.isnan(found[0]) and found[1:].tolist() == prices[1:].tolist()


def test_dates_and_columns_that_make_no_sense_leave_nothing_to_take():
    made, _, table = stored(1)
    assert np.isnan(recalled(table.assign(starts_on="soon"), made)).all()
    assert np.isnan(recalled(table.drop(columns="price"), made)).all()
    assert np.isnan(recalled(table[:0], made)).all()
    assert np.isnan(recalled(pd.DataFrame(), made)).all()
    assert len(usable(pd.DataFrame({"what": [1]}))) == 0


def test_of_a_row_that_is_there_twice_the_last_counts():
    made, prices, table = stored(1)
    twice = pd.concat([table.assign(price=5.0), table])
    assert recalled(twice, made).tolist() == prices.tolist()


#: Prices that help no search.
ODD = ("another catalogue's", "another date's", "of the wrong sign", "far too high", "infinite", "missing", "none")


@cache
def tables_of_prices() -> dict[str, pd.DataFrame]:
    _, prices, table = stored(1)
    random = np.random.default_rng(3)
    other = stored_prices(*parts(catalogue(2)), random.normal(0, 50, len(prices)))
    west = catalogue(1)
    moved = stored_prices(*parts(later(west, 10)), random.normal(-20, 30, len(prices)))
    odd = [table.assign(price=price) for price in (1e3, -1e5, np.inf, np.nan)]
    return dict(zip(ODD, (other, moved, *odd, table[:0]), strict=True))


@cache
def dealt() -> tuple[Alone, Network, Program, Linking, np.ndarray]:
    """The catalogue as a search by prices has it: workers, the part of nobody, and the most use of each row."""
    crew = Alone(Worker, shares(catalogue(1), 2))
    facts = reduce(add, crew.call("facts"))
    return crew, *linking_part(catalogue(1), facts), facts.fullest


@pytest.mark.parametrize("which", ODD)
def test_whatever_the_prices_the_bound_stays_below_the_optimum(which):
    crew, net, program, linking, fullest = dealt()
    found = recalled_prices(tables_of_prices()[which], net, program, linking.links, linking.dearest)
    prices = cleared(linking, found.filled(first_prices(linking, fullest, Highs(), LIMITS)))
    answers = crew.call("answer", prices, 0)
    bound = sum(answer.bound for answer in answers) + linking_bound(linking, prices, Highs(), LIMITS)
    assert bound <= relaxed_optimum(1) + 1e-6 * abs(relaxed_optimum(1))
    assert np.isfinite(bound)


def test_rounds_from_last_nights_prices_begin_where_last_night_ended():
    crew, net, program, linking, fullest = dealt()
    links = linking.links
    solver, start = Highs(), first_prices(linking, fullest, Highs(), LIMITS)
    last = rounds(linking, crew, solver, LIMITS, start, 0, lambda now: now.number >= 25)
    table = stored_prices(net, program, links, last.prices)
    again = recalled_prices(table, net, program, links, linking.dearest)
    warm = rounds(linking, crew, solver, LIMITS, again.filled(start), 0, lambda now: True)
    cold = rounds(linking, crew, solver, LIMITS, start, 0, lambda now: True)
    assert warm.bound == pytest.approx(last.bound, rel=1e-9)
    assert relaxed_optimum(1) - warm.bound < 0.5 * (relaxed_optimum(1) - cold.bound)
