"""A swept catalogue differs from the default one in the one thing that is swept, as much as the sweep says."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import difficulties
from benchmarks.registry import suite
from benchmarks.scenarios import catalogue
from benchmarks.suites.sweeps import SWEEPS

SKUS = 6


def differing(made) -> set[str]:
    """Tables of a scenario that differ from those of the default catalogue."""
    usual = catalogue(SKUS)
    return {name for name in usual.tables if not made[name].equals(usual[name])}


def test_twice_the_tightness_halves_the_room_aboard_and_changes_nothing_else() -> None:
    once, twice = (difficulties.containers(SKUS, text) for text in ("1", "2"))
    rooms = [made["lanes"].set_index("lane")["capacity_m3"].dropna() for made in (once, twice)]
    assert len(rooms[0]) == 5 and (rooms[0] > 0).all()
    assert rooms[1].to_numpy() == pytest.approx(rooms[0].to_numpy() / 2, abs=1e-3)
    assert differing(once) == {"lanes"}
    # The room of a warehouse is for six weeks at a tightness of 0.7.
    room = once["locations"].set_index("location")["storage_volume_m3"]
    lane = once["lanes"].dropna(subset=["capacity_m3"]).iloc[0]
    assert lane["capacity_m3"] == pytest.approx(room[lane["destination"]] * 0.7 / 6, abs=1e-3)


def test_least_orders_grow_with_their_multiple_and_vanish_at_zero() -> None:
    usual, fourfold, none = catalogue(SKUS), *(difficulties.least_orders(SKUS, text) for text in ("4", "0"))
    assert (usual["sourcing"]["moq"] > 0).any()
    assert np.array_equal(fourfold["sourcing"]["moq"], 4 * usual["sourcing"]["moq"])
    assert np.array_equal(fourfold["suppliers"]["minimum_order_value"], 4 * usual["suppliers"]["minimum_order_value"])
    assert not none["sourcing"]["moq"].any() and not none["suppliers"]["minimum_order_value"].any()
    assert differing(fourfold) == {"sourcing", "suppliers"}


def test_storage_cases_and_warehouses_are_what_their_text_says() -> None:
    rooms = [difficulties.storage(SKUS, text)["locations"]["storage_volume_m3"].sum() for text in ("0.7", "2.8")]
    assert rooms[0] > 2 * rooms[1] > 0
    wanted = [difficulties.cases(SKUS, text)["demand"]["mean"].sum() for text in ("0.3", "6")]
    assert wanted[1] > 5 * wanted[0]
    kinds = difficulties.warehouses(SKUS, "3")["locations"]["kind"]
    assert kinds.isin(["overseas", "marketplace"]).sum() == 3


@pytest.mark.parametrize("spec", SWEEPS.specs, ids=[spec.name for spec in SWEEPS.specs])
def test_a_sweep_is_over_the_same_skus_and_a_smoke_over_few(spec, monkeypatch) -> None:
    monkeypatch.setattr(difficulties, "SKUS", SKUS)
    sizes = [step.size for step in spec.run]
    assert {len(spec.made(size, "run")["skus"]) for size in sizes} == {SKUS}
    assert len(spec.made(spec.smoke[0].size, "smoke")["skus"]) == difficulties.FEW


def test_a_sweep_is_measured_beside_highs_alone() -> None:
    spec = suite("sweeps").spec("storage")
    cases = suite("sweeps").cases(spec, "full")
    assert {case.method for case in cases} == {"search", "highs"}
    assert {case.seconds for case in cases} == {60}
