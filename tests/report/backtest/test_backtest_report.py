"""What a back-test says: figures that can be added up, in both languages, in a page that runs nothing of others."""

import base64
import gzip
import hashlib
import json
import re
from importlib.resources import files as package_files

import pandas as pd
import pytest

from optimizer.errors import StoreError
from optimizer.report.backtest.files import NAMES, write_files
from optimizer.report.backtest.html import page
from optimizer.report.backtest.text import text
from optimizer.report.backtest.words import MEANINGS, SAID
from optimizer.report.page import width
from optimizer.simulation.backtest.policies import POLICIES
from tests.report.backtest.documents import document, rows

HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}}"


def line(told: str, begins: str) -> list[str]:
    found = [row for row in told.split("\n") if row.strip().startswith(begins)]
    return re.split(r"\s{2,}", found[0].strip())


def test_the_first_line_says_what_was_replayed():
    assert text(document()).split("\n")[0] == ("my shop: back-test of 2 weeks, 2026-05-18 to 2026-05-31, money in USD")


def test_each_policy_has_its_costs_and_service():
    """270 a run; of 100 units 6 lost, one mismatched; 6 of 90 days and more, 2 cleared, 20 left worth 50; a second."""
    assert line(text(document()), "our-plan ") == [
        "our-plan", "270", "100", "94.0%", "1.0%", "6", "2", "20", "50", "1.00",
    ]  # fmt: skip


def test_differences_tell_money_share_interval_and_whether_they_are_sure():
    told = text(document())
    found = re.search(r"^ +our-plan +erp-rule .*$", told, re.MULTILINE)
    cells = re.split(r"\s{2,}", found[0].strip())
    assert cells[:4] == ["our-plan", "erp-rule", "-30", "-30.0%"] and cells[5:] == ["yes", "+4.0", "-75.0%"]
    assert re.fullmatch(r"-\d+\.\d … -\d+\.\d%", cells[4])
    assert re.search(r"^ +our-plan +base-stock +-10 +-10.0%", told, re.MULTILINE)


def test_no_difference_has_no_sign():
    """Base stock loses and mismatches as many units as the ERP rule."""
    found = re.search(r"^ +base-stock +erp-rule .*$", text(document()), re.MULTILINE)
    assert re.split(r"\s{2,}", found[0].strip())[-2:] == ["0.0", "0.0%"]


def test_one_block_tells_no_interval_and_several_are_sellers_of_their_own():
    alone = document(blocks=1)
    for one in alone["differences"]:
        one["total_cost"] = {**one["total_cost"], "interval": None, "certain": False}
    assert "too few blocks" in text(alone) and "one draw of demand" in text(alone)
    assert "a seller of its own" in text(document()) and "one draw of demand" not in text(document())


def test_regret_costs_modes_and_tuning_are_told():
    told = text(document())
    assert line(told[told.index("REGRET") :], "erp-rule") == ["erp-rule", "+55", "+55.0%", "+55.0 … +55.0%"]
    assert line(told, "purchase") == ["purchase", "250", "250", "250", "250"]
    assert line(told, "air") == ["air", "8", "0", "0", "0"]
    assert line(text(document(), "zh"), "空运") == ["空运", "8", "0", "0", "0"]
    assert "erp-rule: abroad_days 21, weights 0.5/0.3/0.2; abroad_days 7" in told


def test_what_was_guessed_and_that_it_was_stopped_is_said():
    told = text(document(guessed=0.05, done=7))
    assert "5.0% of the units are guessed" in told and "7 of 16 runs" in told
    assert "guessed" not in text(document()) and "Stopped" not in text(document())


def test_rules_that_are_not_tuned_are_said_to_be():
    assert "not tuned" in text(document(untuned=True)) and "not tuned" not in text(document())


def test_weeks_for_which_no_plan_was_found_are_told():
    told = document()
    assert "found no plan" not in text(told)
    told["policies"][0]["missed"] = 3
    assert "our-plan found no plan in 3 of 8 weeks" in text(told)


def test_without_the_clairvoyant_there_is_no_regret():
    assert "no proven bound" in text(document(regret=None)) and "no proven bound" not in text(document())
    assert "REGRET" not in text(document(regret=None)) and "regret-head" not in page(document(regret=None))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_text_fits_on_a_page(language):
    assert max(map(width, text(document(guessed=0.05, done=7), language).split("\n"))) <= 100


def test_chinese_text_is_chinese():
    told = text(document(), "zh")
    assert "2 周回测" in told and "满足率" in told and "采购" in told and "Total" not in told


def test_every_phrase_has_the_same_blanks_in_both_languages():
    for english, chinese in SAID.values():
        assert set(re.findall(r"{(\w+)", english)) == set(re.findall(r"{(\w+)", chinese))


def test_every_policy_is_explained():
    assert set(MEANINGS) == set(POLICIES)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_runs_nothing_but_its_own_scripts_and_escapes_names(language):
    made = page(document(HOSTILE), language)
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", made, re.DOTALL)
    assert len(scripts) == 3 and "<img src=x" not in made and "&lt;img src=x" in made and "{{7*7}}" in made
    for script in scripts[1:]:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in made
    own = made.split('<script id="data"')[0]
    assert "default-src 'none'" in own and not re.search(r'\s(src|href|on[a-z]+)="', own)


def test_the_page_holds_what_its_charts_draw():
    made = page(document())
    packed = re.search(r'<script id="data"[^>]*>(.*?)</script>', made, re.DOTALL)
    data = json.loads(gzip.decompress(base64.b64decode(packed[1])))
    assert data["differences"][0][:2] == ["our-plan – erp-rule", pytest.approx(-0.3)]
    assert data["weeks"]["erp-rule"]["cost"] == [220.0, 80.0]
    assert data["costs"] == {"duty": [50.0] * 4} and data["modes"]["air"] == [8.0, 0.0, 0.0, 0.0]
    packed = re.search(r'<script id="data"[^>]*>(.*?)</script>', page(document(), "zh"), re.DOTALL)
    assert "空运" in json.loads(gzip.decompress(base64.b64decode(packed[1])))["modes"]


def test_no_script_puts_a_text_into_the_page_as_html():
    shared = package_files("optimizer.report.html").joinpath("bars.js").read_text()
    own = shared + package_files("optimizer.report.backtest").joinpath("page.js").read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(", own)
    assert own.count("tooltip") == own.count("richText")


def test_all_files_are_written_and_tables_hold_every_run(tmp_path):
    files = write_files(document(), rows(), tmp_path / "there", "zh")
    assert [file.name for file in files] == list(NAMES) and {
        file.name for file in (tmp_path / "there").iterdir()
    } == set(NAMES)
    table = pd.read_csv(tmp_path / "there" / "runs.csv")
    assert len(table) == 16 and table.groupby("policy")["total_cost"].mean()["erp-rule"] == 300
    assert table["freight_air"].sum() == 4 * 8
    assert json.loads((tmp_path / "there" / "backtest.json").read_text())["schema_version"] == 1
    sure = pd.read_csv(tmp_path / "there" / "differences.csv").query(
        "figure == 'total_cost' and against == 'base-stock'"
    )
    assert sure["share"].tolist() == [pytest.approx(-0.1)]


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        write_files(document(), rows(), tmp_path / "file" / "out")
