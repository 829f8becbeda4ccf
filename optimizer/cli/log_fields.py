"""The fields of a line of the log: their types and meanings. `optimizer/LOGS.md` shows them, and a test compares."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """A field of a line: the JSON type of its value, the events that have it, and what it means."""

    kind: str
    events: str
    meaning: str


#: What an event can be, in the order in which they come.
EVENTS = {
    "begin": "the command has begun",
    "stage": "a stage has begun",
    "progress": "how the search stands: at its first plan, and every 15 seconds; of backtest what is done, every 5",
    "note": "somebody should know, though the command goes on",
    "stopping": "the search ends by hand and keeps its best plan",
    "message": "anything else that the program, or a library, has to say",
    "result": "what the command has come to",
    "problem": "one thing that is wrong in the tables",
    "violation": "one rule that a plan breaks",
    "error": "why the command fails",
    "end": "the command has ended; always the last line, unless the process was killed or --quiet leaves it out",
}

EVERY, SEARCH, PROBLEM = "all", "progress, result", "problem"

FIELDS = {
    "time": Field("string", EVERY, "UTC, such as 2026-11-30T02:30:00.123Z"),
    "level": Field("string", EVERY, "debug, info, warning, error or critical"),
    "command": Field("string", EVERY, "such as plan or runs list"),
    "event": Field("string", EVERY, "what kind of line it is: see above"),
    "message": Field("string", EVERY, "the same for people"),
    "elapsed_seconds": Field("number", EVERY, "since the command has begun"),
    "stage": Field("string", "all after the first stage", "such as read, check, solve, verify or write"),
    "version": Field("string", "begin", "of the optimizer"),
    "process": Field("integer", "begin", "number of the process"),
    "step": Field("string", "progress", "what the search does, such as prices, round 3"),
    "total_cost": Field("number", SEARCH, "of the best plan"),
    "bound": Field("number", SEARCH, "no plan costs less in total"),
    "gap": Field("number", SEARCH, "total_cost less bound, in money"),
    "gap_share": Field("number", SEARCH, "gap as a share of the mission cost"),
    "seconds_left": Field("number", "progress", "until the search must end"),
    "mission_cost": Field("number", "result", "freight, rent, tariff, stockouts"),
    "currency": Field("string", "result", "of all money"),
    "status": Field("string", "result", "optimal (within the gap asked for), feasible or interrupted"),
    "scenario": Field("string", "result", "name of the scenario"),
    "folder": Field("string", "result", "where the files were written; of explain the plan that was read"),
    "run": Field("integer", "result", "of nightly: number of the run in the store"),
    "night": Field("string", "result", "of nightly: its date"),
    "made": Field("boolean", "result", "of nightly: false where this night and input had a plan already"),
    "pairs": Field("integer", "result", "of forecast: pairs of SKU and region"),
    "weeks": Field("integer", "result", "of forecast: weeks of sales that it learnt from"),
    "alerts": Field("integer", "result", "of report and plan: alerts"),
    "urgent": Field("integer", "result", "of report and plan: those that ask to act before the next plan"),
    "asked": Field("integer", "result", "of what-if: what-ifs"),
    "planned": Field("integer", "result", "of what-if: those that have a plan"),
    "changed": Field("integer", "result", "of diff: lines that changed"),
    "same": Field("integer", "result", "of diff: lines that both plans have alike"),
    "table": Field("string", PROBLEM, "table of the scenario"),
    "row": Field("integer", PROBLEM, "row as a spreadsheet counts it, 0 where no single one is to blame"),
    "column": Field("string", PROBLEM, "column of the table"),
    "value": Field("string", PROBLEM, "what stands there"),
    "rule": Field("string", PROBLEM, "the rule that it breaks"),
    "remedy": Field("string", PROBLEM, "what cures it"),
    "exit_code": Field("integer", "error, end", "of the command"),
    "traceback": Field("string", "error", "where an unexpected error arose"),
    "logger": Field("string", "message", "the part of the program, or the library, that has logged it"),
}  # fmt: skip
