"""The first run: the first administrator's account, while there is none, from this machine only."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wellkept.desk import clock
from wellkept.desk.web.here import is_here
from wellkept.record.access.actions import open_first_account
from wellkept.record.access.models import Account
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.actions import add_person


class FirstForm(forms.Form):
    """Who the first administrator is."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("Your address, to sign in with"))
    password = forms.CharField(
        label=gettext_lazy("A password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least ten characters; a sentence is easy to remember."),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """This will see that both passwords are the same."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password"):
            raise ValidationError(_("The two passwords differ; type both again."))
        return again


@require_http_methods(["GET", "POST"])
def first_account(request: HttpRequest) -> HttpResponse:
    """This will open the first administrator's account, and lead to where one signs in.

    Raises Http404 as soon as anybody has an account.
    """
    if Account.objects.exists():
        raise Http404
    if not is_here(request):
        return render(request, "web/first_elsewhere.html", status=403)
    form = FirstForm(request.POST or None)
    if not form.is_valid():
        return _shown(request, form)
    now, given = clock.now(settings.HOME), form.cleaned_data
    try:
        account = open_first_account(
            name=given["name"], email=given["email"], password=given["password"], at=now, by=None
        )
        add_person(name="", email="", trade="", account=account, at=now, by=account)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, form)
    messages.success(
        request, _("The account is open: sign in, and say in Settings who works here.")
    )
    return redirect("sign_in")


def _shown(request: HttpRequest, form: FirstForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "web/first_account.html", {"form": form}, status=status)
