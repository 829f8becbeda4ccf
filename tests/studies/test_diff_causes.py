"""Where the cause of a changed line is looked for: at the line itself, then further and further around it."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from optimizer.studies.diff.causes import Lost, Shipped

LANES = {"sea": "west", "fcl": "west", "air": "west", "east": "east"}


def shipped(*steps: dict[tuple[str, int], float]) -> Shipped:
    """What each step ships of A by lane and period; the first is before any input is replaced."""
    rows = [(lane, "A", period, number, float(units))
            for number, step in enumerate(steps) for (lane, period), units in step.items()]  # fmt: skip
    table = pd.DataFrame(rows, columns=["lane", "sku", "period", "step", "units"])
    return Shipped(table, LANES, ["stock", "freight", "duty"][: len(steps) - 1])


def line(kind: str, units: float, after: tuple[str, int] = ("", -1), before: tuple[str, int] = ("", -1), sku="A"):
    return SimpleNamespace(kind=kind, sku=sku, units=units, lane=after[0], period=after[1], lane_before=before[0],
                           period_before=before[1])  # fmt: skip


def found(moved: Shipped, row) -> tuple[str, str] | None:
    cause = moved.cause(row)
    return cause and (cause.reason, cause.level)


@pytest.mark.parametrize(
    ("step", "level"),
    [
        ({("sea", 1): 5}, "line"),
        ({("sea", 2): 5}, "lane"),
        ({("fcl", 2): 5}, "place"),
        ({("east", 2): 5}, "sku"),
    ],
)
def test_a_cause_is_looked_for_at_the_line_then_on_its_lane_at_its_destination_and_anywhere(step, level):
    assert found(shipped({}, {}, step), line("more", 10, ("sea", 1))) == ("freight", level)


def test_a_step_that_moves_less_than_half_of_a_line_is_no_cause():
    assert found(shipped({}, {("sea", 1): 4}), line("more", 10, ("sea", 1))) is None


def test_a_step_that_moves_a_line_the_other_way_is_no_cause():
    assert found(shipped({("sea", 1): 9}, {}), line("more", 10, ("sea", 1))) is None
    assert found(shipped({("sea", 1): 9}, {}), line("less", 10, before=("sea", 1))) == ("stock", "line")


def test_what_other_products_do_says_nothing_of_a_line():
    assert found(shipped({}, {("sea", 1): 9}), line("more", 10, ("sea", 1), sku="B")) is None


def test_the_nearest_level_comes_first_though_a_step_moves_more_further_off():
    moved = shipped({}, {("sea", 1): 6}, {("sea", 1): 6, ("sea", 2): 90})
    assert found(moved, line("more", 10, ("sea", 1))) == ("stock", "line")


def test_units_that_come_sooner_on_their_lane_are_earlier_though_in_other_weeks():
    # Ten units in week 1 in place of week 4: of weeks 0 to 2 two see ten more gone.
    moved = shipped({("sea", 4): 10}, {("sea", 1): 10})
    assert found(moved, line("earlier", 10, ("sea", 0), ("sea", 3))) == ("stock", "lane")
    assert found(moved, line("later", 10, ("sea", 3), ("sea", 0))) is None


def test_units_that_are_put_off_on_another_lane_to_their_destination_are_later():
    moved = shipped({("fcl", 1): 10}, {("fcl", 3): 10})
    assert found(moved, line("earlier", 10, ("sea", 1), ("sea", 3))) is None
    assert found(moved, line("later", 10, ("sea", 3), ("sea", 1))) == ("stock", "place")


def test_units_that_go_by_another_mode_are_caused_by_what_moves_them_between_these_lanes_in_any_week():
    moved = shipped({("sea", 3): 10}, {("fcl", 2): 10})
    assert found(moved, line("other_mode", 10, ("fcl", 1), ("sea", 1))) == ("stock", "lane")
    assert found(moved, line("other_mode", 10, ("air", 1), ("sea", 1))) == ("stock", "lane"), "half of it left the sea"


def lost(*steps: dict[tuple[str, str], float]) -> Lost:
    rows = [(sku, region, number, float(units))
            for number, step in enumerate(steps) for (sku, region), units in step.items()]  # fmt: skip
    table = pd.DataFrame(rows, columns=["sku", "region", "step", "units"])
    return Lost(table, ["stock", "freight", "duty"][: len(steps) - 1])


@pytest.mark.parametrize(
    ("step", "cause"),
    [
        ({("A", "W"): 5}, ("stock", "line")),
        ({("A", "E"): 5}, ("stock", "sku")),
        ({("A", "W"): 4}, None),
        ({("B", "W"): 9}, None),
    ],
)
def test_lost_sales_are_caused_by_what_loses_half_of_them_in_their_region_or_in_all(step, cause):
    told = lost({}, step).cause(SimpleNamespace(sku="A", region="W", before=0.0, after=10.0))
    assert (told and (told.reason, told.level)) == cause


def test_sales_that_are_no_longer_lost_have_a_cause_as_well():
    told = lost({("A", "W"): 9}, {("A", "W"): 2}).cause(SimpleNamespace(sku="A", region="W", before=10.0, after=0.0))
    assert told is not None and told.reason == "stock"


def test_where_no_step_ships_or_loses_anything_there_is_no_cause():
    assert found(shipped({}, {}), line("more", 10, ("sea", 1))) is None
    assert lost({}, {}).cause(SimpleNamespace(sku="A", region="W", before=0.0, after=10.0)) is None
