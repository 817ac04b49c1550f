"""The report: one HTML file made from the measure document."""

from wellkept.desk.report.page import write_report

__all__ = ["write_report"]
