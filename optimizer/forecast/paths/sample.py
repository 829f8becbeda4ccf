"""A scenario with the sample paths that its settings ask for."""

from __future__ import annotations

import numpy as np

from optimizer.forecast.paths.delays import path_delays, rarely_late
from optimizer.forecast.paths.demand import path_demand
from optimizer.forecast.paths.strata import path_weights
from optimizer.forecast.predict import predict
from optimizer.scenario.generator.typed import typed
from optimizer.scenario.scenario import Scenario


def with_paths(scenario: Scenario, told: Scenario, after: np.ndarray) -> Scenario:
    """The scenario with `solve.paths` sample paths as rows of its tables; as it is for one, or where it has them.

    `scenario` has its expected demand as rows of `demand` (`forecast.complete`), `told` is the same one before that:
    its forecast says how far demand may lie from there. `after` (B,): first day after each bucket that follows the
    horizon. Equal seeds draw equal paths.
    """
    made = with_delays(scenario)
    if made is scenario:
        return scenario
    weights, (of_demand, _) = made["paths"]["weight"].to_numpy(), _sources(scenario)
    ends = np.concatenate([scenario.calendar.ends, after])
    starts = np.concatenate([scenario.calendar.starts[:1], ends[:-1]])
    forecast = predict(told, starts, ends)
    return made.with_tables(path_demand=path_demand(scenario, forecast, ends, weights, of_demand))


def with_delays(scenario: Scenario) -> Scenario:
    """The scenario with the weights of the sample paths that `with_paths` draws, and with what is late on each: as much
    of them as hangs on no forecast.
    """
    count = scenario.settings.solve.paths
    if count == 1 or len(scenario["paths"]):
        return scenario
    weights, (_, of_delays) = path_weights(count, rarely_late(scenario)), _sources(scenario)
    return scenario.with_tables(
        paths=typed("paths", {"path": np.arange(1, count + 1), "weight": weights}),
        path_delays=path_delays(scenario, weights, of_delays),
    )


def without_paths(scenario: Scenario) -> Scenario:
    """The scenario without the sample paths that were drawn for it."""
    return scenario.with_tables(**{name: typed(name, {}) for name in ("paths", "path_demand", "path_delays")})


def _sources(scenario: Scenario) -> list[np.random.Generator]:
    """Random numbers for demand, and for delays."""
    return np.random.default_rng(scenario.settings.solve.seed).spawn(2)
