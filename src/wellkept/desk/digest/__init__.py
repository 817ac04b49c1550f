"""The mail of the day: what is new, due soon, broken and offered, to whom it belongs."""
