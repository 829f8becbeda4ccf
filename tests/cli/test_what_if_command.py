"""`optimizer what-if`: five of ten units are at home, five more are bought at 5, so the base costs 25."""

from __future__ import annotations

import csv
import signal
from pathlib import Path

import pytest

from optimizer.cli.progress import ProgressLine
from optimizer.plan.folder import read_plan
from optimizer.plan.verify import verify
from optimizer.report.page import ACROSS, width

DEARER, CHEAPER = "sourcing.unit_cost *= 2", "prices.price = 4"
#: Of a test of what is around the searches, which are those of other tests.
PLANNED_ONCE = pytest.mark.usefixtures("searched_once")
#: No departure can bring so many.
IMPOSSIBLE = """
[[add.locks]]
lane = "sea"
sku = "A"
date = 2026-06-01
least = 1000
"""


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def asked(shop: Path, folder: Path, name: str = "dearer", changes: str = DEARER, more: str = "") -> Path:
    return file(folder, name, f'base = "{shop}"\nchanges = ["{changes}"]\n{more}')


def told(document, name):
    return next(one for one in document["what_ifs"] if one["name"] == name)


def test_changes_are_planned_side_by_side_and_held_against_the_base(ran, shop):
    done = ran("what-if", shop, "--set", DEARER, "--set", CHEAPER, "--quiet", "--json")
    assert (done.code, done.err) == (0, "")
    said = done.document
    assert (said["schema_version"], said["command"], said["scenario"], said["asked"]) == (1, "what-if", "toy", 2)
    assert said["base"]["key"]["total_cost"] == pytest.approx(25)
    # Five units cost five more each; at a price of 4 they are not bought, and 5 x 4 are lost.
    assert told(said, DEARER)["difference"]["total_cost"] == pytest.approx(25)
    assert told(said, CHEAPER)["difference"]["total_cost"] == pytest.approx(-5)
    assert told(said, DEARER)["differences"]["line"]["purchase"] == pytest.approx(25)
    assert told(said, CHEAPER)["differences"]["line"]["lost_sales"] == pytest.approx(20)
    assert told(said, CHEAPER)["plan"]["key"]["fill_rate"] == pytest.approx(0.5)
    assert told(said, DEARER)["difference"]["certain"] is True


@PLANNED_ONCE
def test_a_name_in_a_file_cannot_tell_the_terminal_what_to_do(ran, shop, tmp_path):
    place = asked(shop, tmp_path, more='name = "\\u001b]0;owned\\u0007dear"\ndescription = "\\u001b[2Jgone"')
    done = ran("what-if", place, "--quiet", "--out", tmp_path / "out")
    assert done.code == 0, done
    for said in (done.out, (tmp_path / "out" / "comparison.txt").read_text("utf-8")):
        assert "owned" in said and "\x1b" not in said and "\x07" not in said


@PLANNED_ONCE
def test_a_set_may_hold_several_changes(ran, shop):
    done = ran("what-if", shop, "--set", f"{DEARER}; demand.mean *= 2", "--quiet", "--json")
    # Fifteen units are bought at ten.
    assert done.document["what_ifs"][0]["difference"]["total_cost"] == pytest.approx(150 - 25)
    assert done.document["what_ifs"][0]["changes"] == [DEARER, "demand.mean *= 2"]


@PLANNED_ONCE
def test_a_sweep_is_a_plan_for_each_value(ran, shop):
    done = ran("what-if", shop, "--sweep", "sourcing.unit_cost", "0:10:5", "--quiet", "--json")
    steps = done.document["what_ifs"]
    assert [one["at"] for one in steps] == [0, 5, 10]
    assert [one["plan"]["key"]["total_cost"] for one in steps] == pytest.approx([0, 25, 50])


@PLANNED_ONCE
def test_the_folders_of_a_sweep_are_told_apart_by_its_values(ran, shop, tmp_path):
    out, target = tmp_path / "out", "sourcing[sku=A*,supplier=*,unit_cost=5].unit_cost"
    assert ran("what-if", shop, "--sweep", target, "5,6.5", "--quiet", "--out", out).code == 0
    assert [path.name[-4:] for path in sorted(out.iterdir()) if path.name[0] == "0"] == ["st-5", "-6-5"]


