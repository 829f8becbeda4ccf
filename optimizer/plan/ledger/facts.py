"""What the ledger must know of a scenario, looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd

from optimizer.plan.ledger.dated import day_numbers
from optimizer.plan.ledger.demand import Span, path_span, span
from optimizer.plan.ledger.exchange import Exchange
from optimizer.plan.ledger.look_up import look_up
from optimizer.scenario.calendar import Calendar
from optimizer.scenario.departures import departures
from optimizer.scenario.scenario import Scenario

#: Facts that a slice shares with its catalogue.
COMMON = (
    "departures", "territory", "locations", "stores", "suppliers", "regions", "lanes", "delivery_lanes", "span",
    "path_span", "cover_days",
)  # fmt: skip

#: Facts that it shares as well, and that hold for a dated table as it stands.
DATED = ("brackets",)
#: Facts of some SKUs that do not depend on their demand.
WITHOUT_DEMAND = ("goods", "offers", "prices", "receipts")


class Facts:
    """A scenario's tables joined and in one currency; frames are indexed by code."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.calendar: Calendar = scenario.calendar
        self.exchange = Exchange(scenario.settings.currency, scenario["exchange_rates"])
        #: Day number of each period's start (T,), of the horizon's first day and of the first day after it.
        self.starts = self.calendar.starts.astype(np.int64)
        self.first = int(self.starts[0])
        self.end = int(self.calendar.end.astype(np.int64))

    def only(self, skus: Iterable[str]) -> Facts:
        """What must be known of some SKUs of the catalogue; what is common to all of them is not looked up again."""
        part = Facts(self.scenario.only(skus))
        part.__dict__.update({name: getattr(self, name) for name in (*COMMON, *DATED)})
        return part

    def with_demand(self, demand: pd.DataFrame, told: Span) -> Facts:
        """The same with another table of demand, which speaks from when until when `told` says."""
        other = Facts(self.scenario.with_tables(demand=demand))
        other.__dict__.update({name: getattr(self, name) for name in (*COMMON, *DATED, *WITHOUT_DEMAND)}, span=told)
        return other

    @cached_property
    def span(self) -> Span:
        """Day numbers from and until which the table of demand speaks."""
        return span(self.scenario)

    @cached_property
    def path_span(self) -> Span:
        """The same of the table of demand on sample paths."""
        return path_span(self.scenario)

    @cached_property
    def cover_days(self) -> int:
        """Days after the horizon until anything of the catalogue can be had again: their demand gives stock a value."""
        lanes, days = self.lanes, self.scenario["sourcing"].groupby("supplier")["production_days"].max()
        buying = lanes[lanes["origin_kind"] == "supplier"]
        first = look_up(buying["origin"], days).fillna(0) + buying["lead_time_days"]
        home = lanes.loc[lanes["origin_kind"] == "domestic", "lead_time_days"]
        longest = sum(wait.max() if len(wait) else 0 for wait in (first, home))
        return int(longest + self.scenario.settings.review_days)

    @cached_property
    def periods(self) -> int:
        """Number of periods."""
        return len(self.calendar)

    @cached_property
    def departures(self) -> pd.DataFrame:
        """Every departure that exists, as planned."""
        return departures(self.scenario)

    @cached_property
    def territory(self) -> pd.Series:
        """Customs territory of each country."""
        countries = self.scenario["countries"]
        return pd.Series(
            countries["customs_territory"].to_numpy(dtype=object), index=countries["country"].to_numpy(dtype=object)
        )

    @cached_property
    def goods(self) -> pd.DataFrame:
        """Each SKU: its own columns, volume (m3), weight (kg), pack (units of a carton, else 1), value, declared."""
        skus = self.scenario["skus"].set_index("sku")
        pack = skus["case_pack"].astype(float).fillna(1.0)
        value = (
            self.offers["cost"]
            .groupby(self.offers["sku"])
            .min()
            .reindex(skus.index)
            .fillna(skus["declared_value"])
            .fillna(0.0)
        )
        return skus.assign(
            volume=skus["unit_volume_m3"],
            weight=skus["unit_weight_kg"],
            pack=pack,
            value=value,
            declared=skus["declared_value"].fillna(value),
        )

    @cached_property
    def offers(self) -> pd.DataFrame:
        """`sourcing` with the unit cost on the first day (`cost`)."""
        sourcing = self.scenario["sourcing"]
        return sourcing.assign(
            cost=sourcing["unit_cost"] * self.exchange(sourcing["currency"], np.full(len(sourcing), self.first))
        )

    @cached_property
    def locations(self) -> pd.DataFrame:
        """Each location with its customs territory."""
        table = self.scenario["locations"].set_index("location")
        return table.assign(territory=look_up(table["country"], self.territory))

    @cached_property
    def stores(self) -> pd.Index:
        """The locations that hold stock: all but suppliers."""
        return self.locations.index[self.locations["kind"] != "supplier"]

    @cached_property
    def suppliers(self) -> pd.Index:
        """The locations that never run dry."""
        return self.locations.index[self.locations["kind"] == "supplier"]

    @cached_property
    def regions(self) -> pd.DataFrame:
        """Each region with its customs territory."""
        table = self.scenario["regions"].set_index("region")
        return table.assign(territory=look_up(table["country"], self.territory))

    @cached_property
    def lanes(self) -> pd.DataFrame:
        """Each lane: kinds of its ends, the territory it enters, whether it pays duty and is charged per container."""
        lanes = self.scenario["lanes"].set_index("lane")
        kind, territory = self.locations["kind"], self.locations["territory"]
        enters = look_up(lanes["destination"], territory)
        rates = self.scenario["freight_rates"]
        return lanes.assign(
            origin_kind=look_up(lanes["origin"], kind),
            destination_kind=look_up(lanes["destination"], kind),
            territory=enters,
            pays_duty=(look_up(lanes["origin"], territory) != enters) & ~lanes["duty_included"].astype(bool),
            in_containers=lanes.index.isin(rates.loc[rates["basis"] == "container", "lane"]),
        )

    @cached_property
    def brackets(self) -> pd.DataFrame:
        """Rows of `freight_rates` for kg and m3; `least`: the quantity for which a bracket is charged at least."""
        rates = self.scenario["freight_rates"]
        rows = rates[rates["basis"].isin(["kg", "m3"])].drop(columns="container_type")
        rate, least = rows["rate"].to_numpy(), np.zeros(len(rows))
        np.divide(rows["minimum_charge"].to_numpy(dtype=float), rate, out=least, where=rate > 0)
        return rows.assign(least=np.maximum(rows["from_quantity"], least))

    @cached_property
    def delivery_lanes(self) -> pd.DataFrame:
        """Each delivery lane: `local` told, the region's kind and territory, `supplied` straight by a supplier."""
        table = self.scenario["delivery_lanes"].copy()
        here = look_up(table["location"], self.locations["territory"])
        there = look_up(table["region"], self.regions["territory"])
        local = np.where(table["kind"] == "", here == there, table["kind"] == "local")
        return table.assign(
            local=local.astype(bool),
            territory=there,
            region_kind=look_up(table["region"], self.regions["kind"]),
            supplied=look_up(table["location"], self.locations["kind"]) == "supplier",
        )

    @cached_property
    def prices(self) -> pd.DataFrame:
        """`prices` with what of the price is left after platform fee and returns (`kept`, a share) and goodwill."""
        table = self.scenario["prices"]
        fees = self.regions["platform_fee_rate"] + self.regions["return_rate"]
        kept, goodwill = 1 - look_up(table["region"], fees), look_up(table["sku"], self.goods["goodwill"])
        return table[["sku", "region", "price", "currency"]].assign(kept=kept, goodwill=goodwill)

    @cached_property
    def receipts(self) -> pd.DataFrame:
        """`in_transit` with the day (number) and the period in which it is there (number of periods if beyond)."""
        table = self.scenario["in_transit"]
        days = np.asarray(table["arrives_on"]).astype("datetime64[D]")
        opens = self.open_on(table["destination"], days)
        return pd.DataFrame(
            {
                "location": table["destination"].to_numpy(dtype=object),
                "sku": table["sku"].to_numpy(dtype=object),
                "units": table["units"].to_numpy(dtype=float),
                "day": day_numbers(opens),
                "period": self.calendar.arrival_period(opens),
            }
        )

    def open_on(self, locations: pd.Series, days: np.ndarray) -> np.ndarray:
        """Each day, or the next one on which its location is not closed."""
        opens = np.array(days, dtype="datetime64[D]")
        closures = self.scenario["closures"]
        names = np.asarray(locations, dtype=object)
        for row in closures[closures["location"] != ""].sort_values("from").itertuples():
            until = np.datetime64(row.until, "D")
            shut = (
                (names == row.location)
                & (opens >= np.datetime64(row[closures.columns.get_loc("from") + 1], "D"))
                & (opens <= until)
            )
            opens[shut] = until + np.timedelta64(1, "D")
        return opens
