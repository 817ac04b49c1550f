"""What is kept of a customer by hand: its name, its people, its sites, what was said to it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import at_field, see_that_decides, typed_text, wrong_at
from wellkept.desk.web.listing import Cell
from wellkept.desk.web.pages.settings.erasing import see_that_sure, sure
from wellkept.desk.web.pages.settings.shape import (
    Deed,
    Field,
    Form,
    Led,
    Options,
    Section,
    decided,
    key_typed,
    people_options,
    person_chosen,
    seen,
    settings_page,
)
from wellkept.desk.web.rights import Verb, decided_among
from wellkept.record.access.actions import edit_personal_data, erase_person
from wellkept.record.access.rules import Scope
from wellkept.record.access.verbs import NotAllowed, may, who_may
from wellkept.record.access.wording import said
from wellkept.record.organisation.models import Region, Team
from wellkept.record.organisation.reach import reach_of
from wellkept.record.parties.actions import (
    DESK,
    add_contact,
    add_customers,
    add_sites,
    edit_customer,
    record_consent,
)
from wellkept.record.parties.models import Contact, Customer, Site
from wellkept.record.parties.rules import Consent
from wellkept.record.promises.actions import note_contact
from wellkept.record.promises.models import ContactLog
from wellkept.record.promises.rules import Channel

SHOWN = 50


def customer_new(asking: Asking) -> HttpResponse:
    """This will ask for a new customer with its first site, and keep it."""
    fields = (
        Field("name", _("Name"), needed=True),
        Field("number", _("Number"), help=_("Our own number, if any.")),
        Field("site", _("Its first site"), help=_("As in Main building. Empty: none yet.")),
        *_site_fields(asking),
    )
    form = Form("add_customer", _("Keep the customer"), fields)
    return settings_page(
        asking,
        _("A new customer"),
        lambda: [Section(_("Who depends on us"), forms=(form,))],
        {"add_customer": _add_customer},
        back=(reverse("customers"), _("Customers")),
    )


def _site_fields(asking: Asking) -> tuple[Field, ...]:
    reach = reach_of(asking.account, *DESK)
    regions = [one for one in Region.objects.all() if reach.everything or one.pk in reach.regions]
    options: Options = tuple((str(one.pk), one.name) for one in regions)
    if reach.everything:
        options = (("", _("none")), *options)
    zone = Field("zone", _("Time zone"), help=_("As in Europe/Rome; times there are said in it."))
    region = Field("region", _("Region"), kind="select", options=options)
    return (zone, Field("address", _("Address")), *((region,) if options else ()))


def _add_customer(asking: Asking, _key: int | None) -> Led:
    name = typed_text(asking, "name", _("the name"), most=200)
    number = typed_text(asking, "number", most=60)
    alike = asking.visible(Customer.objects.standing().filter(name__iexact=name))
    if not number and alike.exists():
        raise wrong_at("name", _("A customer of this name is kept; give this one its number."))
    whole = Scope.ALL in asking.account.scopes_for(who_may(add_customers))
    teams = Team.objects.filter(members__person__account=asking.account).order_by("pk")
    with transaction.atomic():
        fresh = Customer(
            name=name, number=number,
            owner=None if whole else asking.person, team=None if whole else teams.first(),
        )  # fmt: skip
        (one,) = add_customers(customers=[fresh], at=asking.now, by=asking.account)
        if asking.typed.get("site", "").strip():
            _keep_site(asking, one, "site")
        see_that_kept_within(asking, one, add_customers)
    return Led(_("%(name)s is kept.") % {"name": one}, reverse("customer", args=[one.pk]))


def see_that_kept_within(asking: Asking, one: Customer, action: Verb) -> None:
    """This will refuse to keep what would not be of the part of the one who asks: NotAllowed."""
    if one.pk not in decided_among(asking, Customer, [one.pk], who_may(action), seen=False):
        raise NotAllowed(
            _("You would not see it again: give it a site in a region of yours, or ask a manager.")
        )


def _keep_site(asking: Asking, customer: Customer, name: str) -> Site:
    reach = reach_of(asking.account, *DESK)
    key = key_typed(asking, "region")
    region = Region.objects.filter(pk=key).first()
    if region is not None and not (reach.everything or region.pk in reach.regions):
        raise wrong_at("region", _("This region is not yours."))
    site = Site(
        customer=customer,
        name=typed_text(asking, name, _("the name"), most=200),
        address=typed_text(asking, "address"),
        zone=typed_text(asking, "zone", _("its time zone, as Europe/Rome"), most=60),
        region=region,
    )
    return add_sites(sites=[site], at=asking.now, by=asking.account)[0]


def customer_record(asking: Asking, pk: int) -> HttpResponse:
    """This will show what is kept of a customer, and change what a form asks."""
    one = get_object_or_404(asking.visible(Customer.objects.all()), pk=pk)
    deeds: dict[str, Deed] = {
        "log": lambda asked, _key: _log(asked, one),
        "known": lambda asked, _key: _edit_known(asked, one),
        "add_person": lambda asked, _key: _add_person(asked, one),
        "person": lambda asked, key: _edit_person(asked, one, key),
        "consent": lambda asked, key: _consent(asked, one, key),
        "add_site": lambda asked, _key: _add_site(asked, one),
    }
    if may(asking.account, erase_person):
        deeds["erase"] = lambda asked, key: _erase(asked, one, key)
    back = (reverse("customer", args=[pk]), one.name)
    title = _("%(name)s: what is kept of them") % {"name": one}

    def left() -> Sequence[Section]:
        return decided(asking, one, FORMS, _sections(asking, pk))

    return settings_page(asking, title, left, deeds, back=back)


FORMS: dict[str, Verb] = {
    "log": note_contact,
    "known": edit_customer,
    "add_person": add_contact,
    "person": add_contact,
    "consent": record_consent,
    "add_site": add_sites,
}
"""What each form about a customer does."""


def _sections(asking: Asking, pk: int) -> Sequence[Section]:
    one = Customer.objects.get(pk=pk)
    sites = list(asking.visible(one.sites.all()).order_by("name"))
    known = (
        Field("name", _("Name"), one.name, needed=True),
        Field("number", _("Number"), one.number),
        Field("owner", _("Looked after by"), str(one.owner_id or ""), "select",
              people_options(asking, none=_("nobody"))),
    )  # fmt: skip
    site = (Field("site", _("Name"), needed=True), *_site_fields(asking))
    return [
        _said(one),
        _people(asking, one),
        Section(_("Sites"), heads=(_("Name"), _("Time zone"), _("Address")),
                rows=tuple((Cell(s.name), Cell(s.zone), Cell(s.address)) for s in sites),
                forms=(Form("add_site", _("Keep the site"), site, title=_("A new site")),)),
        Section(_("The customer"), forms=(Form("known", _("Save"), known, seen=one.version),)),
    ]  # fmt: skip


def _said(one: Customer) -> Section:
    people: Options = (("", _("nobody by name")), *(
        (str(contact.pk), str(contact)) for contact in _contacts(one)
    ))  # fmt: skip
    ways = tuple((way.value, said(way)) for way in Channel)
    fields = (
        Field("channel", _("How"), kind="select", options=ways),
        Field("contact", _("With whom"), kind="select", options=people),
        Field("about", _("What was said"), needed=True),
        Field("from_customer", _("Who began"), kind="checks",
              options=(("1", _("they called us")),)),
    )  # fmt: skip
    text = _("What is said of a promise or a case is noted on its page, where it counts.")
    return Section(_("Note a contact"), text, forms=(Form("log", _("Note"), fields),))


def _contacts(one: Customer) -> list[Contact]:
    there = one.contacts.filter(personal__erased_at=None).select_related("personal")
    return list(there.order_by("pk")[:SHOWN])


def _people(asking: Asking, one: Customer) -> Section:
    fields = (
        Field("name", _("Name"), needed=True),
        Field("role", _("What they do there"), help=_("As in maintenance manager.")),
        Field("email", _("E-mail"), kind="email"),
        Field("phone", _("Telephone"), kind="tel"),
    )
    forms = [Form("add_person", _("Keep the person"), fields, title=_("Somebody new"))]
    for contact in _contacts(one):
        forms += _forms_of(asking, contact)
    return Section(_("People"), forms=tuple(forms))


def _forms_of(asking: Asking, contact: Contact) -> list[Form]:
    known, name = contact.personal, str(contact)
    fields = (
        Field("name", _("Name"), known.name, needed=True),
        Field("email", _("E-mail"), known.email, "email"),
        Field("phone", _("Telephone"), known.phone, "tel"),
    )
    ways = tuple((one.value, said(one)) for one in Consent)
    agreed = (Field("consent", _("May we write to them"), contact.consent, "select", ways),)
    forms = [
        Form(f"person-{contact.pk}", _("Save"), fields, title=name, seen=known.version),
        Form(f"consent-{contact.pk}", _("Note"), agreed,
             title=_("%(name)s: consent") % {"name": name}),
    ]  # fmt: skip
    if may(asking.account, erase_person):
        title = _("%(name)s: erase") % {"name": name}
        forms.append(Form(f"erase-{contact.pk}", _("Erase"), (sure(),), title=title))
    return forms


def _contact(one: Customer, key: int | None) -> Contact:
    return get_object_or_404(one.contacts.select_related("personal"), pk=key)


def _log(asking: Asking, one: Customer) -> str:
    see_that_decides(asking, one, note_contact)
    way = asking.typed.get("channel", "")
    with at_field("channel"):
        if way not in {channel.value for channel in Channel}:
            raise ValidationError(_("“%(typed)s” is none of the choices.") % {"typed": way})
    told = ContactLog(
        at=asking.now,
        channel=way,
        customer=one,
        contact=one.contacts.filter(pk=key_typed(asking, "contact")).first(),
        by=asking.person,
        from_customer=bool(asking.typed.get("from_customer")),
        about=typed_text(asking, "about", _("what was said")),
    )
    note_contact(told=told, at=asking.now, by=asking.account)
    return _("Noted in the contact log.")


def _edit_known(asking: Asking, one: Customer) -> str:
    see_that_decides(asking, one, edit_customer)
    changes = {
        "name": typed_text(asking, "name", _("the name"), most=200),
        "number": typed_text(asking, "number", most=60),
        "owner": person_chosen(asking, "owner"),
    }
    edit_customer(
        customer=one, changes=changes, seen=seen(asking), at=asking.now, by=asking.account
    )
    return _("Saved.")


def _add_person(asking: Asking, one: Customer) -> str:
    see_that_decides(asking, one, add_contact)
    made = add_contact(
        customer=one, site=None,
        name=typed_text(asking, "name", _("the name"), most=200),
        role=typed_text(asking, "role", most=120),
        email=typed_text(asking, "email"), phone=typed_text(asking, "phone", most=60),
        at=asking.now, by=asking.account,
    )  # fmt: skip
    return _("%(name)s is kept.") % {"name": made}


def _edit_person(asking: Asking, one: Customer, key: int | None) -> str:
    see_that_decides(asking, one, add_contact)
    changes = {
        "name": typed_text(asking, "name", _("the name"), most=200),
        "email": typed_text(asking, "email"),
        "phone": typed_text(asking, "phone", most=60),
    }
    edit_personal_data(
        person=_contact(one, key).personal, changes=changes, seen=seen(asking),
        at=asking.now, by=asking.account,
    )  # fmt: skip
    return _("Saved.")


def _consent(asking: Asking, one: Customer, key: int | None) -> str:
    see_that_decides(asking, one, record_consent)
    typed = asking.typed.get("consent", "")
    if typed not in {way.value for way in Consent}:
        raise wrong_at("consent", _("“%(typed)s” is none of the choices.") % {"typed": typed})
    record_consent(
        contacts=[_contact(one, key)], consent=Consent(typed), at=asking.now, by=asking.account
    )
    return _("Saved.")


def _erase(asking: Asking, one: Customer, key: int | None) -> str:
    see_that_sure(asking)
    erase_person(people=[_contact(one, key).personal], at=asking.now, by=asking.account)
    return _("Erased. What was promised and done stays, under nobody's name.")


def _add_site(asking: Asking, one: Customer) -> str:
    see_that_decides(asking, one, add_sites)
    return _("%(name)s is kept.") % {"name": _keep_site(asking, one, "site")}
