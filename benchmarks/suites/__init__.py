"""The suites: what is measured, and the tables that answer their questions."""
