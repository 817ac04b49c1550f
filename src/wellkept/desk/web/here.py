"""Whether somebody sits at this machine: a few doors open for them alone."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
"""What a server that stands in front adds: then the one who asks may be anywhere."""


def address_of(request: HttpRequest) -> str:
    """This will give the address that a request came from, empty where nobody knows.

    Where a server with HTTPS stands in front (WELLKEPT_HTTPS), it is what that server says last.
    """
    said = str(request.META.get("REMOTE_ADDR") or "")
    passed_on = str(request.META.get("HTTP_X_FORWARDED_FOR") or "")
    if settings.SESSION_COOKIE_SECURE and passed_on:
        return passed_on.rpartition(",")[2].strip()
    return said


def is_here(request: HttpRequest) -> bool:
    """This will tell whether a request came from this machine itself, passed on by nobody."""
    if any(request.META.get(name) for name in PASSED_ON):
        return False
    try:
        return ip_address(str(request.META.get("REMOTE_ADDR") or "")).is_loopback
    except ValueError:
        return False
