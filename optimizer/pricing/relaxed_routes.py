"""What all SKUs share on their ways, from the index sets of a network."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.network.cover import landing_bucket
from optimizer.network.network import Network
from optimizer.network.service import patience
from optimizer.network.stock import rent_tiers
from optimizer.network.survey import Survey
from optimizer.pricing.relaxed_arrays import Routes, plain
from optimizer.rates.storage import Tiers
from optimizer.scenario.calendar import DAY


def places(ground: Survey) -> np.ndarray:
    """Number of each location among those that hold stock, -1 for suppliers, (L,)."""
    ours = ground.kinds != "supplier"
    return np.where(ours, np.cumsum(ours) - 1, -1)


def routes(net: Network) -> tuple[Routes, np.ndarray]:
    """The shared arrays of a network, and the row of `lot_aged` of each of its opening lots."""
    ground, calendar, sailings = net.ground, net.ground.scenario.calendar, net.sailings
    place, tiers = places(ground), ground.once(rent_tiers)
    ours = np.flatnonzero(place >= 0)
    base = np.array([[tier.increase[0] for tier in tiers[location]] for location in ours])
    aged = np.stack([_aged(ground, tiers[location]) for location in ours])
    lot_aged, lots = _lots(ground, tiers)
    lanes, lane_class, share = ground.once(_lanes)
    return plain(Routes(
        origin=place[sailings["origin"].to_numpy()],
        destination=place[sailings["destination"].to_numpy()],
        period=sailings["period"].to_numpy(dtype=np.int64),
        arrival=sailings["arrival"].to_numpy(dtype=np.int64),
        bucket=landing_bucket(ground, sailings["arrives_on"].to_numpy()),
        rent=base * calendar.days, days=calendar.days.astype(np.float64), aged=aged,
        ages=np.asarray((aged > 0).any(axis=(1, 2))), lot_aged=lot_aged, lane_place=place[lanes["location"].to_numpy()],
        lane_region=lanes["region"].to_numpy(), lane_class=lane_class, share=share, buckets=len(ground.bucket_ends),
    )), lots  # fmt: skip


def _added(ground: Survey, tiers: list[Tiers], received: np.ndarray) -> np.ndarray:
    """What age adds to the rent of a m3 received on each day in each period, (days, T)."""
    calendar = ground.scenario.calendar
    added = np.zeros((len(received), len(calendar)))
    for period, tier in enumerate(tiers):
        age = (calendar.ends[period] - received) / DAY
        for from_age, increase in zip(tier.from_age_days[1:], tier.increase[1:], strict=True):
            added[:, period] += np.where(age >= from_age, max(increase, 0.0), 0.0) * calendar.days[period]
    return added


def _aged(ground: Survey, tiers: list[Tiers]) -> np.ndarray:
    """The same for what arrives in each period, or at the end, summed until another one, (T + 1, T + 1)."""
    added = np.triu(_added(ground, tiers, ground.scenario.calendar.starts))
    return np.pad(np.cumsum(added, axis=1), ((0, 1), (1, 0)))


def _lots(ground: Survey, tiers: list[list[Tiers]]) -> tuple[np.ndarray, np.ndarray]:
    """Rent added by age to opening stock by location and date, (rows, T + 1), and the row of each lot."""
    location, day = ground.lots["location"].to_numpy(), ground.lots["received_on"].to_numpy().astype("datetime64[D]")
    row, found = pd.factorize(day.astype(np.int64) * len(ground.locations) + location)
    days, places = np.divmod(found, len(ground.locations))
    added = np.zeros((len(found) + 1, len(ground.scenario.calendar) + 1))
    for place in np.unique(places):
        here = np.flatnonzero(places == place)
        rent = _added(ground, tiers[place], days[here].astype("datetime64[D]"))
        added[here, 1:] = np.cumsum(rent, axis=1)
    return added, row


def _lanes(ground: Survey) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Delivery lanes by codes, the class of each, and by region the share of customers who accept a class, (R, C +
    1)."""
    table = ground.scenario["delivery_lanes"]
    lanes = pd.DataFrame({
        "location": ground.locations.get_indexer(table["location"]),
        "region": ground.regions.get_indexer(table["region"]), "days": table["delivery_days"].to_numpy(),
    })  # fmt: skip
    customers = (ground.scenario["regions"]["kind"] == "customers").to_numpy()
    mine = lanes[customers[lanes["region"]]]
    times = {int(region): np.sort(found.unique()) for region, found in mine.groupby("region")["days"]}
    share = np.zeros((len(ground.regions), max((len(days) for days in times.values()), default=1) + 1))
    lane_class = np.full(len(lanes), -1)
    for region, days in times.items():
        accepted = [min(patience(ground, ground.regions[region], day), 1.0) for day in days]
        share[region, : len(days)] = np.minimum.accumulate(accepted)
        here = (lanes["region"] == region).to_numpy()
        lane_class[here] = np.searchsorted(days, lanes["days"].to_numpy()[here])
    return lanes, lane_class, share
