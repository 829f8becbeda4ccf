"""The plan: its tables, an independent ledger and verification, measures, files."""
