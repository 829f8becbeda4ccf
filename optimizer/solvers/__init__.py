"""Solvers of standard forms, behind one protocol."""
