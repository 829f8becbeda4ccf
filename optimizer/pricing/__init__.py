"""What is known of a SKU's own program beyond its rows: cuts from whole cases."""