@PLANNED_ONCE
def test_the_page_fits_and_tells_what_was_asked(ran, shop):
    done = ran("what-if", shop, "--set", DEARER, "--sweep", "demand.mean *=", "0:2:0.5", "--quiet")
    assert done.code == 0
    assert max(map(width, done.out.split("\n"))) <= ACROSS
    assert done.out.startswith("toy: 6 what-ifs against the plan of the base, 2026-06-01 to 2026-06-21, money in USD")
    for words in ("COST BY LINE", "MODES", "CHANGE OF TOTAL COST", "WHAT IS ASKED", f"1 {DEARER}", "+25"):
        assert words in done.out


@PLANNED_ONCE
def test_the_page_is_chinese_on_request(ran, shop):
    done = ran("what-if", shop, "--set", DEARER, "--quiet", "--language", "zh")
    assert done.out.startswith("toy：一个假设与基准计划对比") and "采购" in done.out
    assert max(map(width, done.out.split("\n"))) <= ACROSS


@PLANNED_ONCE
def test_a_file_names_its_base_and_several_share_one_base_plan(ran, shop, tmp_path):
    first = asked(shop, tmp_path, more='name = "Dearer goods"\nname_zh = "进价上涨"\ndescription = "Twice the price."')
    second = asked(shop, tmp_path, "cheaper", CHEAPER)
    done = ran("what-if", first, second, "--quiet", "--json")
    assert [one["name"] for one in done.document["what_ifs"]] == ["Dearer goods", "cheaper"]
    assert done.document["what_ifs"][0]["description"] == "Twice the price."
    assert "进价上涨" in ran("what-if", first, "--quiet", "--language", "zh").out


def test_everything_is_written_into_one_folder(ran, shop, tmp_path):
    out = tmp_path / "out"
    done = ran("what-if", shop, "--set", DEARER, "--quiet", "--json", "--out", out)
    assert sorted(path.name for path in out.iterdir()) == [
        "01-sourcing-unit-cost-2", "base", "comparison.csv", "comparison.html", "comparison.txt",
    ]  # fmt: skip
    plan = read_plan(out / "01-sourcing-unit-cost-2")
    assert verify(plan) == () and plan.total_cost == pytest.approx(50)
    assert (plan.scenario["sourcing"]["unit_cost"] == 10).all()
    with (out / "comparison.csv").open(encoding="utf-8-sig") as lines:
        rows = {(row["group"], row["figure"]): row for row in csv.DictReader(lines)}
    assert float(rows["key", "total_cost"]["difference"]) == pytest.approx(25)
    assert rows["line", "purchase"]["what_if"] == DEARER
    files = ("comparison.csv", "comparison.html", "comparison.txt")
    assert done.document["files"] == [str(out / name) for name in files]


def test_the_plan_of_a_folder_is_the_base_and_is_not_made_again(ran, made, monkeypatch):
    stages: list[str] = []
    monkeypatch.setattr(ProgressLine, "stage", lambda self, name: stages.append(name))
    done = ran("what-if", made, "--set", DEARER, "--quiet", "--json")
    assert done.document["base"]["key"]["total_cost"] == pytest.approx(25)
    assert done.document["what_ifs"][0]["difference"]["total_cost"] == pytest.approx(25)
    assert not [stage for stage in stages if stage.startswith("base")]


@PLANNED_ONCE
def test_what_is_saved_can_be_run_by_others_with_the_same_result(ran, shop, tmp_path):
    rows = '\n[[add.closures]]\nlane = "sea"\nfrom = 2026-06-08\nuntil = 2026-06-14\n'
    words = (asked(shop, tmp_path, more=f'description = "a \\"quoted\\" one"\n{rows}'), "--set", CHEAPER,
             "--sweep", "demand.mean *=", "1,2")  # fmt: skip
    first = ran("what-if", *words, "--quiet", "--json", "--save", tmp_path / "deep" / "saved.toml")
    again = ran("what-if", tmp_path / "deep" / "saved.toml", "--quiet", "--json")
    assert first.code == again.code == 0
    assert same(first.document) == same(again.document)


