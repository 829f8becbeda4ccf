"""`optimizer runs`: list, show, prune."""

from __future__ import annotations

from sqlalchemy import text

from optimizer.nightly.store import open_store
from tests.nightly.test_nightly_run import listed, rows


def count(store, table):
    with open_store(store).reads() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_the_list_shows_every_run_and_marks_the_plan_in_force(ran, first_night, night, store, shop):
    (shop / "skus.csv").rename(shop / "goods.csv")
    night(2)
    lines = ran("runs", "list", "--store", store).out.splitlines()
    assert lines[0].split() == [
        "Run",
        "Night",
        "State",
        "Began",
        "(UTC)",
        "Seconds",
        "Total",
        "cost",
        "Gap",
        "From",
        "run",
    ]
    assert lines[1].split()[:3] == ["2", "2026-06-02", "refused"]
    assert lines[2].split()[:4] == ["->", "1", "2026-06-01", "complete"]
    assert "stays in force" not in lines[3] and "The input was refused" in lines[3]


def test_the_list_is_as_long_as_asked(ran, first_night, night, store):
    for day in (2, 3):
        night(day)
    told = ran("runs", "list", "--store", store, "--last", 1).out
    assert "2026-06-03" in told and "2026-06-02" not in told and "and 2 older ones" in told
    assert ran("runs", "list", "--store", store, "--last", 1, "--json").document["count"] == 3


def test_a_run_that_is_not_there_or_has_no_plan_is_wrong_use(ran, first_night, night, store, shop, tmp_path):
    ran("runs", "show", 7, "--store", store).assert_told(2, "has no run 7")
    (shop / "skus.csv").unlink()
    night(2)
    ran("runs", "show", 2, "--store", store, "--out", tmp_path / "out").assert_told(2, "has made no plan")
    assert not (tmp_path / "out").exists()


def test_a_plan_is_not_written_over_anything_else(ran, first_night, store, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    ran("runs", "show", "--store", store, "--out", tmp_path / "out").assert_told(9, "is no plan folder")
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_a_file_name_that_leads_out_of_the_folder_is_not_followed(ran, first_night, store, tmp_path):
    with open_store(store).writes() as connection:
        connection.execute(text("UPDATE optimizer_files SET name = '../evil.txt' WHERE name = 'plan.xlsx'"))
    ran("runs", "show", "--store", store, "--out", tmp_path / "out").assert_told(9, "leads out of the folder")
    assert not (tmp_path / "evil.txt").exists() and not (tmp_path / "out").exists()


def test_a_damaged_file_is_told_and_nothing_is_written(ran, first_night, store, tmp_path):
    with open_store(store).writes() as connection:
        connection.execute(text("UPDATE optimizer_files SET digest = (SELECT digest FROM optimizer_files "
                                "WHERE name = 'lost.csv') WHERE name = 'ship.csv'"))  # fmt: skip
        connection.execute(text("UPDATE optimizer_contents SET packed = (SELECT packed FROM optimizer_contents c, "
                                "optimizer_files f WHERE c.digest = f.digest AND f.name = 'costs.csv') WHERE digest = "
                                "(SELECT digest FROM optimizer_files WHERE name = 'lost.csv')"))  # fmt: skip
    done = ran("runs", "show", "--store", store, "--out", tmp_path / "out")
    done.assert_told(9, "is damaged in the store: its checksum is another")
    assert not (tmp_path / "out").exists()


def test_pruning_keeps_the_newest_plans_and_what_they_share(ran, first_night, night, store, tmp_path):
    for day in (2, 3):
        night(day)
    assert ran("runs", "prune", "--keep", 2, "--store", store).out == "Removed 1 run: 1.\n"
    assert [run["run"] for run in listed(ran, store)] == [3, 2]
    assert set(rows(store, "costs")["run"]) == {2, 3}
    for run in (2, 3):
        assert ran("runs", "show", run, "--store", store, "--out", tmp_path / str(run)).code == 0
        assert ran("verify", tmp_path / str(run)).code == 0


def test_pruning_never_removes_the_plan_in_force(ran, first_night, night, store, shop):
    (shop / "skus.csv").unlink()
    night(2)
    assert ran("runs", "prune", "--keep", 0, "--store", store, "--json").document["removed"] == [2]
    assert [(run["run"], run["in_force"]) for run in listed(ran, store)] == [(1, True)]
    assert count(store, "optimizer_files") > 10


def test_contents_that_nobody_has_any_more_are_removed(ran, first_night, night, store):
    one = count(store, "optimizer_contents")
    night(2)
    ran("runs", "prune", "--keep", 1, "--store", store)
    assert count(store, "optimizer_contents") == one


def test_numbers_of_removed_runs_are_not_given_again(ran, first_night, night, store, shop):
    (shop / "skus.csv").rename(shop / "kept")
    night(2)
    ran("runs", "prune", "--keep", 0, "--store", store)
    (shop / "kept").rename(shop / "skus.csv")
    night(3)
    assert [run["run"] for run in listed(ran, store)] == [3, 1]


def test_a_store_that_is_not_there_is_not_made_by_looking(ran, tmp_path):
    for words in (("list",), ("show",), ("prune", "--keep", 1)):
        ran("runs", *words, "--store", tmp_path / "plans.db").assert_told(9, "There is no store at")
    assert not list(tmp_path.iterdir())
