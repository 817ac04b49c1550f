"""Signing in and out, and setting a password by mail: the only addresses before the gate."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.urls import URLPattern, path, reverse_lazy

from wellkept.desk.web.demo_door import sign_in_once
from wellkept.desk.web.first_run import first_account
from wellkept.desk.web.pages.digest import digest_stop
from wellkept.desk.web.pages.mirror.by_link import answer_by_link
from wellkept.desk.web.sign_in import SignIn
from wellkept.record.access.models import Account


class SetPasswordByMail(PasswordResetForm):
    """Also for accounts that never had a password: their first one is set by the same link."""

    def get_users(self, email: str) -> Iterable[Any]:
        """This will find the account, if it may sign in."""
        return Account.objects.filter(email=email.strip().lower(), is_active=True)


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
            email_template_name="web/password_mail.txt",
            subject_template_name="web/password_subject.txt",
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
