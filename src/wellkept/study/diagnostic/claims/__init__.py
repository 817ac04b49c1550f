"""The 36 claims, as data: four to an area."""
