"""What a back-test shall do, and what tells its runs from those of another input."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import optimizer
from optimizer.errors import UsageError
from optimizer.scenario.fingerprint import fingerprint
from optimizer.scenario.scenario import Scenario
from optimizer.simulation.backtest.run import Key

#: Rooms whose code does not change what a run comes to.
ONLY_TOLD = {"cli", "report", "nightly", "studies"}
#: Libraries whose versions may.
LIBRARIES = ("numpy", "scipy", "pandas", "highspy", "numba")


@dataclass(frozen=True)
class Request:
    """`weeks`: length of the replay; `after`: last weeks of the history that only value what is left; `runs`: draws of
    delays, from `seed` on; `tuning_weeks`: weeks before the replay on which the rules are tuned, 0 takes them as they
    are; `tuning_runs`: draws of delays for that. `seconds`, `gap` (of the mission cost): how hard each plan is sought;
    `paths`: sample paths of our plan, `horizon`: weeks that it looks ahead; None as the scenario says. `transfers`:
    whether it moves goods between overseas warehouses.
    """

    policies: tuple[str, ...]
    weeks: int = 26
    after: int = 0
    runs: int = 5
    seed: int = 1
    tuning_weeks: int = 26
    tuning_runs: int = 1
    seconds: float = 20.0
    gap: float = 0.01
    paths: int | None = None
    horizon: int | None = None
    transfers: bool = True

    @property
    def seeds(self) -> range:
        """Seeds of the delays."""
        return range(self.seed, self.seed + self.runs)

    def keys(self, blocks: int) -> list[Key]:
        """All runs: first one pair of block and seed with all policies, then the next, so that what is there when it is
        stopped can be compared.
        """
        return [Key(name, block, seed) for seed in self.seeds for block in range(blocks) for name in self.policies]


def known_only(names: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    """The names, each once. Raises UsageError for one that there is not, and where there are none."""
    found = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    for name in found:
        if name not in known:
            close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise UsageError(f"There is no policy called {name!r}.{hint} There are: {', '.join(known)}.")
    if not found:
        raise UsageError(f"No policy is named. There are: {', '.join(known)}.")
    return found


def inputs_of(blocks: Sequence[Scenario], request: Request) -> str:
    """The fingerprint of all that decides what a run of a block and seed comes to: tables, settings, weeks, the code
    that plays and decides, and the libraries that it stands on.
    """
    total = hashlib.sha256()
    for block in blocks:
        total.update(fingerprint(block).encode())
    told = (
        request.weeks,
        request.after,
        request.tuning_weeks,
        request.tuning_runs,
        request.seed,
        request.seconds,
        request.gap,
        request.paths,
        request.horizon,
        request.transfers,
    )
    total.update(repr(told).encode())
    total.update(source().encode())
    total.update(repr([(name, _version(name)) for name in LIBRARIES]).encode())
    return total.hexdigest()


def source() -> str:
    """Digest of the code that decides and plays."""
    folder = Path(optimizer.__file__).parent
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        name = file.relative_to(folder)
        if name.parts[0] not in ONLY_TOLD:
            total.update(str(name).encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