def same(document):
    """All but names of unnamed what-ifs and the clock."""
    for one in (document["base"], *(one["plan"] for one in document["what_ifs"])):
        del one["seconds"]
    return document


def test_the_same_input_gives_the_same_output(ran, shop):
    words = ("what-if", shop, "--set", DEARER, "--sweep", "demand.mean *=", "0,0.5", "--quiet", "--json")
    assert same(ran(*words).document) == same(ran(*words).document)


def test_without_a_start_the_result_is_as_good(ran, shop):
    words = ("what-if", shop, "--set", DEARER, "--quiet", "--json")
    warm, cold = (ran(*words, *more).document["what_ifs"][0]["plan"] for more in ((), ("--cold",)))
    assert warm["key"]["total_cost"] == cold["key"]["total_cost"]


@PLANNED_ONCE
def test_a_what_if_without_a_plan_is_told_beside_the_others(ran, shop, tmp_path):
    stuck = file(tmp_path, "stuck", f'base = "{shop}"\n{IMPOSSIBLE}')
    done = ran("what-if", stuck, "--set", DEARER, "--quiet", "--json")
    assert done.code == 4
    first, second = done.document["what_ifs"]
    assert first["plan"] is None and "locks" in first["message"]
    assert second["difference"]["total_cost"] == pytest.approx(25)
    assert "no plan" in ran("what-if", stuck, "--quiet").out


def interrupt_at(monkeypatch: pytest.MonkeyPatch, stage_named: str, times: int = 1) -> None:
    stage = ProgressLine.stage

    def staging(self: ProgressLine, name: str) -> None:
        stage(self, name)
        if name == stage_named:
            for _ in range(times):
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(ProgressLine, "stage", staging)


def test_ctrl_c_keeps_what_is_done(ran, shop, tmp_path, monkeypatch):
    interrupt_at(monkeypatch, "what-if 2/3: forecast")
    words = ("--set", DEARER, "--set", CHEAPER, "--set", "demand.mean *= 2")
    done = ran("what-if", shop, *words, "--quiet", "--json", "--out", tmp_path / "out")
    assert done.code == 130
    said = done.document
    assert said["asked"] == 3 and 1 <= len(said["what_ifs"]) <= 2
    assert told(said, DEARER)["difference"]["total_cost"] == pytest.approx(25)
    assert verify(read_plan(tmp_path / "out" / "01-sourcing-unit-cost-2")) == ()
    assert not list((tmp_path / "out").glob("03-*"))


def test_ctrl_c_twice_leaves_the_plans_that_are_written(ran, shop, tmp_path, monkeypatch):
    interrupt_at(monkeypatch, "what-if 2/2: forecast", times=2)
    done = ran("what-if", shop, "--set", DEARER, "--set", CHEAPER, "--quiet", "--out", tmp_path / "out")
    assert done.code == 130 and done.out == "" and "the plans that were done stand in" in done.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["01-sourcing-unit-cost-2", "base"]


