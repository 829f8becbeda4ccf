"""Words: both languages say everything, with the same blanks to fill in."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from optimizer.formulation.formulate import COSTS
from optimizer.report import trouble, week
from optimizer.report.headings import COLUMNS, MODES, SHEETS, TERMS
from optimizer.report.phrases import PHRASES
from optimizer.report.sheets import SHEETS as MAKERS
from optimizer.report.values import KINDS
from optimizer.report.words import Words
from optimizer.report.workbook import alert_rows
from optimizer.scenario.generator.spec import MODES as SPEC_MODES
from tests.report.reporting import EVERYTHING, told

#: Chinese letters; codes such as SKU are the same in both languages.
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def blanks(text: str) -> dict[str, str]:
    return {name: spec for _, name, spec, _ in string.Formatter().parse(text) if name}  # type: ignore[misc]


@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_has_the_same_blanks_in_both_languages(name):
    english, chinese = PHRASES[name]
    assert blanks(english) == blanks(chinese)
    assert english and CHINESE.search(chinese) and not CHINESE.search(english)


@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_is_said_somewhere(name):
    room = Path(trouble.__file__).parent
    text = "".join(file.read_text("utf-8") for file in room.glob("*.py") if file.name != "phrases.py")
    by_status = ("optimal", "feasible", "interrupted")
    assert name in by_status or re.search(rf"""["']{name}["']""", text), "nobody says it"


@pytest.mark.parametrize("table", [COLUMNS, SHEETS], ids=["columns", "sheets"])
def test_every_heading_is_there_in_both_languages(table):
    assert [name for name, (english, chinese) in table.items() if not english or not chinese] == []
    assert [name for name, (english, _) in table.items() if CHINESE.search(english)] == []


def test_every_column_that_is_shown_has_a_heading():
    briefing = told(EVERYTHING)
    shown = {*week.LEAVING, *week.ORDERING, *trouble.SHORT, *trouble.IDLE, *trouble.FULL, *trouble.BELOW}
    for make in MAKERS.values():
        shown |= set(make(briefing).columns)
    assert {
        column for column in shown if column not in COLUMNS and not re.fullmatch(r"\d{4}-\d\d-\d\d", column)
    } == set()


def test_every_heading_and_kind_belongs_to_a_column_that_is_shown():
    briefing = told(EVERYTHING)
    shown = {*week.LEAVING, *week.ORDERING, *trouble.SHORT, *trouble.IDLE, *trouble.FULL, *trouble.BELOW}
    for make in MAKERS.values():
        shown |= set(make(briefing).columns)
    shown |= set(alert_rows(briefing, "en").columns)
    assert (set(COLUMNS) | set(KINDS)) - shown == set()


def test_every_cost_line_and_limit_has_a_chinese_name():
    wanted = {*(line.__name__ for line in COSTS), "storage", "receiving"}
    assert wanted == set(TERMS)
    assert all(CHINESE.search(text) for text in TERMS.values())
    assert Words("zh").term("duty") == "关税"
    assert Words("en").term("last_mile") == "last mile"


def test_the_usual_modes_have_chinese_names_and_others_keep_theirs():
    assert set(SPEC_MODES) <= set(MODES) and len(set(MODES.values())) == len(MODES)
    assert (Words("zh").mode("sea"), Words("zh").mode("barge"), Words("en").mode("sea")) == ("海运", "barge", "sea")


@pytest.mark.parametrize("place", [0, 1])
def test_sheets_have_names_that_excel_takes(place):
    names = [names[place] for names in SHEETS.values()]
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError):
        Words("de")
