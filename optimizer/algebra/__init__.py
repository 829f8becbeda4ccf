"""Linear algebra of optimisation: variables, expressions, bands, programs. Knows nothing of inventory."""
