"""The rules that input tables must keep, one small function each."""
