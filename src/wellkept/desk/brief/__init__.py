"""The brief: two printed pages for a board, made from the diagnose document."""

from wellkept.desk.brief.page import write_brief
from wellkept.desk.brief.pdf import write_pdf

__all__ = ["write_brief", "write_pdf"]
