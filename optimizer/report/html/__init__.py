"""A plan as one HTML file that opens offline."""
