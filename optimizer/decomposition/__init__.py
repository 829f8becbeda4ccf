"""Strategies over programs that fall apart into blocks but for some linking columns and rows."""
