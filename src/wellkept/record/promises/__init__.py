"""The promise ledger: what we said, to whom, for when, and what became of it."""
