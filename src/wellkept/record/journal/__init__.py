"""Who did what, when, to which rows: one row for each batch of a verb, never changed."""
