"""Measures: a selection that runs where the tables are, and a reckoning in methods."""
