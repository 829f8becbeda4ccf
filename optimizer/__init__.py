"""Multi-warehouse inventory allocation for cross-border sellers: tables in, a certified and verified plan out."""

__version__ = "0.1.0"
