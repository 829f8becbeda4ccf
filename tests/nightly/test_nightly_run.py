"""`optimizer nightly`: what a run keeps, when it does nothing, and what happens to the plan in force when it fails."""

from __future__ import annotations

import json
import shutil
import tempfile

import pandas as pd
import pytest
from sqlalchemy import select

from optimizer import solve
from optimizer.errors import NoPlan, StoreError
from optimizer.nightly import keep, planning
from optimizer.nightly.contents import digests
from optimizer.nightly.rows import add_rows
from optimizer.nightly.store import open_store
from optimizer.nightly.tables import CONTENTS, METADATA, PLAN, STORE
from optimizer.plan.folder import read_plan
from optimizer.plan.manifest import checksums
from optimizer.plan.plan import PLAN_TABLES
from optimizer.plan.views import VIEWS


def listed(ran, store):
    return ran("runs", "list", "--store", store, "--json").document["runs"]


def states(ran, store):
    return [(run["run"], run["state"], run["in_force"]) for run in listed(ran, store)]


def rows(store, name):
    with open_store(store).reads() as connection:
        return pd.DataFrame(connection.execute(select(PLAN[name])).mappings().all())


def test_the_store_has_a_table_for_every_plan_table_and_view_as_the_plan_has_them():
    kept = {name: tuple(column.name for column in table.columns)[1:] for name, table in PLAN.items()}
    assert kept == {**PLAN_TABLES, **VIEWS}, "what a plan holds has changed: the store needs a migration"


def test_a_run_keeps_its_plan_and_puts_it_in_force(ran, night, store):
    done = night()
    assert done.code == 0, done
    assert "The plan of run 1 (night of 2026-06-01) is in force." in done.out
    run = ran("runs", "show", "--store", store, "--json").document
    assert (run["run"], run["state"], run["in_force"], run["scenario"]) == (1, "complete", True, "toy")
    assert run["total_cost"] == pytest.approx(run["bound"])
    assert {"read", "solve", "verify", "write"} - {"read"} <= set(run["seconds"])
    assert {"python", "numpy", "highspy"} <= set(run["versions"])


def test_the_plan_folder_comes_out_of_the_store_as_it_went_in_and_verifies(ran, first_night, store, tmp_path):
    out = tmp_path / "out"
    assert ran("runs", "show", 1, "--store", store, "--out", out).code == 0
    written = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    assert checksums(out) == written
    assert {"plan.xlsx", "summary.txt", "inputs/scenario.toml"} <= set(written)
    assert ran("verify", out).code == 0
    assert (out / "summary.txt").read_text("utf-8") in ran("runs", "show", "--store", store).out


def test_the_rows_of_the_store_say_what_the_folder_says(ran, first_night, store, tmp_path):
    ran("runs", "show", 1, "--store", store, "--out", tmp_path / "out")
    plan = read_plan(tmp_path / "out")
    for name in PLAN_TABLES:
        found = rows(store, name)
        assert len(found) == len(plan[name]), name
        if len(found):
            assert (found.pop("run") == 1).all()
            pd.testing.assert_frame_equal(found.astype(plan[name].dtypes), plan[name])
    assert rows(store, "shipments")["departs_on"].map(str).min() == "2026-06-01"


def test_whole_numbers_in_a_column_of_floats_are_kept_as_whole_numbers(first_night, store):
    empty = {name: pd.DataFrame({c.name: [] for c in table.columns}) for name, table in PLAN.items()}
    aged = pd.DataFrame([("west", "A", 3.0, 31.0, 2.5)], columns=PLAN_TABLES["aged"])
    with open_store(store).writes() as connection:
        connection.execute(PLAN["aged"].delete())
        add_rows(connection, 1, {**empty, "aged": aged})
    assert rows(store, "aged").to_dict("records") == [
        {"run": 1, "location": "west", "sku": "A", "period": 3, "from_age_days": 31, "units": 2.5}
    ]


def test_the_same_night_with_the_same_input_does_nothing(ran, first_night, night, store):
    done = night()
    assert done.code == 0 and "Nothing to do: run 1 (night of 2026-06-01)" in done.out
    assert states(ran, store) == [(1, "complete", True)]


