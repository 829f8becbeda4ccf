"""What a back-test says: text, tables and a page, from its document of plain values."""
