"""End cover: what is left is counted once, for demand that it can reach, at what it is worth."""

from __future__ import annotations

import numpy as np
import pandas as pd

from optimizer.plan.verify.evidence import Evidence, compared, tell
from optimizer.plan.verify.finding import Finding


def end_cover_keys(case: Evidence) -> list[Finding]:
    """End cover serves customers in a bucket that ends after stock reaches them, where it is worth more so."""
    cover, rows = case.ledger.cover, case["end_cover"]
    if case.facts.scenario.settings.end_stock == "zero":
        return tell("end_cover", rows, "what is left is worth nothing here, yet {location} covers {region}")
    known = (
        rows["region"].isin(cover.customers)
        & (rows["bucket"] < len(cover.edges) - 1)
        & rows["location"].isin(case.facts.stores)
    )
    legal = rows[known]
    place, region = cover.places.get_indexer(legal["location"]), cover.customers.get_indexer(legal["region"])
    ends = cover.edges[legal["bucket"].to_numpy(dtype=np.int64) + 1]
    early = ends <= case.facts.end + cover.reach[place, region]
    plain = cover.unmatched[place, cover.skus.get_indexer(legal["sku"])]
    poor = ~(cover.worth(legal) >= plain - 1e-9) if len(legal) else np.zeros(0, dtype=bool)
    return [
        *tell("end_cover", rows[~known], "there is no bucket {bucket} of customers in {region} that {location} covers"),
        *tell("end_cover", legal[early], "{location} cannot reach {region} before the end of bucket {bucket}"),
        *tell(
            "end_cover",
            legal[poor & ~early],
            "{sku} at {location} is worth no more for {region} in bucket {bucket} than without demand",
        ),
    ]


def end_cover_stock(case: Evidence) -> list[Finding]:
    """What covers demand up to a bucket is left or lands before the bucket ends."""
    edges, keys = case.ledger.cover.edges, ["location", "sku"]
    wrong = []
    for bucket, end in enumerate(edges[1:]):
        used = case["end_cover"][case["end_cover"]["bucket"] <= bucket].groupby(keys)["units"].sum().reset_index()
        there = case.ledger.left[case.ledger.left["day"] < end].groupby(keys)["units"].sum().reset_index()
        rows = compared(used, there, keys).assign(bucket=bucket)
        wrong.append(rows[(rows["claimed"] > 0) & case.exceeds(rows["claimed"], rows["found"])])
    found = pd.concat(wrong) if wrong else pd.DataFrame()
    return tell(
        "end_cover_stock",
        found,
        "{claimed:g} units of {sku} at {location} cover demand up to bucket {bucket}; {found:g} are there by then",
        by=["bucket", *keys],
    )


def end_cover_demand(case: Evidence) -> list[Finding]:
    """Demand of a bucket is covered once."""
    keys = ["region", "sku", "bucket"]
    used = case["end_cover"].groupby(keys)["units"].sum().reset_index()
    rows = compared(used, case.ledger.cover.demand, keys)
    rows = rows[case.exceeds(rows["claimed"], rows["found"])]
    return tell(
        "end_cover_demand",
        rows,
        "{claimed:g} units of {sku} cover {region} in bucket {bucket}; the demand is {found:g}",
        by=keys,
    )


CHECKS = (end_cover_keys, end_cover_stock, end_cover_demand)
