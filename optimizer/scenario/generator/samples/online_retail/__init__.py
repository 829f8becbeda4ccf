"""The sample `online-retail`: the real sales of a web shop in 2010-11; warehouses, costs and stock are drawn."""

from optimizer.scenario.generator.samples.online_retail.online_retail import online_retail

__all__ = ["online_retail"]
