"""Plan folders that were tampered with: 3 where the folder is not whole, 8 where the plan in it is wrong."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.running import Ran


def rewrite(plan: Path, name: str, old: str, new: str, *, forge: bool = False) -> None:
    """Put `new` in the place of `old` in a file; with `forge` the manifest is made to agree."""
    file = plan / name
    text = file.read_text("utf-8-sig")
    assert old in text, text
    file.write_text(text.replace(old, new, 1), "utf-8-sig")
    if forge:
        manifest = json.loads((plan / "manifest.json").read_text("utf-8"))
        manifest["files"][name] = hashlib.sha256(file.read_bytes()).hexdigest()
        (plan / "manifest.json").write_text(json.dumps(manifest), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("ship.csv", "5.0", "6.0"),
        ("inputs/prices.csv", "20", "21"),
        ("plan.xlsx", "", "x"),
        ("summary.txt", "toy", "boy"),
    ],
)
def test_a_file_that_was_edited_is_named(ran, plan, name, old, new):
    if name == "plan.xlsx":
        (plan / name).write_bytes((plan / name).read_bytes() + b" ")
    else:
        rewrite(plan, name, old, new)
    ran("verify", plan).assert_told(
        3, f"plan/{name} (1)", "it was changed after the plan was made", "Make the plan anew"
    )


def test_a_file_that_was_removed_is_named(ran, plan):
    (plan / "deliver.csv").unlink()
    ran("verify", plan).assert_told(3, "plan/deliver.csv (1)", "it is missing")


def test_a_file_that_was_added_to_the_inputs_is_named(ran, plan):
    (plan / "inputs" / "locks.csv").write_text("lane,sku,least\nsea,A,1\n")
    ran("verify", plan).assert_told(3, "plan/inputs/locks.csv (1)", "it was added after the plan was made")


@pytest.mark.parametrize("manifest", ["", "{}", "[" * 100_000, "null", '{"schema_version": 2}'])
def test_a_manifest_that_is_none_is_named(ran, plan, manifest):
    (plan / "manifest.json").write_text(manifest)
    ran("verify", plan).assert_told(3, "plan/manifest.json (1)")


@pytest.mark.parametrize(
    ("key", "value"),
    [("bound", "low"), ("bound", [1]), ("bound", True), ("seconds", 3), ("seconds", {"solve": "x"}), ("status", None),
     ("solver", 5), ("files", ["ship.csv"]), ("files", {"ship.csv": 5})],
)  # fmt: skip
def test_a_manifest_with_facts_of_the_wrong_type_is_named(ran, plan, key, value):
    manifest = json.loads((plan / "manifest.json").read_text("utf-8"))
    (plan / "manifest.json").write_text(json.dumps({**manifest, key: value}), "utf-8")
    ran("verify", plan).assert_told(3, "plan/manifest.json (1)", "it is no plan's manifest of schema version 1")


@pytest.mark.parametrize("bound", ["NaN", "Infinity", "-Infinity"])
def test_a_bound_that_is_no_number_is_refused(ran, plan, bound):
    text = (plan / "manifest.json").read_text("utf-8")
    (plan / "manifest.json").write_text(text.replace('"bound": 25.0', f'"bound": {bound}', 1), "utf-8")
    ran("verify", plan).assert_told(3, "plan/manifest.json (1)")


@pytest.mark.parametrize("folder", ["nowhere", "empty", "file"])
def test_what_is_no_plan_folder_is_told_from_one(ran, tmp_path, folder):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("text")
    done: Ran = ran("verify", tmp_path / folder)
    done.assert_told(3, "this is no plan folder: it has no manifest.json", "Name a folder that 'optimizer plan --out'")


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("ship.csv", "buy,A,0,5.0", "buy,A,0,50.0", "stock_balance: "),
        ("deliver.csv", "10.0", "11.0", "demand_met_or_lost: "),
        ("costs.csv", "purchase,25.0", "purchase,24.0", "costs: purchase is said to be 24.00"),
        ("ship.csv", "buy,A", "bye,A", "known keys: ship names lane"),
        ("inputs/sourcing.csv", ",5,", ",6,", "costs: purchase"),
    ],
)
def test_a_forged_plan_breaks_a_rule(ran, plan, name, old, new, rule):
    rewrite(plan, name, old, new, forge=True)
    ran("verify", plan).assert_told(8, "The plan breaks ", f"  {rule}")


def test_a_forged_bound_above_the_cost_breaks_a_rule(ran, plan):
    text = (plan / "manifest.json").read_text("utf-8")
    (plan / "manifest.json").write_text(text.replace('"bound": 25.0', '"bound": 26.0', 1), "utf-8")
    ran("verify", plan).assert_told(8, "bound")


@pytest.mark.parametrize(
    ("old", "new"),
    [("buy,A,0,", "buy,A,0.5,"), ("buy,A,0,", "buy,A,,"), ("buy,A,0,5.0", "buy,A,0,five"), ("lane,", "lain,")],
)
def test_a_forged_table_that_cannot_be_read_is_named(ran, plan, old, new):
    rewrite(plan, "ship.csv", old, new, forge=True)
    ran("verify", plan).assert_told(3, "plan/ship.csv (1)")
