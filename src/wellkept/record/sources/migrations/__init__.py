"""Steps of the tables, in order; each has one purpose."""
