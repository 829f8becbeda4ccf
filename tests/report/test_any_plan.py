"""Whatever a plan does or leaves undone, it can be reported: every toy of the model, solved, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tests.formulation.constraint_toys
import tests.formulation.cost_toys
import tests.formulation.shipping_toys  # noqa: F401  (each registers its toys)
from optimizer import solve
from optimizer.report.briefing import brief
from optimizer.report.document import document
from optimizer.report.page import ACROSS, width
from optimizer.report.sheets import SHEETS
from optimizer.report.summary import summary
from optimizer.report.workbook import write_workbook
from tests.formulation.effects import EFFECTS
from tests.properties.worlds import FEATURES, World

TOYS = {effect.make.__name__: effect.make for effect in EFFECTS}


@pytest.mark.parametrize("name", sorted(TOYS))
def test_the_plan_of_a_toy_is_reported(name: str):
    briefing = brief(solve.plan(TOYS[name]()))
    for language in ("en", "zh"):
        text = summary(briefing, language)
        assert max(map(width, text.split("\n"))) <= ACROSS
        json.dumps(document(briefing, language), allow_nan=False)
    assert all(list(make(briefing).columns) for make in SHEETS.values())


@pytest.mark.parametrize("features", [FEATURES, FEATURES[::2], FEATURES[1::2], ()], ids=["all", "even", "odd", "none"])
def test_the_plan_of_a_world_adds_up_in_its_report(tmp_path: Path, features: tuple[str, ...]):
    briefing = brief(solve.plan(World(7, frozenset(features)).scenario()))
    write_workbook(briefing, tmp_path / "plan.xlsx")
    said = document(briefing)
    assert sum(row["amount"] for row in said["cost_lines"]) == pytest.approx(said["total_cost"], abs=0.1)
    assert sum(said["mission"].values()) == pytest.approx(said["mission_cost"], abs=0.01)
    assert said["short_total"]["money"] == pytest.approx(said["costs"]["lost_sales"], abs=1)
