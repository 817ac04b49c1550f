"""The report: one HTML file made from the measure document."""
