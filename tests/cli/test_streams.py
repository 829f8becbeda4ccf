"""What goes to standard output and what to standard error, in processes of their own and with solvers that chatter."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from optimizer.solvers import attended_run
from tests.cli.running import environment, line, process


def test_a_process_prints_the_result_alone_on_standard_output_and_progress_on_standard_error(shop):
    done = process("plan", shop)
    assert done.code == 0
    assert done.out.startswith("toy: plan from 2026-06-01")
    assert " s  " not in done.out
    stages = [told.split(" s  ")[1] for told in done.err.strip().split("\n")]
    assert stages == ["read ...", "check ...", "forecast ...", "formulate ...", "solve ...", "verify ..."]


def test_quiet_says_nothing_but_the_result_and_errors(ran, shop, found, tmp_path):
    assert ran("plan", shop, "--quiet").err == ""
    assert "there is no such folder" in ran("plan", tmp_path / "nowhere", "--quiet").err


def test_the_result_is_one_document_even_where_the_solver_prints_from_c(ran, shop, monkeypatch):
    work = attended_run._work

    def chatter(*arguments):
        os.write(1, b"Running HiGHS: Copyright (c)\n")
        work(*arguments)

    monkeypatch.setattr(attended_run, "_work", chatter)
    done = ran("plan", shop, "--json", "--quiet")
    assert done.document["command"] == "plan"
    assert "Running HiGHS" in done.err


def test_the_result_is_one_document_with_a_solver_in_a_process_of_its_own(ran, shop):
    done = ran("plan", shop, "--solver", "cbc", "--json", "--quiet")
    assert done.document["total_cost"] == pytest.approx(25)


def test_readers_who_leave_early_are_no_failure(shop, tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = process("plan", shop, "--out", tmp_path / "plan", capture_output=False, stdout=writing, stderr=writing)
    finally:
        os.close(writing)
    assert done.code == 0
    assert (tmp_path / "plan" / "manifest.json").is_file()


def test_a_reader_who_leaves_early_is_not_complained_about(shop):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = process("check", shop, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (done.code, done.err) == (0, "")


def test_a_full_disk_behind_standard_output_is_told_though_a_document_was_asked_for(shop):
    with Path("/dev/full").open("wb") as full:
        done = process("check", shop, "--json", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.code == 9
    assert done.err == "The result cannot be written to standard output: No space left on device.\n"


def test_an_output_without_chinese_letters_gets_question_marks_not_a_traceback(own_shop):
    text = (own_shop / "scenario.toml").read_text("utf-8")
    (own_shop / "scenario.toml").write_text(text.replace('"toy"', '"小店"'), "utf-8")
    done = process("check", own_shop, env=environment(PYTHONIOENCODING="latin-1"))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("No problems: ?? can be planned.")


def test_json_is_written_in_letters_where_there_are_any(ran, own_shop):
    text = (own_shop / "scenario.toml").read_text("utf-8")
    (own_shop / "scenario.toml").write_text(text.replace('"toy"', '"小店"'), "utf-8")
    assert '"小店"' in ran("check", own_shop, "--json").out


def test_json_for_an_output_without_chinese_letters_is_still_json(own_shop):
    text = (own_shop / "scenario.toml").read_text("utf-8")
    (own_shop / "scenario.toml").write_text(text.replace('"toy"', '"小店"'), "utf-8")
    done = process("check", own_shop, "--json", env=environment(PYTHONIOENCODING="latin-1"))
    assert done.document["scenario"] == "小店"


def on_a_terminal(*words, **changes) -> tuple[int, str]:
    """Exit code of a command whose standard error is a terminal, and what it shows there."""
    master, slave = pty.openpty()
    child = subprocess.Popen(
        line(*words), stdout=subprocess.DEVNULL, stderr=slave, env=environment(TERM="xterm", COLUMNS="100", **changes)
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65_536)
        except OSError:  # Linux says so when the last writer has closed a terminal
            break
        if not part:
            break
        shown += part
    os.close(master)
    return child.wait(60), shown.decode("utf-8", "replace")


def test_errors_are_red_on_a_terminal_unless_colour_is_unwanted(tmp_path):
    code, coloured = on_a_terminal("check", tmp_path / "nowhere")
    assert code == 3 and "\x1b[31mThe input was refused" in coloured
    code, plain = on_a_terminal("check", tmp_path / "nowhere", NO_COLOR="1")
    assert code == 3 and "The input was refused" in plain and "\x1b[" not in plain


def test_letters_that_a_terminal_might_obey_are_spelt_out(ran, own_shop):
    text = (own_shop / "skus.csv").read_text("utf-8-sig")
    (own_shop / "skus.csv").write_text(text.replace("name", "na\x1b[2Jme", 1), "utf-8")
    done = ran("check", own_shop)
    assert done.code == 3
    assert "na\\x1b[2Jme: the table has no such column" in done.err and "\x1b" not in done.err


def test_json_survives_letters_that_a_terminal_might_obey(ran, own_shop):
    text = (own_shop / "skus.csv").read_text("utf-8-sig")
    (own_shop / "skus.csv").write_text(text.replace("name", "na\x1b[2Jme", 1), "utf-8")
    out = ran("check", own_shop, "--json").out
    assert "\x1b" not in out and json.loads(out)["problems"][0]["column"] == "na\x1b[2Jme"
