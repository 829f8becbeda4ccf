"""The model: one small function per constraint and cost line."""
