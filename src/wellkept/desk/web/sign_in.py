"""Signing in: slowly where it fails often, and not before anybody has an account."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wellkept.desk import clock
from wellkept.desk.web.here import address_of
from wellkept.record.access.attempts import (
    TooManyAttempts,
    attempt_sign_in,
    succeed_in_signing_in,
)
from wellkept.record.access.models import Account


class SignInForm(AuthenticationForm):
    """An address and a password; too many wrong ones, and it asks to wait."""

    def __init__(self, *args: Any, **given: Any) -> None:
        """This will ask for the address by its name on our pages."""
        super().__init__(*args, **given)
        self.fields["username"].label = _("Email")

    def get_invalid_login_error(self) -> ValidationError:
        """This will say that the two do not go together, and not which of them is wrong."""
        return ValidationError(
            _("This address and this password do not go together. Capitals count in a password."),
            code="invalid_login",
        )

    def clean(self) -> dict[str, Any]:
        """This will look at the password unless it was wrong too often lately."""
        email = str(self.cleaned_data.get("username") or "")
        if not email or not self.cleaned_data.get("password") or self.request is None:
            return super().clean()
        tried: dict[str, Any] = {
            "email": email,
            "address": address_of(self.request),
            "at": clock.now(settings.HOME),
            "by": None,
        }
        try:
            attempt_sign_in(**tried)
        except TooManyAttempts as refusal:
            raise ValidationError(str(refusal), code="too_many") from refusal
        cleaned = super().clean()
        succeed_in_signing_in(**tried)
        return cleaned


class SignIn(views.LoginView):
    """The page that asks who you are; while nobody has an account, it leads to the first one."""

    authentication_form = SignInForm

    def dispatch(self, request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        """This will answer, or lead to the page that opens the first account."""
        if not Account.objects.exists():
            return redirect("first_account")
        return super().dispatch(request, *args, **given)
