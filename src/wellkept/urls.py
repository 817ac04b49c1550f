"""The addresses of the desk's pages."""

from wellkept.desk.web.addresses import urlpatterns
from wellkept.desk.web.failing import broken as handler500
from wellkept.desk.web.failing import not_found as handler404

__all__ = ["handler404", "handler500", "urlpatterns"]
