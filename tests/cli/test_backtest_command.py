"""`optimizer backtest`: its results, what is refused, and that it goes on where it was stopped."""

import json

import pytest

from optimizer.scenario.write import write
from optimizer.simulation.backtest import backtest as module
from tests.cli.running import process
from tests.simulation.backtest.shops import shop

QUICK = ("--policies", "base-stock,min-max", "--weeks", "5", "--runs", "2", "--tuning-weeks", "0", "--workers", "1")


@pytest.fixture
def sold(tmp_path):
    write(shop(late=False), tmp_path / "shop")
    return tmp_path / "shop"


def test_it_prints_the_comparison_and_writes_the_files(ran, sold, tmp_path):
    done = ran("backtest", sold, *QUICK, "--out", tmp_path / "out")
    assert done.code == 0 and "4 of 4 done" in done.err
    assert "toy: back-test of 5 weeks, 2026-04-27 to 2026-05-31" in done.out
    assert "AGAINST base-stock" in done.out and "backtest.html" in done.out
    assert {"backtest.html", "backtest.json", "runs.csv", "runs"} <= {
        file.name for file in (tmp_path / "out").iterdir()
    }


def test_what_is_odd_in_the_history_is_told(ran, tmp_path):
    """Nothing was sold in the first weeks of the replay's past, and stock of a product lies that nobody ever bought."""
    base = shop(late=False, skus="AB")
    sales = base["sales"]
    odd = base.with_tables(sales=sales[(sales["sku"] == "A")].reset_index(drop=True))
    write(odd, tmp_path / "shop")
    words = ("backtest", tmp_path / "shop", *QUICK, "--out", tmp_path / "out", "--quiet")
    done = ran(*words)
    assert done.code == 0
    assert "1 products are in stock of which nothing was ever sold" in " ".join(done.out.split())
    assert "opening_stock row" in done.out and "B" in done.out
    assert "有 1 个商品有库存但从未售出" in ran(*words, "--language", "zh").out.replace("\n", "")
    told = [one for one in ran(*words, "--json").document["remarks"] if one["table"] == "opening_stock"]
    assert told and told[-1]["value"] == "B"
    assert "nothing was ever sold" in (tmp_path / "out" / "backtest.html").read_text(encoding="utf-8")


def test_json_is_one_document(ran, sold, tmp_path):
    done = ran("backtest", sold, *QUICK, "--out", tmp_path / "out", "--json", "--quiet")
    told = done.document
    assert (done.code, done.err) == (0, "") and told["command"] == "backtest" and told["schema_version"] == 1
    assert [one["policy"] for one in told["policies"]] == ["base-stock", "min-max"]
    assert told["pairs"] == 2 and told["differences"][0]["total_cost"]["pairs"] == 2


def test_the_rules_are_tuned_on_the_weeks_before_unless_told_otherwise(ran, sold, tmp_path):
    words = ("--policies", "base-stock", "--weeks", "5", "--runs", "1", "--workers", "1", "--out", tmp_path / "out")
    told = ran("backtest", sold, *words, "--json", "--quiet").document
    assert told["tuning_weeks"] == 5 and set(told["tuned"]["base-stock"][0]) == {"safety", "weeks", "prefer"}


def test_a_second_call_makes_nothing_again(ran, sold, tmp_path, monkeypatch):
    first = ran("backtest", sold, *QUICK, "--out", tmp_path / "out", "--quiet")
    monkeypatch.setattr(
        module, "dealt", lambda make, setup, method, tasks, workers: pytest.fail() if tasks else iter(())
    )
    assert ran("backtest", sold, *QUICK, "--out", tmp_path / "out", "--quiet").out == first.out


def test_ctrl_c_keeps_what_is_there_and_tells_it(ran, sold, tmp_path, monkeypatch):
    """Stopped after the first of two draws of delays: both policies have been through it."""
    whole = module.dealt

    def stopped(make, setup, method, tasks, workers):
        for place, answer in enumerate(whole(make, setup, method, tasks, workers)):
            yield answer
            if place == 1:
                raise KeyboardInterrupt

    monkeypatch.setattr(module, "dealt", stopped)
    done = ran("backtest", sold, *QUICK, "--out", tmp_path / "out", "--quiet")
    assert done.code == 130 and "Stopped by hand: 2 of 4 runs" in done.out
    monkeypatch.setattr(module, "dealt", whole)
    done = ran("backtest", sold, *QUICK, "--out", tmp_path / "out")
    assert done.code == 0 and "Stopped" not in done.out and "4 of 4" in done.err and "1 of 4" not in done.err


def test_ctrl_c_before_anything_can_be_compared_says_so(ran, sold, tmp_path, monkeypatch):
    def stopped(*words):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(module, "dealt", stopped)
    ran("backtest", sold, *QUICK, "--out", tmp_path / "out", "--quiet").assert_told(130, "0 runs are kept", "goes on")


def test_chinese(ran, sold, tmp_path):
    done = ran("backtest", sold, *QUICK, "--out", tmp_path / "out", "--quiet", "--language", "zh")
    assert "周回测" in done.out and 'lang="zh-Hans"' in (tmp_path / "out" / "backtest.html").read_text()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--policies", "erp"), 2, "Did you mean erp-rule"),
        (("--policies", ","), 2, "No policy is named"),
        (("--policies", "base-stock", "--against", "min-max"), 2, "not among --policies"),
        (("--against", "basestock"), 2, "Did you mean base-stock"),
        (("--weeks", "0"), 2, "--weeks"),
        (("--horizon", "0"), 2, "--horizon"),
        (("--weeks", "200"), 3, "the history has 30 weeks, too short to replay 200 of them"),
        (("--weeks", "20", "--tuning-weeks", "20"), 3, "too short to replay 20"),
        (("--blocks", "2"), 2, "there are 1 SKUs"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_would_do(ran, sold, tmp_path, words, code, says):
    done = ran("backtest", sold, *words, "--out", tmp_path / "out", "--quiet")
    done.assert_told(code, says)
    assert not (tmp_path / "out").exists()


def test_a_scenario_without_sales_is_refused(ran, own_shop, tmp_path):
    ran("backtest", own_shop, "--out", tmp_path / "out", "--quiet").assert_told(3, "sales", "Add earlier sales")


def test_a_place_that_cannot_be_written_is_told(ran, sold, tmp_path):
    (tmp_path / "file").write_text("")
    ran("backtest", sold, *QUICK, "--out", tmp_path / "file", "--quiet").assert_told(9, "Cannot")


@pytest.mark.slow
def test_several_processes_come_to_the_same(sold, tmp_path):
    words = [*QUICK[:-1], "2", "--json", "--quiet"]
    told = [json.loads(process("backtest", sold, *words, "--out", tmp_path / str(place)).out) for place in range(2)]
    assert told[0]["policies"][0]["total_cost"] == told[1]["policies"][0]["total_cost"]
