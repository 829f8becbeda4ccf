"""Sample paths: few weighted futures of demand and lead times, well placed."""

from optimizer.forecast.paths.sample import with_delays, with_paths

__all__ = ["with_delays", "with_paths"]
