"""Shell completion: what the program answers when a shell asks, and what bash makes of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import click
import pytest

from optimizer.cli.complete import tables
from tests.cli.running import environment, line, process


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two scenarios, a workbook, a plan that holds its inputs, and much else."""
    for name in ("scenarios/shop-a", "scenarios/deep/shop-b", "plans/monday/inputs", "notes"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("scenarios/shop-a", "scenarios/deep/shop-b", "plans/monday/inputs"):
        (tmp_path / name / "scenario.toml").touch()
    (tmp_path / "plans/monday/manifest.json").touch()
    (tmp_path / "shop-c.xlsx").touch()
    (tmp_path / "~$shop-c.xlsx").touch()
    return tmp_path


def asked(words: str, folder: Path, shell: str = "bash") -> list[str]:
    """What the program answers where the last word is half written."""
    listed = words.split(" ")
    variables = {"COMP_WORDS": words, "COMP_CWORD": str(len(listed) - 1), "_OPTIMIZER_COMPLETE": f"{shell}_complete"}
    if shell == "fish":
        variables["COMP_CWORD"] = listed[-1]
    done = process(cwd=folder, env=environment(**variables))
    assert done.err == ""
    return done.out.splitlines()


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        ("optimizer ni", ["nightly"]),
        ("optimizer runs p", ["prune"]),
        ("optimizer plan --log-f", ["--log-format", "--log-file"]),
        ("optimizer plan shop --method ", ["auto", "whole", "prices"]),
        ("optimizer nightly shop --log-format ", ["text", "json"]),
        ("optimizer plan shop --solver h", ["highs"]),
        ("optimizer completion ", ["bash", "zsh", "fish"]),
        ("optimizer plan s", ["scenarios/deep/shop-b", "scenarios/shop-a", "shop-c.xlsx"]),
        ("optimizer check scenarios/s", ["scenarios/shop-a"]),
        ("optimizer nightly ./sc", ["./scenarios/deep/shop-b", "./scenarios/shop-a"]),
        ("optimizer plan scenarios/shop-a --start-from p", ["plans/monday"]),
        ("optimizer report ", ["plans/monday"]),
        ("optimizer what-if shop --set lanes.lead_time_d", ["lanes.lead_time_days"]),
        ("optimizer what-if shop --sweep duty", ["duty_rates"]),
    ],
)
def test_a_half_written_word_becomes(desk, words, answers):
    assert asked(words, desk) == [f"plain,{answer}" for answer in answers]


@pytest.mark.parametrize("words", ["optimizer plan nothing", "optimizer export shop s", "optimizer check /no/such/"])
def test_where_nothing_is_known_the_shell_completes_files(desk, words):
    assert asked(words, desk) == [f"file,{words.split(' ')[-1]}"]


def test_a_path_that_bash_would_need_quoted_is_left_to_bash(desk):
    (desk / "scenarios" / "my shop").mkdir()
    (desk / "scenarios" / "my shop" / "scenario.toml").touch()
    assert asked("optimizer plan scenarios/m", desk) == ["file,scenarios/m"]
    assert asked("optimizer plan scenarios/m", desk, "fish")[:1] == ["plain,scenarios/my shop"]


def test_a_log_of_the_environment_is_not_begun_by_a_shell_that_asks(desk):
    variables = {"COMP_WORDS": "optimizer ni", "COMP_CWORD": "1", "_OPTIMIZER_COMPLETE": "bash_complete"}
    process(cwd=desk, env=environment(OPTIMIZER_LOG_FILE="log.txt", **variables))
    assert not (desk / "log.txt").exists()


def test_tables_and_their_columns_are_completed():
    def answers(incomplete: str) -> list[str]:
        return [item.value for item in tables(click.Context(click.Command("c")), click.Argument(["a"]), incomplete)]

    assert answers("du") == ["duty_rates"]
    assert answers("lanes.lead_time_d") == ["lanes.lead_time_days"]
    assert answers("no_such_table.") == []
    assert "skus" in answers("")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed_and_the_shell_can_read_it(ran, shell, tmp_path):
    done = ran("completion", shell)
    assert (done.code, done.err) == (0, "") and f"_OPTIMIZER_COMPLETE={shell}_complete" in done.out
    assert ran("completion", shell, "--json").document["script"] == done.out.removesuffix("\n")
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    script = tmp_path / "script"
    script.write_text(done.out)
    read = ["fish", "--no-execute"] if shell == "fish" else [shell, "-n"]
    assert subprocess.run([*read, str(script)], capture_output=True, check=False).returncode == 0


def test_bash_completes_by_the_script(ran, desk, tmp_path):
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "optimizer"
    program.write_text(f'#!/bin/sh\nexec {" ".join(line())} "$@"\n')
    program.chmod(0o755)
    (tmp_path / "script").write_text(ran("completion", "bash").out)
    typed = (
        f"source {tmp_path / 'script'}; COMP_WORDS=(optimizer plan scenarios/s); COMP_CWORD=2; "
        '_optimizer_completion optimizer; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    variables = environment()
    variables["PATH"] = f"{tmp_path / 'bin'}:{variables['PATH']}"
    done = subprocess.run(["bash", "-c", typed], cwd=desk, env=variables, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["scenarios/shop-a"]
