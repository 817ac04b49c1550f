"""Every address of the desk. A page that is not listed here does not exist."""

from wellkept.desk.web.access_pages import OPEN
from wellkept.desk.web.gate import Page, address
from wellkept.desk.web.pages.patterns import patterns

PAGES: tuple[Page, ...] = (Page("patterns/", "patterns", patterns),)

urlpatterns = [*OPEN, *(address(page) for page in PAGES)]