def test_ctrl_c_before_the_base_has_a_plan_keeps_nothing(ran, shop, tmp_path, monkeypatch):
    interrupt_at(monkeypatch, "base: forecast")
    ran("what-if", shop, "--set", DEARER, "--quiet", "--out", tmp_path / "out").assert_told(130, "nothing was written")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words, code, said",
    [
        (("--set", "lane.lead_time_days += 1"), 3, "there is no table 'lane'"),
        (("--set", "lanes[mode=rail].lead_time_days += 1"), 3, "selects nothing"),
        (("--set", "lanes.lead_time_days += -90"), 3, "it is negative"),
        (("--set", DEARER, "--set", DEARER), 3, "it is there twice"),
        (("--sweep", "demand.mean", "0:1:-1"), 3, "do not lead from 0 to 1"),
        (("--sweep", "demand.mean", "0:1:1", "--sweep", "demand.mena", "1"), 3, "Did you mean 'mean'"),
        ((), 2, "Nothing is asked"),
        (("--set", "settings.starts_on = soon"), 3, "it is not a date"),
        (("no-such-file.toml",), 3, "there is no such what-if file"),
        (("--sweep", "demand.mean", "0:1:0"), 3, "Write a step other than 0"),
        (("elsewhere", "--set", DEARER), 2, "There can be one base only"),
        (("--set", DEARER, "--seconds", "-1"), 2, "--seconds"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_before_anything_is_planned(ran, shop, tmp_path, words, code, said):
    ran("what-if", shop, *words, "--quiet", "--out", tmp_path / "out").assert_told(code, said)
    assert not (tmp_path / "out").exists()


def test_all_that_is_wrong_with_all_what_ifs_is_told_together(ran, shop, tmp_path):
    broken, halfway = (
        file(tmp_path, "broken", "base ="),
        asked(shop, tmp_path, changes='lanes[mode=flying].note = x", "x'),
    )
    words = ("--set", "lanes[mod=sea].lead_time_days += 1", "--set", "lanes[mode=rocket].lead_time_days += 1",
             "--set", "lanes.lead_time_days += -90", "--sweep", "demand.mean", "0:1:0")  # fmt: skip
    done = ran("what-if", shop, broken, halfway, "no-such-file.toml", *words, "--quiet")
    done.assert_told(3, "cannot be read as TOML", "no such what-if file", "no column 'mod'", "mode = 'rocket'",
                     "it is negative", "the step is 0", "there is no table 'x'", "mode = 'flying'")  # fmt: skip


def test_a_question_with_a_slip_is_told_though_its_base_is_not_there(ran, tmp_path):
    done = ran("what-if", tmp_path / "gone", "--set", "lane.lead_time_days += 1", "--quiet")
    done.assert_told(3, "there is no table 'lane'", "there is no such folder")


def test_a_base_that_breaks_a_rule_is_told_as_the_base(ran, own_shop):
    (own_shop / "lanes.csv").write_text("lane,origin,destination,lead_time_days\nsea,home,west,-7\n")
    ran("what-if", own_shop, "--set", DEARER, "--quiet").assert_told(3, "it is negative")


@pytest.mark.parametrize(
    "text, said",
    [
        ("base = ", "cannot be read as TOML"),
        ("base = 3\n", "it names no scenario"),
        ('change = ["x"]\n', "there is no such key"),
        ("changes = [3]\n", "3 is no text"),
        ('changes = "demand.mean *= 2"\n', "it is not what it should be"),
        ('changes = ["demand.mean *= 2", "demand.mena *= 2"]\n', "row 2 = 'demand.mena *= 2': the table demand"),
        ('name = "x"\n[[what_if]]\nchanges = []\n', "name stands beside [[what_if]]"),
        ("[[sweep]]\ntarget = 3\n", "other keys than target and values"),
        ("[add.closures]\nlain = 3\n", "no column 'lain'"),
        ("[[add.closures]]\nlane = 'sea'\nfrom = 2026-06-08\nuntil = 2026-06-01\n", "what-if 'wrong', added"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_asked_is_refused_with_its_line(ran, shop, tmp_path, text, said):
    wrong = file(tmp_path, "wrong", text if text.startswith("base") else f'base = "{shop}"\n{text}')
    ran("what-if", wrong, "--quiet").assert_told(3, said)


@PLANNED_ONCE
def test_files_without_a_base_in_common_need_one_named(ran, shop, tmp_path):
    first, second = asked(shop, tmp_path), file(tmp_path, "other", f'base = "elsewhere"\nchanges = ["{CHEAPER}"]\n')
    ran("what-if", first, second, "--quiet").assert_told(2, "no base in common: name the scenario")
    assert ran("what-if", shop, first, second, "--quiet").code == 0


@pytest.mark.parametrize("option", ["--save", "--csv", "--chart"])
def test_a_file_that_is_there_is_never_replaced(ran, shop, tmp_path, option):
    there = file(tmp_path, "there", "mine")
    ran("what-if", shop, "--set", DEARER, "--quiet", option, there).assert_told(2, "is there already")
    assert there.read_text() == "mine" and len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_something_else_is_not_written_to(ran, shop, tmp_path):
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "mine.txt").write_text("mine")
    assert ran("what-if", shop, "--set", DEARER, "--quiet", "--out", tmp_path).code == 9
    assert [path.name for path in tmp_path.iterdir()] == ["base"]
