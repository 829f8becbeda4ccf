"""Plans for people: the summary of the morning, and the workbook for the warehouse and the forwarder."""
