"""Back-tests: policies side by side on the same demand and the same delays, and what is sure of their differences."""
