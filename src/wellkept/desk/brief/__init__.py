"""The brief: two printed pages for a board, made from the diagnose document."""

from wellkept.desk.brief.page import write_brief

__all__ = ["write_brief"]
