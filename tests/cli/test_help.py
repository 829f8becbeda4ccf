"""The help: every command says what it does, with an example that works."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from optimizer.cli.main import optimizer

#: Every command that does something, by the words that call it.
COMMANDS = {
    " ".join(words): command
    for name, group in optimizer.commands.items()
    for words, command in (
        [((name, inside), part) for inside, part in group.commands.items()]
        if isinstance(group, click.Group)
        else [((name,), group)]
    )
}


def test_the_commands_are_those_that_the_issue_asks_for_in_the_order_of_use():
    assert list(optimizer.commands) == [
        "new", "check", "forecast", "plan", "what-if", "backtest", "report", "explain", "diff", "nightly", "runs",
        "verify", "describe", "generate", "export", "completion",
    ]  # fmt: skip


def test_the_help_lists_every_command_in_one_line(ran):
    done = ran("--help")
    assert (done.code, done.err) == (0, "")
    listed = done.out.split("Commands:\n")[1].strip().split("\n")
    assert [entry.split()[0] for entry in listed] == list(optimizer.commands)
    assert all(entry.endswith(".") and "..." not in entry for entry in listed)
    assert max(map(len, done.out.split("\n"))) <= 100


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_says_what_it_does_with_an_example(ran, name):
    for option in ("--help", "-h"):
        done = ran(*name.split(), option)
        assert (done.code, done.err) == (0, "")
        assert f"Usage: optimizer {name} " in done.out
        assert re.search(r"Examples?:\n    optimizer ", done.out)
        assert max(map(len, done.out.split("\n"))) <= 100
    assert {"--json", "--quiet", "--debug"} <= set(re.findall(r"--\w+", done.out))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_explained(name):
    command = COMMANDS[name]
    assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_words_of_the_examples_are_understood(ran, name):
    examples = re.findall(r"^    (optimizer .*)$", ran(*name.split(), "--help").out, re.MULTILINE)
    assert examples
    for example in examples:
        program, *words = shlex.split(example)
        called, rest = words[: len(name.split())], words[len(name.split()) :]
        assert (program, " ".join(called)) == ("optimizer", name)
        COMMANDS[name].make_context(name, rest)
