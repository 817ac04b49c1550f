"""What is kept of an asset by hand: a new one, its place, its hands, its state, its parts."""

from collections.abc import Sequence

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import (
    at_field,
    see_that_decides,
    since_typed,
    typed_day,
    typed_text,
    wrong_at,
)
from wellkept.desk.web.finding import (
    consequence_meant,
    customer_meant,
    product_meant,
    products_called,
)
from wellkept.desk.web.pages import asset_parts as parts
from wellkept.desk.web.pages.settings.shape import (
    Deed,
    Field,
    Form,
    Led,
    Section,
    decided,
    seen,
    settings_page,
)
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.desk.web.reaching import reaches
from wellkept.desk.web.rights import Verb, decides
from wellkept.record.access.verbs import NotAllowed
from wellkept.record.access.wording import said
from wellkept.record.installed_base.actions import (
    add_assets,
    add_products,
    change_state,
    edit_asset,
    place_assets,
    rate_consequence,
    transfer_assets,
)
from wellkept.record.installed_base.models import Asset, Ownership, Placement, Product
from wellkept.record.installed_base.rules import ONWARD, Consequence, ProductKind, State
from wellkept.record.parties.models import Customer, Site

NAMED = 5


def asset_new(asking: Asking) -> HttpResponse:
    """This will ask for a new asset, with its product, place and customer, and keep it."""
    fresh = (("1", _("It is new in our catalogue")),)
    fields = (
        Field("product", _("Product"), needed=True, help=_("Number or name, as in the catalogue.")),
        Field("fresh", _("The product"), kind="checks", options=fresh),
        Field("serial", _("Serial")),
        *_place_fields("", ""),
        *_stop_fields(""),
    )
    form = Form("add_asset", _("Keep the asset"), fields)
    return settings_page(
        asking,
        _("A new asset"),
        lambda: [Section(_("One machine, or one software, at a customer"), forms=(form,))],
        {"add_asset": _add_asset},
        back=(reverse("installed_base"), _("Installed base")),
    )


def _place_fields(customer: str, site: str) -> tuple[Field, ...]:
    return (
        Field("customer", _("Customer"), customer, help=_("Name or number.")),
        Field("site", _("Site"), site, help=_("Empty: the only one that the customer has.")),
        Field("since", _("Since this day"), kind="date", help=_("Empty: since now.")),
    )


def _stop_fields(chosen: str) -> tuple[Field, ...]:
    classes = tuple((one.word, str(GRAVE_SAID[one])) for one in Consequence)
    return (
        Field(
            "consequence", _("What a stop means to them"), chosen or "unknown", "select", classes
        ),
        Field("said_by", _("Who said so"), help=_("Their role, as in head of the ward.")),
    )  # fmt: skip


def _add_asset(asking: Asking, _key: int | None) -> Led:
    customer, site = _place_typed(asking)
    _see_that_theirs(asking, customer, add_assets)
    stop, said_by = _stop_typed(asking)
    with transaction.atomic():
        fresh = Asset(product=_product(asking), serial=typed_text(asking, "serial", most=120))
        (one,) = add_assets(assets=[fresh], at=asking.now, by=asking.account)
        _put(asking, one, customer, site)
        if stop is not Consequence.UNKNOWN:
            _rate(asking, one, stop, said_by)
        if not decides(asking, one, add_assets):
            raise NotAllowed(_("You would not see it again: put it at a customer of yours."))
    said = _("%(number)s is kept.") % {"number": one.number}
    return Led(said, reverse("asset", args=[one.pk]))


def _see_that_theirs(asking: Asking, customer: Customer | None, action: Verb) -> None:
    """This will refuse to put an asset at a customer of another part: NotAllowed."""
    if customer is not None and not reaches(asking, customer, action):
        says = _(
            "%(customer)s is of another part than yours, so you put no asset there. Ask somebody "
            "whose part it is."
        )
        raise NotAllowed(says % {"customer": customer})


def _product(asking: Asking) -> Product:
    text = typed_text(asking, "product", _("which product it is"), most=200)
    if products_called(text):
        return product_meant(text)
    if not asking.typed.get("fresh"):
        says = _("No product answers to “%(text)s”. If it is new, tick so below.")
        raise wrong_at("product", says % {"text": text})
    new = Product(number=text[:60], name=text, kind=ProductKind.UNKNOWN.value)
    return add_products(products=[new], at=asking.now, by=asking.account)[0]


def _place_typed(asking: Asking) -> tuple[Customer | None, Site | None]:
    with at_field("customer"):
        customer = customer_meant(asking, asking.typed.get("customer", ""))
    name = typed_text(asking, "site", most=200)
    if customer is None:
        if name:
            raise wrong_at("customer", _("Say whose site it is."))
        return None, None
    sites = list(asking.visible(Site.objects.filter(customer=customer)).order_by("name"))
    if not name and len(sites) <= 1:
        return customer, next(iter(sites), None)
    meant = [one for one in sites if one.name.casefold() == name.casefold()]
    if len(meant) == 1:
        return customer, meant[0]
    known = ", ".join(one.name for one in sites[:NAMED]) or _("none")
    says = _("Write the name of one of the sites of %(customer)s: %(known)s.")
    raise wrong_at("site", says % {"customer": customer, "known": known})


