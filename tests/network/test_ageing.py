"""Which units are old enough for a dearer tier at the end of a period."""

from __future__ import annotations

import pytest

from optimizer.network.network import Network, connect
from tests.formulation.constraint_toys import at
from tests.formulation.printer import keys_of
from tests.formulation.toys import toy


def aged(tiers: list[tuple[int, float]], **changes: object) -> Network:
    """Four weeks, goods in the west from the second on; tiers of (age, rent)."""
    return connect(
        toy(
            (7, 7, 7, 7),
            {"A": [0, 0, 0, 10]},
            storage_rates=[
                {"location": "west", "from_age_days": age, "per_m3_day": rent, **changes.pop("dated", {})}
                for age, rent in tiers
            ],
            **changes,
        )
    )


def test_the_first_tier_is_rent_of_all_stock_and_higher_ones_are_added():
    net = aged([(0, 1.0), (14, 4.0)])
    assert net.stock.loc[net.stock["location"] == 1, "rent"].tolist() == pytest.approx([0.07] * 3)
    assert net.ageing["rent"].tolist() == pytest.approx([0.21] * len(net.ageing))


def test_rows_begin_where_a_unit_can_first_have_the_age():
    # What arrives in the second week (from 8 June) is 7, 14, 21 days old at the ends of the second to fourth.
    assert keys_of(aged([(0, 1.0), (7, 2.0)]), "aged") == ["west,A,1,7", "west,A,2,7", "west,A,3,7"]
    assert keys_of(aged([(0, 1.0), (14, 2.0)]), "aged") == ["west,A,1,14", "west,A,2,14", "west,A,3,14"]
    assert keys_of(aged([(0, 1.0), (15, 2.0)]), "aged") == ["west,A,2,15", "west,A,3,15"]
    assert keys_of(aged([(0, 1.0), (29, 2.0)]), "aged") == []


def test_the_window_of_old_receipts_ends_with_the_age():
    # Received in a period that starts at least 14 days before the end: 15 June -> 1 June, 22 -> 8, 29 -> 15.
    net = aged([(0, 1.0), (14, 2.0)])
    assert net.ageing["before"].tolist() == [0, 1, 2]
    assert aged([(0, 1.0), (13, 2.0)]).ageing["before"].tolist() == [0, 1, 2]
    assert aged([(0, 1.0), (15, 2.0)]).ageing["before"].tolist() == [0, 1]


def test_free_days_are_a_tier_without_rent():
    net = aged([(10, 3.0)])
    assert net.stock["rent"].tolist() == [0.0] * len(net.stock)
    assert net.ageing["rent"].iloc[0] == pytest.approx(0.21)


def test_opening_lots_age_from_their_receipt():
    net = aged(
        [(0, 1.0), (30, 2.0)],
        opening_stock=[
            at("west", 3, received_on="2026-05-09"),  # 30 days old on 8 June
            at("west", 4, received_on="2026-05-10"),  # a day later
            at("west", 5),  # from the first day on
        ],
    )
    assert keys_of(net, "aged") == ["west,A,0,30", "west,A,1,30", "west,A,2,30", "west,A,3,30"]
    assert net.ageing["young"].tolist() == [9, 5, 5, 5]


def test_tiers_are_those_in_force_at_the_start_of_the_period():
    net = connect(
        toy(
            (7, 7, 7, 7),
            {"A": [0, 0, 0, 10]},
            opening_stock=[at("west", 10)],
            storage_rates=[
                {"location": "west", "from_age_days": 0, "per_m3_day": 1},
                {"location": "west", "from_age_days": 0, "per_m3_day": 2, "valid_from": "2026-06-09"},
                {"location": "west", "from_age_days": 7, "per_m3_day": 5, "valid_from": "2026-06-09"},
            ],
        )
    )
    assert net.stock["rent"].tolist() == pytest.approx([0.07, 0.07, 0.14, 0.14])
    assert keys_of(net, "aged") == ["west,A,2,7", "west,A,3,7"]
    assert net.ageing["rent"].tolist() == pytest.approx([0.21, 0.21])


def test_a_place_without_dearer_tiers_tracks_no_receipts():
    assert len(aged([(0, 1.0)]).tracked) == 0
    assert len(aged([(0, 1.0), (7, 1.0)]).tracked) == 0
