"""Plans of what-ifs side by side with the plan of their base."""
