"""Studies of a plan, which solve again."""