def test_the_same_input_in_another_format_is_the_same_input(ran, first_night, store, shop, tmp_path):
    from optimizer.scenario.read import read
    from optimizer.scenario.write import write

    write(read(shop), tmp_path / "shop.xlsx")
    done = ran("nightly", tmp_path / "shop.xlsx", "--store", store, "--night", "2026-06-01", "--quiet")
    assert "Nothing to do" in done.out


@pytest.mark.parametrize("how", ["again", "other night", "other input"])
def test_another_night_other_input_or_again_makes_a_new_plan(ran, first_night, night, store, shop, how):
    if how == "other input":
        stock = shop / "opening_stock.csv"
        stock.write_text(stock.read_text("utf-8").replace(",5,", ",6,"), "utf-8")
    done = night(2) if how == "other night" else night(1, *(["--again"] if how == "again" else []))
    assert done.code == 0, done
    assert [(state, force) for _, state, force in states(ran, store)] == [("complete", True), ("complete", False)]


def test_a_run_begins_with_what_last_night_left(ran, first_night, night, store, monkeypatch):
    given = []

    def listens(scenario, **more):
        given.append(more["means"].start)
        raise NoPlan("It was not looked for.")

    monkeypatch.setattr(solve, "plan", listens)
    night(2)
    assert given[0].shipped["units"].sum() > 0


def test_a_damaged_plan_of_last_night_costs_the_warm_start_and_nothing_else(ran, first_night, night, store):
    with open_store(store).writes() as connection:
        connection.execute(CONTENTS.update().values(packed=b"damaged"))
    done = night(2)
    assert done.code == 0 and "The search begins without the plan of run 1" in done.err
    assert listed(ran, store)[0]["started_from"] is None


def test_refused_input_leaves_last_nights_plan_in_force_and_is_recorded(ran, first_night, night, store, shop):
    stock = shop / "opening_stock.csv"
    stock.write_text(stock.read_text("utf-8").replace(",5,", ",five,"), "utf-8")
    done = night(2)
    done.assert_told(3, "refused", "The plan of run 1 (night of 2026-06-01) stays in force.", "it is not a number")
    assert states(ran, store)[1] == (1, "complete", True)
    recorded = listed(ran, store)[0]
    assert recorded["state"] == "refused" and recorded["problems"][0]["value"] == "five"
    assert "'five'" in ran("runs", "show", 2, "--store", store).out


def test_a_run_that_fails_once_its_plan_is_kept_says_that_this_one_is_in_force(ran, night, store, monkeypatch):
    def away(*_):
        raise StoreError("The store is away.")

    night(1)
    monkeypatch.setattr("optimizer.nightly.nightly.compare", away)
    night(2).assert_told(9, "The plan of run 2 (night of 2026-06-02) is in force.")
    assert states(ran, store)[0] == (2, "complete", True)


def test_where_the_store_is_away_nothing_is_said_of_what_it_holds_now(ran, shop, tmp_path, monkeypatch):
    file, planned = tmp_path / "plans.db", solve.plan

    def away(*words, **more):
        file.write_bytes(b"no more" * 1000)
        return planned(*words, **more)

    words = ("nightly", shop, "--store", file, "--quiet", "--stock-days", 30, "--night")
    ran(*words, "2026-06-01")
    monkeypatch.setattr("optimizer.nightly.planning.TRIES", ())
    monkeypatch.setattr("optimizer.nightly.planning._rescued", lambda folder: "a safe place")
    monkeypatch.setattr(solve, "plan", away)
    done = ran(*words, "2026-06-02")
    done.assert_told(9, "In force was the plan of run 1 (night of 2026-06-01) when this run began.")
    assert "stays in force" not in done.err


def test_refused_input_on_the_first_night_says_that_no_plan_is_in_force(ran, night, store, shop):
    (shop / "skus.csv").unlink()
    night().assert_told(3, "There is no plan in force yet.")
    ran("runs", "show", "--store", store).assert_told(2, "No plan is in force yet")


def test_a_search_without_a_plan_leaves_last_nights_plan_in_force(ran, first_night, night, store, monkeypatch):
    def nothing(scenario, **more):
        raise NoPlan("No plan was found within the limits.")

    monkeypatch.setattr(solve, "plan", nothing)
    night(2).assert_told(4, "No plan was found", "The plan of run 1 (night of 2026-06-01) stays in force.")
    assert [run["state"] for run in listed(ran, store)] == ["failed", "complete"]


