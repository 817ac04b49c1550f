"""Evidence: for each claim, what the records show of it, as k of n with its cases."""
