"""Expected demand of the periods and of the weeks after them."""
