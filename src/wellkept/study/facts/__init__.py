"""Fact tables: where rows end and columns begin."""
