"""The list of benchmarks is sound, and a wrong name gets one clear answer."""

from __future__ import annotations

import pytest

from benchmarks.registry import SUITES, chosen, suite
from optimizer.errors import UsageError
from optimizer.solve import check

EVERY = [(suite, spec) for suite in SUITES for spec in suite.specs]
NAMES = [f"{suite.name}/{spec.name}" for suite, spec in EVERY]


def test_names_are_unique_and_need_no_quotes_on_a_command_line() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert not [name for name in NAMES if set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-/")]


@pytest.mark.parametrize(("suite", "spec"), EVERY, ids=NAMES)
def test_every_spec_says_why_it_is_there_and_has_cases_at_every_level(suite, spec) -> None:
    assert spec.why
    assert len({str(case) for case in suite.cases(spec, "run")}) == len(suite.cases(spec, "run")) > 0
    assert set(spec.run) and set(spec.full)
    assert {step.size for step in spec.run} <= {step.size for step in spec.full}


@pytest.mark.parametrize(("suite", "spec"), EVERY, ids=NAMES)
def test_a_smoke_is_one_small_step(suite, spec) -> None:
    (step,) = spec.smoke
    assert (step.seconds or 0) <= 5
    sizes = [step.size for step in spec.full]
    assert step.size in sizes if isinstance(step.size, str) else step.size <= min(sizes)


@pytest.mark.parametrize(("suite", "spec"), EVERY, ids=NAMES)
def test_the_smallest_scenario_of_every_spec_can_be_planned(suite, spec) -> None:
    if gone := suite.missing():
        pytest.skip(gone)
    assert not check(spec.made(spec.smoke[0].size, "smoke"))


def test_a_suite_a_spec_or_nothing_can_be_chosen() -> None:
    assert [(suite.name, spec.name) for suite, spec in chosen(["build/weeks"])] == [("build", "weeks")]
    assert {suite.name for suite, _ in chosen(["plan"])} == {"plan"}
    assert chosen([]) == EVERY


def test_an_unknown_name_is_refused_with_the_names_that_there_are() -> None:
    with pytest.raises(
        UsageError, match=r"no benchmark called 'build/sku'\. Did you mean build/skus\? There are: build"
    ):
        chosen(["plan", "build/sku"])


@pytest.mark.parametrize("name", ["small-seller", "temu-migration", "multi-market"])
def test_a_sample_is_measured_whole_and_its_first_skus_are_a_part_of_it(name: str) -> None:
    spec = suite("plan").spec(name)
    (size,) = {step.size for step in spec.run}
    whole, first = spec.scenario(size), spec.scenario(3)
    assert len(whole["skus"]) == len(spec.scenario(10 * size)["skus"]) == size
    assert list(first["skus"]["sku"]) == list(whole["skus"]["sku"][:3])
    assert set(first["demand"]["sku"]) <= set(first["skus"]["sku"])
