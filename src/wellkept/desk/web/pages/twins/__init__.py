"""Rows that may be one: side by side, merged, told apart, split off again."""