def _put(asking: Asking, one: Asset, customer: Customer | None, site: Site | None) -> None:
    """Write an edge for what changes; what stays as it is stays."""
    since = since_typed(asking, "since", times.zone_of(site.zone if site else None))
    now, by = asking.now, asking.account
    if site is not None and site.pk != one.site_id:
        placed = Placement(asset=one, site=site, from_at=since)
        place_assets(placements=[placed], at=now, by=by)
    if customer is not None and customer.pk != one.customer_id:
        owned = Ownership(asset=one, customer=customer, from_at=since)
        transfer_assets(ownerships=[owned], at=now, by=by)


def _stop_typed(asking: Asking) -> tuple[Consequence, str]:
    with at_field("consequence"):
        stop = Consequence(consequence_meant(asking.typed.get("consequence", ""), None))
    said_by = typed_text(asking, "said_by", most=120)
    if stop is not Consequence.UNKNOWN and not said_by:
        raise wrong_at("said_by", _("Say who said so, by their role: it is asked of the customer."))
    return stop, said_by


def _rate(asking: Asking, one: Asset, stop: Consequence, said_by: str) -> None:
    rate_consequence(
        assets=[one], consequence=stop, said_by=said_by, at=asking.now, by=asking.account
    )


def asset_record(asking: Asking, pk: int) -> HttpResponse:
    """This will show what is kept of an asset, and change what a form asks."""
    rows = Asset.objects.select_related("product", "site", "customer")
    one = get_object_or_404(asking.visible(rows), pk=pk)
    deeds: dict[str, Deed] = {
        "stop": lambda asked, _key: _say_stop(asked, one),
        "place": lambda asked, _key: _move(asked, one),
        "state": lambda asked, _key: _become(asked, one),
        "known": lambda asked, _key: _edit(asked, one),
        **parts.deeds(one),
    }
    back = (reverse("asset", args=[pk]), str(one))
    title = _("%(name)s: what is kept of it") % {"name": one}

    def left() -> Sequence[Section]:
        return decided(asking, one, FORMS, _sections(asking, pk))

    return settings_page(asking, title, left, deeds, back=back)


FORMS: dict[str, Verb] = {
    "stop": rate_consequence,
    "place": place_assets,
    "state": change_state,
    "known": edit_asset,
    **parts.FORMS,
}
"""What each form about an asset does."""


def _sections(asking: Asking, pk: int) -> Sequence[Section]:
    one = Asset.objects.select_related("site", "customer").get(pk=pk)
    where = _place_fields(str(one.customer or ""), str(one.site or ""))
    onward = sorted(ONWARD[State(one.state)], key=list(State).index)
    states = tuple((state.value, said(state)) for state in onward)
    state = (
        Field("state", _("It becomes"), kind="select", options=states),
        Field("reason", _("Why"), help=_("A word, as worn or sold; never a name.")),
    )
    known = (
        Field("serial", _("Serial"), one.serial),
        Field("hardware_revision", _("Hardware revision"), one.hardware_revision),
        Field("software_revision", _("Software revision"), one.software_revision),
        Field("installed_on", _("Installed on"), str(one.installed_on or ""), "date"),
    )
    kept = _("What was so before stays readable: as it was on any day.")
    stop = _stop_fields(Consequence(one.consequence).word)
    return [
        Section(_("What a stop means"), forms=(Form("stop", _("Save"), stop),)),
        Section(_("Where it is, and whose"), kept, forms=(Form("place", _("Save"), where),)),
        *parts.sections(asking, one),
        Section(_("State"), _("Now: %(state)s.") % {"state": said(one.state)},
                forms=(Form("state", _("Save"), state),)),
        Section(_("Numbers"), forms=(Form("known", _("Save"), known, seen=one.version),)),
    ]  # fmt: skip


def _say_stop(asking: Asking, one: Asset) -> str:
    see_that_decides(asking, one, rate_consequence)
    _rate(asking, one, *_stop_typed(asking))
    return _("Saved.")


def _move(asking: Asking, one: Asset) -> str:
    see_that_decides(asking, one, place_assets)
    customer, site = _place_typed(asking)
    if customer is None:
        raise wrong_at("customer", _("Say whose it is now."))
    if customer.pk != one.customer_id:
        _see_that_theirs(asking, customer, transfer_assets)
    with transaction.atomic():
        _put(asking, one, customer, site)
    return _("Saved.")


def _become(asking: Asking, one: Asset) -> str:
    see_that_decides(asking, one, change_state)
    typed = asking.typed.get("state", "")
    if typed not in set(State):
        raise wrong_at("state", _("“%(typed)s” is none of the choices.") % {"typed": typed})
    change_state(
        assets=[one], state=State(typed), reason=typed_text(asking, "reason", most=200),
        happened_at=asking.now, at=asking.now, by=asking.account,
    )  # fmt: skip
    return _("Saved.")


def _edit(asking: Asking, one: Asset) -> str:
    see_that_decides(asking, one, edit_asset)
    changes = {
        "serial": typed_text(asking, "serial", most=120),
        "hardware_revision": typed_text(asking, "hardware_revision", most=60),
        "software_revision": typed_text(asking, "software_revision", most=60),
        "installed_on": typed_day(asking, "installed_on"),
    }
    edit_asset(asset=one, changes=changes, seen=seen(asking), at=asking.now, by=asking.account)
    return _("Saved.")
