"""Finding rows by pieces of their texts: what a noun answers with, and the index of trigrams."""
