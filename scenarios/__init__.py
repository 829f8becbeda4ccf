"""The sample scenarios, and what is worked out on them."""
