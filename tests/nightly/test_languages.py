"""What nights say in Chinese: on the terminal, in the store's list, to robots."""

from __future__ import annotations

import re

import pytest

from optimizer.nightly.words import SAID
from tests.nightly.conftest import ONE_STORE
from tests.nightly.listening import hook
from tests.nightly.test_notify import settings, short, to
from tests.report.test_words import CHINESE, blanks

__all__ = ["settings", "short"]

#: English words of more than three letters that are no name, unit, command or part of a path.
ENGLISH = re.compile(r"(?<![\w/.'-])(?!optimizer|sqlite|verify|runs\b|send\b)[A-Za-z]*[a-z]{4,}(?![\w/.])")


@pytest.mark.parametrize("name", SAID)
def test_a_sentence_has_the_same_blanks_in_both_languages(name):
    english, chinese = SAID[name]
    assert blanks(english) == blanks(chinese)
    assert not CHINESE.search(english) and (CHINESE.search(chinese) or name == "headline")


@ONE_STORE
def test_a_night_in_chinese_says_nothing_in_english(night):
    first = night(1, "--language", "zh")
    assert "第 1 次运行（2026-06-01）的计划已生效。\n  核心成本 " in first.out and "最优" in first.out
    assert ENGLISH.findall(re.sub(r"sqlite\S+|optimizer-\S+", "", first.out + first.err)) == []
    again = night(1, "--language", "zh").out
    assert again.startswith("无需计划：第 1 次运行（2026-06-01）已用同样的输入计划 toy。")
    assert "，以第 1 次运行的价格和发货为起点" in night(2, "--language", "zh").out


@ONE_STORE
def test_a_refused_night_in_chinese_is_told_and_sent_in_chinese(night, shop, settings):
    night(1, "--language", "zh")
    (shop / "skus.csv").unlink()
    with hook() as there:
        done = night(2, "--language", "zh", "--notify", settings(to(there, "format = 'slack'")))
    done.assert_told(3, "输入未通过检查：1 个问题。", "第 1 次运行（2026-06-01）的计划继续有效。")
    (sent,) = there.documents
    lines = sent["text"].split("\n")
    assert lines[0].endswith("，2026-06-02：未能制定计划（输入被拒绝）") and lines[2] == "输入未通过检查：1 个问题。"
    assert lines[3].startswith("skus: the table is missing") and lines[5] == "现行计划：第 1 次运行（2026-06-01）。"


@ONE_STORE
def test_the_list_and_a_run_are_shown_in_the_language_asked_for_or_of_the_night(ran, first_night, night, store, shop):
    words = ("--store", store)
    listed, shown = ran("runs", "list", *words, "--language", "zh").out, ran("runs", "show", *words, "--language", "zh")
    assert "总成本" in listed and "已完成" in listed and "complete" not in listed
    assert shown.out.startswith("第 1 次运行（2026-06-01）：已完成，现行，")
    assert "complete" in ran("runs", "list", *words).out
    (shop / "skus.csv").unlink()
    night(2, "--language", "zh")
    assert "输入被拒绝" in ran("runs", "list", *words).out
    assert "The input was refused: 1 problem." in ran("runs", "list", *words, "--language", "en").out
