"""Who runs an asset, what stands in it, in what it stands: said by hand, on its record's page."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import (
    at_field,
    needed,
    see_that_decides,
    since_typed,
    typed_text,
    wrong_at,
)
from wellkept.desk.web.finding import asset_meant, customer_meant
from wellkept.desk.web.pages.settings.shape import Deed, Field, Form, Section, seen
from wellkept.desk.web.rights import Verb
from wellkept.record.installed_base.actions import (
    NotYet,
    Overlaps,
    RunsInCircles,
    SlotTaken,
    hand_operation,
    place_assets,
    swap_component,
    take_out,
)
from wellkept.record.installed_base.models import Asset, Operation, Placement, Slot

SHOWN = 50
REASON = 200
"""So many characters has why something was taken out."""
FORMS: dict[str, Verb] = {
    "run": hand_operation,
    "swap": swap_component,
    "out": take_out,
    "fill": place_assets,
}
"""What each form about hands and parts does."""


def deeds(one: Asset) -> dict[str, Deed]:
    """This will give what the forms do."""
    return {
        "run": lambda asked, _key: _hand(asked, one),
        "swap": lambda asked, key: _swap(asked, one, key),
        "out": lambda asked, key: _take_out(asked, one, key),
        "fill": lambda asked, key: _fill(asked, one, key),
    }


def sections(asking: Asking, one: Asset) -> Sequence[Section]:
    """This will give the parts of the page: who runs it, and what stands in what."""
    return [_run_by(one), *_parts(asking, one)]


def _run_by(one: Asset) -> Section:
    now = Operation.objects.current().filter(asset=one).select_related("customer").first()
    text = (
        _("Now: %(customer)s. What was so before stays readable.") % {"customer": now.customer}
        if now
        else _("Nobody else is said to run it: whose it is runs it.")
    )
    fields = (
        Field("operator", _("Customer"), help=_("Name or number."), needed=True),
        Field("since", _("Since this day"), kind="date", help=_("Empty: since now.")),
    )
    return Section(_("Who runs it"), text, forms=(Form("run", _("Save"), fields),))


def _parts(asking: Asking, one: Asset) -> list[Section]:
    """One section: what stands in it, to be swapped or taken out; its empty slots; itself."""
    rows = Placement.objects.current().filter(parent=one).select_related("asset__product")
    inside = list(asking.visible(rows).order_by("slot", "pk")[:SHOWN])
    empty = list(one.empty_slots()[:SHOWN])
    above = _stands_in(one)
    forms = [
        *(_own(above) if above else []),
        *(form for row in inside for form in _of_part(row, _said(row), f"-{row.asset_id}")),
        *(
            Form(
                f"fill-{slot.pk}", _("Put in"), _new_fields(),
                title=_("%(slot)s: empty") % {"slot": slot.name},
            )
            for slot in empty
        ),
    ]  # fmt: skip
    if not forms:
        return []
    text = _(
        "A component that is swapped or taken out stands nowhere until its own page says where it "
        "went. To undo a swap, swap back: both stay in the record, each with its time."
    )
    return [Section(_("Components"), text, forms=tuple(forms), anchor="components")]


def _stands_in(one: Asset) -> Placement | None:
    rows = Placement.objects.current().filter(asset=one, parent__isnull=False)
    return rows.select_related("parent").first()


def _own(above: Placement) -> tuple[Form, Form]:
    where = str(above.parent) + (f", {above.slot}" if above.slot else "")
    return _of_part(above, _("It stands in %(where)s") % {"where": where}, "")


def _of_part(row: Placement, part: str, key: str) -> tuple[Form, Form]:
    """The two forms of what stands somewhere; to take it out one names the placement looked at."""
    out = (
        Field("reason", _("Why"), help=_("A word, as worn or lent; never a name."), needed=True),
        Field("since", _("Out since this day"), kind="date", help=_("Empty: since now.")),
    )
    named = {"part": part}
    return (
        Form(f"swap{key}", _("Swap"), _new_fields(), title=_("%(part)s: swap it") % named),
        Form(f"out{key}", _("Take out"), out, title=_("%(part)s: take it out") % named,
             seen=row.pk),
    )  # fmt: skip


def _said(row: Placement) -> str:
    part = f"{row.asset.product} {row.asset}"
    return f"{row.slot}: {part}" if row.slot else part


def _new_fields() -> tuple[Field, ...]:
    return (
        Field("new", _("What stands there now"), help=_("Number or serial."), needed=True),
        Field("since", _("Since this day"), kind="date", help=_("Empty: since now.")),
    )


def _hand(asking: Asking, one: Asset) -> str:
    see_that_decides(asking, one, hand_operation)
    with at_field("operator"):
        text = needed(asking.typed.get("operator", ""), _("who runs it"))
        customer = customer_meant(asking, text, must=True)
    now = Operation.objects.current().filter(asset=one).first()
    if now is not None and customer is not None and now.customer_id == customer.pk:
        says = _("%(customer)s runs it already.") % {"customer": customer}
        raise wrong_at("operator", says)
    since = _since(asking, one)
    fresh = Operation(asset=one, customer=customer, from_at=since)
    with at_field("since", Overlaps, NotYet):
        hand_operation(operations=[fresh], at=asking.now, by=asking.account)
    return _("Saved.")


def _since(asking: Asking, one: Asset) -> datetime:
    return since_typed(asking, "since", times.zone_of(one.site.zone if one.site else None))


def _new(asking: Asking, verb: Verb) -> Asset:
    """The component that was typed, if it is theirs to move."""
    with at_field("new"):
        text = needed(asking.typed.get("new", ""), _("what stands there now"))
        new = asset_meant(asking, text, must=True)
        assert new is not None
    see_that_decides(asking, new, verb)
    return new


def _swap(asking: Asking, one: Asset, key: int | None) -> str:
    """Swap this one out of where it stands, or, with a key, one that stands in it."""
    old = one
    if key is not None:
        there = Placement.objects.current().filter(parent=one, asset=key)
        rows = Asset.objects.filter(pk__in=there.values("asset"))
        old = get_object_or_404(asking.visible(rows), pk=key)
    see_that_decides(asking, old, swap_component)
    new, since = _new(asking, swap_component), _since(asking, one)
    if new.pk == old.pk:
        raise wrong_at("new", _("This is the one that stands there; name the other."))
    with at_field("since", Overlaps, NotYet), at_field("new", RunsInCircles):
        swap_component(old=old, new=new, swapped_at=since, at=asking.now, by=asking.account)
    return _("Swapped: %(new)s stands there now; say on the page of %(old)s where it went.") % {
        "new": new.number,
        "old": old.number,
    }


def _take_out(asking: Asking, one: Asset, key: int | None) -> str:
    """Take this one out of where it stands, or, with a key, one that stands in it."""
    part = one if key is None else asking.visible(Asset.objects.filter(pk=key)).first()
    if part is None:
        raise ValidationError(_("There is no such component; open the page again."))
    see_that_decides(asking, part, take_out)
    looked_at = {part.pk: seen(asking)}
    reason = typed_text(asking, "reason", _("why it is taken out"), most=REASON)
    with at_field("since", Overlaps, NotYet):
        take_out(
            assets=[part], until_at=_since(asking, one), reason=reason, seen=looked_at,
            at=asking.now, by=asking.account,
        )  # fmt: skip
    said = _("%(part)s is taken out and stands nowhere now; say on its own page where it went.")
    return said % {"part": part.number}


def _fill(asking: Asking, one: Asset, key: int | None) -> str:
    see_that_decides(asking, one, place_assets)
    slot = Slot.objects.filter(product=one.product_id, pk=key or 0).first()
    if slot is None:
        raise ValidationError(_("There is no such slot."))
    new, since = _new(asking, place_assets), _since(asking, one)
    fresh = Placement(asset=new, parent=one, slot=slot.name, from_at=since)
    if new.pk == one.pk:
        raise wrong_at("new", _("It does not stand in itself; name the component."))
    with at_field("since", Overlaps, NotYet), at_field("new", RunsInCircles, SlotTaken):
        place_assets(placements=[fresh], at=asking.now, by=asking.account)
    return _("%(new)s stands in %(slot)s now.") % {"new": new.number, "slot": slot.name}
