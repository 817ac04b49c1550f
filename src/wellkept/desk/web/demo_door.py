"""The door of the demo company: a link that signs in once, on this machine alone."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from wellkept.desk import clock, links
from wellkept.desk.web.here import is_here
from wellkept.record.access.models import Account


@require_GET
def sign_in_once(request: HttpRequest, token: str) -> HttpResponse:
    """This will sign in by a link that has not served yet, and lead to the tour.

    Raises Http404 for a real company, and for whoever asks from another machine.
    """
    if not clock.is_demo(settings.HOME) or not is_here(request):
        raise Http404
    key = links.use_link(settings.HOME, token)
    account = Account.objects.filter(pk=key, is_active=True).first() if key is not None else None
    if account is not None:
        login(request, account)
    elif not request.user.is_authenticated:
        return render(request, "web/link_served.html", status=410)
    return redirect("tour")
