"""The nightly run: read, check, plan, verify, and keep the plan in a store; one run at a time."""
