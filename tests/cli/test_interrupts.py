"""Ctrl-C: once keeps the best plan, twice keeps nothing; whenever it comes."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from optimizer.cli.progress import ProgressLine
from optimizer.plan.folder import read_plan
from optimizer.plan.verify import verify
from optimizer.report import workbook
from optimizer.scenario.generator.generate import generate
from optimizer.scenario.generator.spec import Spec
from optimizer.scenario.write import write
from tests.cli.running import environment, line


@pytest.fixture(scope="module")
def long_search(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario whose search takes minutes to prove its plan to the last cent."""
    folder = tmp_path_factory.mktemp("long") / "shop"
    write(generate(Spec(skus=8, seed=3, overseas=2, weeks=8, median_cases_per_week=4.0)), folder)
    return folder


def end_when_there_is_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send SIGTERM as soon as the search has a plan."""
    watch, sent = ProgressLine.watch, []

    def watching(self: ProgressLine, progress):
        stop = watch(self, progress)
        if self.has_plan and not sent:
            sent.append(True)
            signal.raise_signal(signal.SIGTERM)
        return stop

    monkeypatch.setattr(ProgressLine, "watch", watching)


def test_a_scheduler_that_ends_the_process_gets_the_best_plan_too(ran, long_search, tmp_path, monkeypatch):
    end_when_there_is_a_plan(monkeypatch)
    done = ran("plan", long_search, "--gap", 0, "--seconds", 300, "--quiet", "--json", "--out", tmp_path / "plan")
    assert (done.code, done.err) == (130, "")
    assert done.document["status"] == "interrupted" and done.document["gap"] > 0
    plan = read_plan(tmp_path / "plan")
    assert plan.status == "interrupted" and plan.bound < plan.total_cost
    assert verify(plan) == ()


def press_while_writing(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    write_workbook = workbook.write_workbook

    def writing(*arguments):
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        write_workbook(*arguments)

    monkeypatch.setattr(workbook, "write_workbook", writing)


def test_once_while_the_plan_is_written_lets_it_be_written(ran, shop, found, tmp_path, monkeypatch):
    press_while_writing(monkeypatch, 1)
    done = ran("plan", shop, "--quiet", "--out", tmp_path / "plan")
    assert (done.code, done.err) == (130, "") and done.out.startswith("toy: plan")
    assert read_plan(tmp_path / "plan").status == "optimal", "the search was over"


def test_twice_while_a_plan_is_written_leaves_the_old_one(ran, shop, found, plan, tmp_path, monkeypatch):
    before = (plan / "manifest.json").read_bytes()
    press_while_writing(monkeypatch, 2)
    ran("plan", shop, "--quiet", "--out", tmp_path / "plan").assert_told(130, "nothing was written")
    assert (tmp_path / "plan" / "manifest.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_between_the_two_renames_the_old_plan_comes_back(ran, shop, found, plan, tmp_path, monkeypatch):
    before, rename = (plan / "manifest.json").read_bytes(), Path.rename

    def renaming(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", renaming)
    assert ran("plan", shop, "--quiet", "--out", tmp_path / "plan").code == 130
    assert (tmp_path / "plan" / "manifest.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_ctrl_c_is_given_back_afterwards(ran, shop, found):
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    ran("plan", shop, "--quiet")
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def wait_for(child: subprocess.Popen[bytes], words: str) -> None:
    for told in child.stderr or ():
        if words in told.decode():
            return
    raise AssertionError(f"{words!r} was never told")


@pytest.mark.parametrize("times", [1, 2])
def test_a_real_process_heeds_it(long_search, tmp_path, times):
    place = tmp_path / "deep" / "plan"
    words = ("plan", long_search, "--gap", 0, "--seconds", 300, "--out", place)
    with subprocess.Popen(line(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as child:
        wait_for(child, "solve | plan")
        child.send_signal(signal.SIGINT)
        if times == 2:
            wait_for(child, "stopping")
            child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=100)
    assert child.returncode == 130
    assert b"Traceback" not in err
    if times == 1:
        assert b"Stopped by hand" in out and verify(read_plan(place)) == ()
    else:
        assert out == b"" and b"Interrupted: nothing was written." in err and list(tmp_path.iterdir()) == []
