"""Signing in and out, and setting a password by mail: the only addresses before the gate."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import get_language

from wellkept.desk import clock
from wellkept.desk.background import jobs
from wellkept.desk.web.demo_door import sign_in_once
from wellkept.desk.web.first_run import first_account
from wellkept.desk.web.here import address_of
from wellkept.desk.web.pages.digest import digest_stop
from wellkept.desk.web.pages.mirror.by_link import answer_by_link
from wellkept.desk.web.sign_in import SignIn
from wellkept.record.access.attempts import ask_for_link
from wellkept.record.access.models import Account


class SetPasswordByMail(PasswordResetForm):
    """Also for accounts that never had a password: their first one is set by the same link.

    Whether somebody signs in with the address makes no difference to what is done before the
    answer: it is looked up once, and one job is written down, for nobody if nobody does.
    """

    def save(self, *args: Any, request: HttpRequest | None = None, **given: Any) -> None:
        """This will have the link sent, unless it was asked for too often lately."""
        if request is None:
            raise TypeError("a link leads to where it was asked for: give the request")
        email = str(self.cleaned_data["email"]).strip().lower()
        asked = {"email": email, "address": address_of(request)}
        if not ask_for_link(**asked, at=clock.now(settings.HOME), by=None):
            return
        key = Account.objects.filter(email=email, is_active=True).values_list("pk", flat=True)
        base = f"{request.scheme}://{request.get_host()}"
        jobs.send_password_link.enqueue(key.first() or 0, base, get_language() or "")


OPEN: list[URLPattern] = [
    path(
        "sign-in/",
        SignIn.as_view(template_name="web/sign_in.html", redirect_authenticated_user=True),
        name="sign_in",
    ),
    path("first/", first_account, name="first_account"),
    path("demo/<str:token>/", sign_in_once, name="demo_sign_in"),
    path("answer/<str:token>/", answer_by_link, name="mirror_link"),
    path("answer/<str:token>/<slug:step>/", answer_by_link, name="mirror_link_step"),
    path("mail/stop/<str:token>/", digest_stop, name="digest_stop"),
    path("sign-out/", views.LogoutView.as_view(), name="sign_out"),
    path(
        "password/",
        views.PasswordResetView.as_view(
            form_class=SetPasswordByMail,
            template_name="web/password.html",
            success_url=reverse_lazy("password_sent"),
        ),
        name="password",
    ),
    path(
        "password/sent/",
        views.PasswordResetDoneView.as_view(template_name="web/password_sent.html"),
        name="password_sent",
    ),
    path(
        "password/<uidb64>/<token>/",
        views.PasswordResetConfirmView.as_view(
            template_name="web/password_new.html", success_url=reverse_lazy("sign_in")
        ),
        name="password_new",
    ),
]
"""Addresses that anybody may open; everything else stands in `addresses.PAGES`."""
