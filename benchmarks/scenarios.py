"""The scenarios that are measured: generated catalogues, the samples, published instances."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from benchmarks.spec import LeftOut
from optimizer.scenario.generator import Spec as Catalogue
from optimizer.scenario.generator import generate
from optimizer.scenario.read import read
from optimizer.scenario.scenario import Scenario
from tests.instances.published import FAMILIES, Published

ROOT = Path(__file__).resolve().parents[1]
#: Real data and published instances, which are not a part of the repository.
DATA = Path(os.environ.get("OPTIMIZER_DATA", ROOT / ".." / "shared" / "data")).resolve()


def catalogue(skus: int) -> Scenario:
    """Six warehouses overseas, four modes, 16 weeks."""
    return generate(Catalogue(skus=skus, overseas=6, modes=4, weeks=16))


def warehouses(count: int) -> Scenario:
    """A hundred SKUs and `count` warehouses overseas."""
    return generate(Catalogue(skus=100, overseas=count, modes=4, weeks=16))


def weeks(count: int) -> Scenario:
    """A hundred SKUs over `count` weeks."""
    return generate(Catalogue(skus=100, overseas=6, modes=4, weeks=count))


def sample(name: str) -> Callable[[int], Scenario]:
    """The first SKUs of a sample scenario, by their number."""

    def first(skus: int) -> Scenario:
        whole = read(ROOT / "scenarios" / name)
        return whole.only(whole["skus"]["sku"].iloc[:skus])

    return first


def instance(family: str) -> Callable[[str], Scenario]:
    """The published instances of a family, by name."""
    return lambda name: published(family)[name][0]


@cache
def published(family: str) -> Mapping[str, Published]:
    """Scenario and published optimum of each instance of a family; raises LeftOut without the data."""
    if gone := data_missing():
        raise LeftOut(gone)
    return dict(FAMILIES[family](DATA))


def data_missing() -> str | None:
    """What to say where the published instances are not there; None where they are."""
    if (DATA / "instances").is_dir():
        return None
    return f"the published instances are not at {DATA}: set OPTIMIZER_DATA to the folder that holds instances/"
