"""What a generated catalogue shall look like."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: Modes between home and overseas in the order in which `Spec.modes` takes them; `fcl` only where containers are
#: wanted.
MODES = ("sea", "air", "fcl", "fast", "lcl", "express")

#: Overseas warehouses in the order in which `Spec.overseas` takes them.
WAREHOUSES = ("US-W", "US-E", "UK", "DE", "JP", "US-FBA", "CA", "AU")
CHANNELS = ("temu-semi", "amazon", "own shop")
#: Channels that are there when asked for: a web shop that sells to Europe and, by parcel, to the rest of the world.
OTHER_CHANNELS = ("web shop",)


@dataclass(frozen=True)
class Spec:
    """Options of a generated catalogue; what makes no sense raises ValueError.

    `overseas`: how many of `WAREHOUSES` there are, in this order; `warehouses` names them instead. `domestic`: CN-S
    alone or also CN-E. `suppliers`: how many; None draws from the size. `modes`: first-leg modes to each overseas
    warehouse, in the order of `MODES`. `weeks`: weekly periods (the first `daily` days of them as daily ones).
    `containers`: whole-container lanes. `whole_cases`: stock moves in whole cartons. `moq`: least orders of SKUs and
    suppliers. `returns`: lanes from overseas back home. `storage_tightness`: room that six weeks of demand take, as a
    share of the room there is (0: no limits). `container_tightness`: weekly volume of a destination as a share of the
    containers that a sailing takes (0: no limits). `median_cases_per_week`, `sigma`: lognormal level of a SKU's demand
    over all regions. `cover_weeks`: weeks of demand that stand overseas of goods that still sell, from and to.
    `demand_days`: bucket of the demand table within the horizon; after it buckets are of 28 days.
    `channels`: through which customers buy.
    """

    skus: int = 300
    seed: int = 1
    overseas: int = 6
    warehouses: tuple[str, ...] = ()
    domestic: int = 1
    suppliers: int | None = None
    modes: int = 4
    weeks: int = 16
    daily: int = 0
    containers: bool = True
    whole_cases: bool = True
    moq: bool = True
    returns: bool = False
    storage_tightness: float = 0.7
    container_tightness: float = 0.5
    median_cases_per_week: float = 1.5
    sigma: float = 1.3
    cover_weeks: tuple[float, float] = (0.5, 5.0)
    demand_days: int = 7
    channels: tuple[str, ...] = CHANNELS
    starts_on: dt.date = dt.date(2026, 11, 30)
    name: str = "generated"

    def __post_init__(self) -> None:
        _within("skus", self.skus, 1, 10_000_000)
        _within("seed", self.seed, 0, 2**63 - 1)
        _within("overseas", self.overseas, 1, len(WAREHOUSES))
        _within("domestic", self.domestic, 1, 2)
        _within("modes", self.modes, 1, len(self.known_modes))
        _within("weeks", self.weeks, 1, 104)
        _within("daily", self.daily, 0, 7 * self.weeks)
        _within("storage_tightness", self.storage_tightness, 0.0, 100.0)
        _within("container_tightness", self.container_tightness, 0.0, 100.0)
        _within("median_cases_per_week", self.median_cases_per_week, 1e-6, 1e6)
        _within("sigma", self.sigma, 0.0, 4.0)
        _within("cover_weeks", self.cover_weeks[0], 0.0, self.cover_weeks[-1])
        _within("demand_days", self.demand_days, 1, 7 * self.weeks)
        if self.suppliers is not None:
            _within("suppliers", self.suppliers, 1, 999)
        if self.daily % 7:
            raise ValueError(f"daily = {self.daily}: days before the weekly periods must fill whole weeks")
        if set(self.warehouses) - set(WAREHOUSES):
            raise ValueError(f"warehouses = {self.warehouses}: some of {', '.join(WAREHOUSES)}")
        if not self.channels or set(self.channels) - {*CHANNELS, *OTHER_CHANNELS}:
            raise ValueError(f"channels = {self.channels}: one or more of {', '.join(CHANNELS + OTHER_CHANNELS)}")
        if not self.name.strip():
            raise ValueError("name is empty")

    @property
    def known_modes(self) -> tuple[str, ...]:
        """The modes that this catalogue may have, in order."""
        return tuple(mode for mode in MODES if self.containers or mode != "fcl")

    @property
    def first_leg_modes(self) -> tuple[str, ...]:
        """The modes that it has."""
        return self.known_modes[: self.modes]

    @property
    def supplier_count(self) -> int:
        """Number of suppliers: as asked for, else one for every 40 SKUs, 2 to 20."""
        return self.suppliers if self.suppliers is not None else max(2, min(20, round(self.skus / 40)))

    @property
    def periods(self) -> tuple[int, ...]:
        """Lengths of the periods in days."""
        return (1,) * self.daily + (7,) * (self.weeks - self.daily // 7)


def _within(name: str, value: float, least: float, most: float) -> None:
    if isinstance(value, bool) or not least <= value <= most:  # NaN fails too
        raise ValueError(f"{name} = {value}: it must lie between {least} and {most}")
