"""`optimizer diff`: two plan folders compared, and the same on the page of a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.cli.main import run
from tests.cli.running import toy_folder

MORE = "sku,region,starts_on,days,mean\nA,W,2026-06-01,7,0\nA,W,2026-06-08,7,14\nA,W,2026-06-15,7,0\n"


def shop_with_more(folder):
    """The shop, in which 4 units more are wanted."""
    shop = toy_folder(folder)
    (shop / "demand.csv").write_text(MORE, "utf-8")
    return shop


@pytest.fixture(scope="module")
def plans(made, tmp_path_factory):
    """Folders of two plans, to be read only: in the second one 4 units more are wanted and bought."""
    folder = tmp_path_factory.mktemp("plans")
    shop = shop_with_more(folder / "shop")
    assert run(["plan", str(shop), "--out", str(folder / "new"), "--quiet"]) == 0
    return made, folder / "new"


def test_the_changes_of_two_folders_are_told_with_their_reasons(ran, plans, tmp_path):
    done = ran("diff", *plans, "--csv", tmp_path / "changes.csv")
    assert done.code == 0 and "more: 4 units of A: buy on 2026-06-01 [demand]" in done.out
    old, new = plans
    assert f"the new plan {new} (from 2026-06-01) against the old one {old} (from 2026-06-01)" in done.out
    assert "A,4" in (tmp_path / "changes.csv").read_text("utf-8-sig")
    assert "原因与金额" in ran("diff", *plans, "--language", "zh").out
    document = ran("diff", *plans, "--json").document
    assert (document["counts"], document["reasons"][0]) == ({"more": 1}, {"reason": "demand", "money": 20.0})


def test_the_page_of_a_report_shows_the_changes_only_where_they_are_asked_for(ran, plans, tmp_path):
    old, new = plans
    assert ran("report", new, "--out", tmp_path / "plain").code == 0
    assert 'id="changes"' not in (tmp_path / "plain" / "report.html").read_text("utf-8")
    assert ran("report", new, "--against", old, "--out", tmp_path / "compared", "--language", "zh").code == 0
    page = (tmp_path / "compared" / "report.html").read_text("utf-8")
    assert 'id="changes"' in page and "需求 A：10 → 14 件" in page and "buy 2026-06-01" in page
    # A caption is for screen readers alone, and money without a sign says nothing of a change.
    assert "<h3>原因与金额，各项之和等于总变化</h3>" in page and "<h3>发运变化，按金额排序</h3>" in page
    assert f"2026-06-01 ({old})" in page
    assert page.count('<td class="number">+20</td>') == 2 and "USD (+20)" in page


def test_what_cannot_be_compared_is_refused(ran, plans, tmp_path):
    old, new = plans
    ran("diff", old, toy_folder(tmp_path / "shop")).assert_told(3, "this is no plan folder")
    ran("diff", old, new, "--csv", tmp_path / "nowhere" / "changes.csv").assert_told(9, "Cannot write")


def test_a_table_of_changes_that_cannot_be_completed_leaves_the_one_before(ran, plans, tmp_path, monkeypatch):
    file = tmp_path / "changes.csv"
    file.write_text("as it was", "utf-8")
    written = Path.write_text

    def full(path, text, *words, **more):
        written(path, text[:10], *words, **more)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    ran("diff", *plans, "--csv", file).assert_told(9, "No space left on device")
    assert file.read_text("utf-8") == "as it was"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


#: How the shop is rewritten so that its plan cannot be compared with that of `plans`, and why not.
UNLIKE = {
    "currency": ({'"USD"': '"CNY"'}, "are in USD and CNY"),
    "earlier": ({"2026-06-": "2026-05-"}, "begins on 2026-06-01, after the new one (2026-05-01): swap them"),
    "later": ({"2026-06-": "2026-07-"}, "have no day in common"),
}


@pytest.mark.parametrize("name", UNLIKE)
def test_plans_of_two_currencies_or_in_the_wrong_order_or_of_other_days_are_not_compared(ran, plans, tmp_path, name):
    words, said = UNLIKE[name]
    shop = shop_with_more(tmp_path / "shop")
    for file in shop.iterdir():
        text = file.read_text("utf-8-sig")
        for old, new in words.items():
            text = text.replace(old, new)
        file.write_text(text, "utf-8")
    assert ran("plan", shop, "--out", tmp_path / "others", "--quiet").code == 0
    ran("diff", plans[0], tmp_path / "others").assert_told(2, said)
    ran("report", tmp_path / "others", "--against", plans[0], "--out", tmp_path / "out").assert_told(2, said)
    assert not (tmp_path / "out").exists()
