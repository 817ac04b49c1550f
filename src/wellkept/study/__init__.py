"""What it means: rows become columns; measures read the columns."""