def test_a_store_of_another_scenario_is_left_alone(ran, first_night, night, store, shop):
    toml = shop / "scenario.toml"
    toml.write_text(toml.read_text("utf-8").replace('name = "toy"', 'name = "other"'), "utf-8")
    night(2).assert_told(3, "the store keeps the plans of 'toy'")


@pytest.mark.parametrize("step", ["rows", "files"])
def test_a_plan_that_cannot_be_kept_whole_is_not_kept_at_all_and_stands_in_a_folder(
    ran, first_night, night, store, monkeypatch, tmp_path, step
):
    """Whatever the disk takes before it is full, the store holds what it held."""
    before = {name: len(rows(store, name)) for name in PLAN}

    def full(*words, **more):
        add_rows(*words) if step == "rows" else None
        raise StoreError("The disk is full.")

    (tmp_path / "safe").mkdir()
    with monkeypatch.context() as broken:
        broken.setattr(planning, "TRIES", ())
        broken.setattr(tempfile, "tempdir", str(tmp_path / "safe"))
        broken.setattr(keep, {"rows": "add_rows", "files": "add_files"}[step], full)
        night(2).assert_told(9, "The disk is full.", "The plan itself is safe: it stands in", "The plan of run 1")
    assert {name: len(rows(store, name)) for name in PLAN} == before
    assert states(ran, store) == [(2, "failed", False), (1, "complete", True)]
    (rescued,) = (tmp_path / "safe").iterdir()
    assert ran("verify", rescued / "plan").code == 0


def test_a_store_that_is_away_for_a_moment_gets_the_plan_all_the_same(ran, night, store, monkeypatch):
    tries = []

    def away_first(*words):
        tries.append(words)
        if len(tries) == 1:
            raise StoreError("The database is away.")
        return keep.complete(*words)

    monkeypatch.setattr(planning, "TRIES", (0.0,))
    monkeypatch.setattr(planning, "complete", away_first)
    done = night()
    assert done.code == 0 and "Another try follows" in done.err
    assert len(tries) == 2 and states(ran, store) == [(1, "complete", True)]


def test_keeping_a_plan_twice_is_keeping_it_once(ran, night, store, monkeypatch):
    """The word that a transaction was kept may get lost on the way: then the plan is offered again."""

    def kept_without_a_word(*words):
        if not kept:
            kept.append(keep.complete(*words))
            raise StoreError("The connection was lost.")
        return keep.complete(*words)

    kept = []
    monkeypatch.setattr(planning, "TRIES", (0.0,))
    monkeypatch.setattr(planning, "complete", kept_without_a_word)
    assert night().code == 0
    assert len(rows(store, "costs")) == rows(store, "costs")["line"].nunique()


def test_equal_files_are_kept_once(ran, first_night, night, store):
    night(2)
    with open_store(store).reads() as connection:
        one, two = digests(connection, 1), digests(connection, 2)
        contents = connection.exec_driver_sql("SELECT count(*) FROM optimizer_contents").scalar_one()
    assert one["inputs/skus.csv"] == two["inputs/skus.csv"]
    assert contents == len({*one.values(), *two.values()})


def test_a_password_is_never_shown(ran, shop, tmp_path):
    address = f"postgresql://seller:secret@/plans?host={tmp_path}"
    done = ran("nightly", shop, "--store", address, "--quiet")
    done.assert_told(9, "postgresql+psycopg://seller:***@/plans", "cannot be read: connection")
    assert "secret" not in done.err and len(done.err.splitlines()) == 1


def test_a_run_may_read_and_write_the_same_database(ran, store, shop):
    from optimizer.scenario.read import read
    from tests.scenario.test_database import fill

    fill(store, read(shop))
    for _ in range(2):
        done = ran("nightly", store, "--store", store, "--night", "2026-06-01", "--quiet", "--again")
        assert done.code == 0, done
    assert states(ran, store) == [(2, "complete", True), (1, "complete", False)]


def test_the_holder_is_free_after_every_end(ran, first_night, night, store, shop):
    shutil.rmtree(shop)
    night(2)
    with open_store(store).reads() as connection:
        assert connection.execute(select(STORE.c.holder)).scalar_one() is None
    assert set(METADATA.tables) >= {"optimizer_store", "optimizer_runs", "plan_ship"}
