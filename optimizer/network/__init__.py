"""Index sets with their data, and the matrices that join them."""
