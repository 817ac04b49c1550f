"""What a person reads when a page is not there, or when something of ours breaks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This will say that there is no such page, or none that may be seen."""
    return render(request, "web/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """This will say that it is our fault, without asking the database for anything."""
    return render(request, "web/broken.html", status=500, context={})
