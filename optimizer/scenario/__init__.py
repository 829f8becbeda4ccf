"""Input tables: schema, checks, files, generator."""
