"""Every exit code that can occur, by the command that brings it about, in text and in JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer import solve
from optimizer.plan import folder
from tests.cli.running import toy_folder


def told_as_json(done, code):
    """The document of an error."""
    assert done.code == code
    assert (done.document["command"], done.document["exit_code"]) == ("error", code)
    assert {"error", "problems", "violations"} <= set(done.document)
    assert [line for line in done.err.split("\n") if line and " s  " not in line] == [], "nothing but progress"
    return done.document


def test_1_for_a_defect_with_a_traceback_only_when_asked(ran, shop, monkeypatch):
    def fails(scenario, sound):
        raise RuntimeError("a \x1b[31mwheel came off")

    monkeypatch.setattr(solve, "check", fails)
    done = ran("check", shop)
    assert done.code == 1 and done.out == ""
    assert done.err.startswith("Unexpected error: RuntimeError: a \\x1b[31mwheel came off\n")
    assert "Traceback" not in done.err
    debugged = ran("check", shop, "--debug")
    assert debugged.code == 1 and "Traceback" in debugged.err and "in fails" in debugged.err
    assert "wheel came off" in told_as_json(ran("check", shop, "--json"), 1)["error"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("plan",), "Missing argument 'SCENARIO'"),
        (("plans", "x"), "No such command 'plans'"),
        (("plan", "x", "--sekonds", "3"), "No such option '--sekonds'"),
        (("plan", ""), "the path is empty"),
        (("plan", "shop", "--out", " "), "the path is empty"),
        (("plan", "shop", "--seconds", "soon"), "'soon' is not a number"),
        (("plan", "shop", "--seconds", "0"), "0 is not above 0"),
        (("plan", "shop", "--seconds", "inf"), "'inf' is not a finite number"),
        (("plan", "shop", "--seconds", "1e9"), "1e9 is above 604800"),
        (("plan", "shop", "--gap", "nan"), "'nan' is not a finite number"),
        (("plan", "shop", "--gap", "50"), "50 is above 1"),
        (("plan", "shop", "--gap", "-0.1"), "-0.1 is below 0"),
        (("plan", "shop", "--threads", "1.5"), "'1.5' is not a whole number"),
        (("plan", "shop", "--threads", "0"), "0 is below 1"),
        (("plan", "shop", "--seed", "-1"), "-1 is below 0"),
        (("plan", "shop", "--language", "de"), "'de' is not one of 'en', 'zh'"),
        (("plan", "shop", "--solver", "abacus"), "There is no solver called 'abacus'"),
        (("export", "shop", "program.txt"), "a program is written as .mps or .lp"),
        (("new", "shop"), "is there already"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_2_for_wrong_use(ran, shop, words, says):
    words = tuple(str(shop) if word == "shop" else word for word in words)
    ran(*words).assert_told(2, says)
    assert says in told_as_json(ran(*words, "--json"), 2)["error"]


def test_2_without_a_command_shows_the_help(ran):
    ran().assert_told(2, "Usage: optimizer", "optimizer new my-shop", "Exit codes:")


def test_3_for_input_that_is_refused(ran, own_shop):
    text = (own_shop / "lanes.csv").read_text("utf-8-sig")
    (own_shop / "lanes.csv").write_text(text.replace("home", "hoem"), "utf-8")
    for name, *rest in (("check",), ("plan", "--quiet"), ("describe",), ("export", "program.mps")):
        done = ran(name, own_shop, *rest)
        done.assert_told(3, "lanes (1)", "row 2 origin = 'hoem'", "no such location", "Did you mean 'home'")
    assert told_as_json(ran("check", own_shop, "--json"), 3)["problems"] == [
        {
            "table": "lanes",
            "row": 2,
            "column": "origin",
            "value": "hoem",
            "rule": "the table locations has no such location",
            "remedy": "Did you mean 'home'",
        }
    ]


def test_4_where_no_plan_keeps_the_rules(ran, tmp_path):
    # The lock wants 8 of the 5 units that there are; a lane's capacity is no way out.
    locks = [{"lane": "sea", "sku": "A", "date": "2026-06-01", "least": 8}]
    shop = toy_folder(tmp_path / "locked", locks=locks)
    ran("plan", shop, "--quiet", "--out", tmp_path / "plan").assert_told(4, "No plan keeps all the rules.", "locks")
    assert not (tmp_path / "plan").exists()
    assert "No plan keeps all the rules" in told_as_json(ran("plan", shop, "--json"), 4)["error"]


def test_4_where_memory_has_run_out(ran, shop, monkeypatch):
    def fails(*_, **__):
        raise MemoryError

    monkeypatch.setattr(solve, "plan", fails)
    done = ran("plan", shop)
    assert done.code == 4 and done.out == ""
    assert done.err.splitlines()[-1].startswith("Memory has run out. Take fewer --threads")
    assert "Memory has run out" in told_as_json(ran("plan", shop, "--json"), 4)["error"]


def test_5_where_the_gap_is_missed_and_must_not_be(ran, shop, found, tmp_path, monkeypatch):
    unproven = replace(found, bound=float("-inf"), status="feasible")
    monkeypatch.setattr(solve, "plan", lambda *words, **more: unproven)
    done = ran("plan", shop, "--strict", "--quiet", "--out", tmp_path / "plan")
    assert (done.code, done.err) == (5, "")
    assert "the gap asked for (0.5%) was missed" in done.out
    assert (tmp_path / "plan" / "manifest.json").is_file(), "the plan is written all the same"
    lenient = ran("plan", shop, "--json")
    assert lenient.code == 0 and lenient.document["within_gap"] is False


def test_0_where_the_gap_is_reached_and_must_be(ran, shop, found):
    assert ran("plan", shop, "--strict", "--quiet").code == 0


def test_8_where_a_plan_breaks_a_rule(ran, plan):
    right = folder.read_plan(plan)
    ship = right["ship"].assign(units=right["ship"]["units"] + 3)
    folder.write_plan(replace(right, tables={**right.tables, "ship": ship}), plan)
    done = ran("verify", plan)
    done.assert_told(
        8, "The plan breaks ", "  stock_balance: 3 more units of A leave home", "  costs: purchase is said"
    )
    violations = told_as_json(ran("verify", plan, "--json"), 8)["violations"]
    assert [f"  {violation}" for violation in violations] == done.err.strip().split("\n")[1:]


def test_8_where_the_plan_just_made_breaks_a_rule(ran, shop, tmp_path, monkeypatch):
    monkeypatch.setattr(solve, "verify", lambda plan: ("duty: the sum is wrong.",))
    ran("plan", shop, "--quiet", "--out", tmp_path / "plan").assert_told(8, "The plan breaks 1 rule.\n  duty: the sum")
    assert not (tmp_path / "plan").exists()


def test_9_where_a_file_cannot_be_read(ran, shop, monkeypatch):
    def deny(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", deny)
    ran("check", shop).assert_told(9, "Cannot read ", "Permission denied")
    assert "Permission denied" in told_as_json(ran("check", shop, "--json"), 9)["error"]


def test_130_where_it_is_interrupted_before_there_is_a_plan(ran, shop, tmp_path, monkeypatch):
    def interrupted(scenario, sound):
        raise KeyboardInterrupt

    monkeypatch.setattr(solve, "check", interrupted)
    ran("plan", shop, "--quiet", "--out", tmp_path / "plan").assert_told(130, "Interrupted: nothing was written.")
    assert list(tmp_path.iterdir()) == []
    assert "nothing was written" in told_as_json(ran("check", shop, "--json"), 130)["error"]


def test_every_exit_code_is_in_the_help(ran):
    from optimizer import errors

    text = ran("--help").out
    codes = {
        error.exit_code for error in vars(errors).values() if isinstance(error, type) and hasattr(error, "exit_code")
    }
    assert codes == {1, 2, 3, 4, 7, 8, 9}
    for code in (0, *codes, 5, 130):
        assert f" {code}  " in text
