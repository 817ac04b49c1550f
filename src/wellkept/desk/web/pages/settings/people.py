"""Settings: people and accounts. A person is not an account; an administrator joins the two."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import typed_text, wrong_at
from wellkept.desk.web.listing import Cell
from wellkept.desk.web.pages.settings.shape import (
    MAIL,
    PERSON,
    TRADE,
    Field,
    Form,
    Options,
    Section,
    settings_page,
    typed_in,
)
from wellkept.record.access.actions import open_account
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group, Scope
from wellkept.record.access.verbs import may
from wellkept.record.access.wording import said
from wellkept.record.organisation.actions import add_person
from wellkept.record.organisation.models import Person, Team

OURS = tuple(group for group in Group if group is not Group.PORTAL)
SCOPES = tuple(scope for scope in Scope if scope is not Scope.CUSTOMER)
FOR_ALL = (Group.ADMINISTRATOR, Group.MANAGER)


def people(asking: Asking) -> HttpResponse:
    """This will list who works here and who signs in, and add somebody."""
    deeds = {"add_person": _add_person}
    if may(asking.account, open_account):
        deeds["open_account"] = _open_account
    return settings_page(
        asking, _("People and accounts"), lambda: _sections(asking), deeds, back=settings_back()
    )


def settings_back() -> tuple[str, str]:
    """This will give the way back to the first page of the settings."""
    return reverse("settings"), _("Settings")


def _sections(asking: Asking) -> Sequence[Section]:
    rows = Person.objects.select_related("personal", "account").prefetch_related("account__grants")
    ordered = sorted(rows, key=lambda one: (one.until_on is not None, str(one).casefold()))
    here = Section(
        title=_("Who works here"),
        heads=(_("Name"), _("Trade"), _("Signs in as"), _("Groups"), _("With us")),
        rows=tuple(_row(one) for one in ordered),
        forms=_forms(asking),
    )
    loose = Account.objects.filter(person=None).select_related("personal")
    if not loose.exists() or not may(asking.account, open_account):
        return [here]
    alone = Section(
        title=_("Accounts with nobody behind them"),
        text=_("They can look, but own nothing: add the person, with the same account."),
        heads=(_("Name"), _("Signs in as"), _("Groups")),
        rows=tuple((Cell(str(one)), Cell(one.email), Cell(groups_of(one))) for one in loose),
    )
    return [here, alone]


def _row(one: Person) -> tuple[Cell, ...]:
    account = one.account
    open_one = account if account is not None and account.is_active else None
    until = _("until %(day)s") % {"day": one.until_on} if one.until_on else _("yes")
    return (
        Cell(str(one), reverse("settings_person", args=[one.pk])),
        Cell(one.trade),
        Cell(open_one.email if open_one else _("cannot sign in")),
        Cell(groups_of(open_one) if open_one else ""),
        Cell(until),
    )


def groups_of(account: Account) -> str:
    """This will say which groups an account holds, and for which rows."""
    held = [f"{said(one.group)} ({said(one.scope)})" for one in account.grants.all()]
    return ", ".join(sorted(held))


def _forms(asking: Asking) -> tuple[Form, ...]:
    name = Field("name", _("Name"), needed=True)
    trade = Field("trade", _("Trade"), help=_("As in field engineer."))
    if not may(asking.account, open_account):
        email = Field("email", _("E-mail"), kind="email")
        return (Form("add_person", _("Add the person"), (name, email, trade),
                     title=_("Add somebody who works here")),)  # fmt: skip
    loose = Account.objects.filter(person=None, is_active=True).select_related("personal")
    accounts: Options = (("", _("none")), *((str(one.pk), one.email) for one in loose))
    return (
        Form(
            "open_account",
            _("Open the account"),
            (
                name,
                Field("email", _("Address to sign in with"), kind="email", needed=True),
                trade,
                *grant_fields(scope="team" if Team.objects.exists() else "all"),
            ),
            title=_("Add somebody who signs in"),
        ),
        Form(
            "add_person",
            _("Add the person"),
            (
                name,
                Field("email", _("E-mail"), kind="email"),
                trade,
                Field("account", _("Account"), kind="select", options=accounts),
            ),
            title=_("Add somebody without a new account"),
        ),
    )


def grant_fields(chosen: tuple[str, ...] = (), scope: str = "team") -> tuple[Field, ...]:
    """This will give the fields for groups, and for which rows they are held."""
    groups = tuple((group.value, said(group)) for group in OURS)
    scopes = tuple((one.value, said(one)) for one in SCOPES)
    return (
        Field("group", _("Groups"), kind="checks", options=groups, chosen=chosen),
        Field(
            "scope", _("For which rows"), scope, "select", scopes,
            help=_("Own: what is theirs. Team, region: what these have. All: everything, as "
                   "administrators and managers hold theirs."),
        ),
    )  # fmt: skip


def grants_typed(asking: Asking) -> list[tuple[Group, Scope]]:
    """This will read groups and scope of a form; raises ValidationError for none or unknown."""
    known = {group.value for group in OURS}
    ticked = [Group(one) for one in asking.typed.getlist("group") if one in known]
    if not ticked:
        raise wrong_at("group", _("Tick at least one group: without one, no page opens."))
    typed = asking.typed.get("scope", "")
    if typed not in {one.value for one in SCOPES}:
        raise wrong_at("scope", _("Say for which rows the groups are held."))
    return [(group, Scope.ALL if group in FOR_ALL else Scope(typed)) for group in ticked]


def _open_account(asking: Asking, key: int | None) -> str:
    name = typed_in(asking, "name", _("the name"), most=PERSON)
    email = typed_in(asking, "email", _("the address"), most=MAIL)
    account = open_account(
        email=email, name=name, password=None, grants=grants_typed(asking),
        at=asking.now, by=asking.account,
    )  # fmt: skip
    _join(asking, name, email, account)
    done = _("%(name)s can sign in: “Set a new password” on the sign-in page sends the mail.")
    return f"{done % {'name': name}} {mail_lies()}".strip()


def mail_lies() -> str:
    """This will say where mails are while no mail server is set; nothing where one is."""
    if settings.MAIL:
        return ""
    return _(
        "No mail server is set (WELLKEPT_MAIL), so the mail is a file in the folder “mail” of the "
        "company's folder, on the machine that runs Wellkept."
    )


def _add_person(asking: Asking, key: int | None) -> str:
    name = typed_in(asking, "name", _("the name"), most=PERSON)
    typed = asking.typed.get("account", "")
    account = None
    if typed.isdecimal() and may(asking.account, open_account):
        account = Account.objects.filter(pk=int(typed), person=None).first()
    _join(asking, name, typed_text(asking, "email", most=MAIL), account)
    return _("%(name)s works here.") % {"name": name}


def _join(asking: Asking, name: str, email: str, account: Account | None) -> None:
    trade = typed_text(asking, "trade", most=TRADE)
    add_person(
        name=name, email=email, trade=trade, account=account, at=asking.now, by=asking.account
    )
