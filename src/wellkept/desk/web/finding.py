"""Finding the one row that somebody means by what they typed: a number, a serial, a name."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import at_field, needed, wrong_at
from wellkept.record.installed_base.models import Asset, Product
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Person, Role
from wellkept.record.organisation.queries import whereabouts
from wellkept.record.parties.models import Customer

Row = TypeVar("Row", bound=Model)
NAMED = 3
QUOTED = 60
"""So many characters of what was typed are quoted; the field still holds all of it."""


class NobodyBehindAccount(Refusal):
    """Only somebody of our organisation owns work, and this account is nobody's."""


def asset_meant(asking: Asking, text: str, *, must: bool = False) -> Asset | None:
    """This will find an asset by its whole number or serial; nothing typed is no asset.

    `must` says that the field cannot be left empty, which is then not advised.
    """
    if not text.strip():
        return None
    rows = asking.visible(Asset.objects.select_related("customer__team", "site", "product"))
    whole = rows.filter(Q(number__iexact=text.strip()) | Q(serial__iexact=text.strip()))
    return _only(_meant(rows, whole), text, _("asset"), must=must)


def _meant(rows: QuerySet[Row], found: QuerySet[Row]) -> list[Row]:
    """What rows mean: one that was merged is still found by its number, and means the other."""
    some: list[Any] = list(found[: NAMED + 1])
    into = {one.merged_into_id for one in some if one.merged_into_id is not None}
    standing = {one.pk: one for one in some if one.merged_into_id is None}
    return list((standing | (rows.in_bulk(into) if into else {})).values())


def customer_meant(asking: Asking, text: str, *, must: bool = False) -> Customer | None:
    """This will find a customer by name or number; a part of the name will do if it is enough.

    `must` says that the field cannot be left empty, which is then not advised.
    """
    if not text.strip():
        return None
    rows = asking.visible(Customer.objects.select_related("team"))
    whole = rows.filter(Q(name__iexact=text.strip()) | Q(number__iexact=text.strip()))
    part = rows.filter(name__icontains=text.strip(), merged_into=None)
    found = _meant(rows, whole) or list(part[: NAMED + 1])
    return _only(found, text, _("customer"), must=must)


def product_meant(text: str) -> Product:
    """This will find a product by its whole number or name; what is wrong is said at `product`."""
    found = products_called(text)
    if len(found) == 1:
        return found[0]
    if found:
        raise wrong_at("product", _("Several products are called so: write the number."))
    raise wrong_at("product", _("No product answers to “%(text)s”.") % {"text": text})


def products_called(text: str) -> list[Product]:
    """This will list products of a number or name: two at most, since then the text is too little.

    A number is one product's, whatever others are called.
    """
    exact = list(Product.objects.filter(number=text))
    called = Product.objects.filter(Q(number__iexact=text) | Q(name__iexact=text))
    return exact or list(called[:2])


def person_meant(asking: Asking, text: str) -> Person:
    """This will find somebody who works here by the whole name; raises ValidationError."""
    there = Person.objects.with_us(asking.now.date()).select_related("personal")
    found = list(there.filter(personal__name=text.strip())[: NAMED + 1])
    if not found:
        raise ValidationError(
            _("Nobody who works here is called “%(text)s”. Choose one of the names offered.")
            % {"text": Truncator(text.strip()).chars(QUOTED)}
        )
    return _only(found, text, _("person"))


def person_typed(asking: Asking) -> Person:
    """This will find to whom something is to go, as typed in `to`; what is wrong is said there."""
    with at_field("to"):
        return person_meant(asking, needed(asking.typed.get("to", ""), _("to whom it goes")))


def person_offered(asking: Asking, owner: int | None) -> Person:
    """This will find to whom work is offered: `person_typed`, but not its owner.

    Raises ValidationError at the field.
    """
    to = person_typed(asking)
    if to.pk == owner:
        raise wrong_at("to", _("%(name)s owns it already; name somebody else.") % {"name": to})
    return to


def warn_if_away(asking: Asking, to: Person) -> None:
    """This will say that whom something was offered to is away: nobody may accept it for a time."""
    where = whereabouts(asking.now).get(to.pk)
    if where is not None and where.away:
        said = _("%(name)s is away now, and may not see it before they are back.") % {"name": to}
        messages.warning(asking.request, said)


def me(asking: Asking) -> Person:
    """This will give the person behind the account; raises NobodyBehindAccount."""
    if asking.person is None:
        raise NobodyBehindAccount(
            _(
                "Nobody of the organisation stands behind your account, so it cannot own work. "
                "An administrator can name the person in Settings."
            )
        )
    return asking.person


def role_meant(typed: str) -> Role:
    """This will find the role chosen, or the first where none was; raises ValidationError."""
    if typed:
        chosen = Role.objects.filter(pk=int(typed)).first() if typed.isdecimal() else None
        if chosen is None:
            raise ValidationError(_("This role is not kept any more; choose one of the list."))
        return chosen
    role = Role.objects.first()
    if role is None:
        raise ValidationError(
            _("It needs a role that answers for it, and none is kept yet: add one in Settings.")
        )
    return role


def consequence_meant(word: str, asset: Asset | None) -> int:
    """This will read a class of consequence; nothing chosen means what the asset says."""
    if not word:
        return asset.consequence if asset is not None else Consequence.UNKNOWN.value
    try:
        return Consequence.of(word).value
    except KeyError as problem:
        raise ValidationError(_("“%(word)s” is no consequence.") % {"word": word}) from problem


def _only(found: Sequence[Row], text: str, noun: str, *, must: bool = False) -> Row:
    if len(found) == 1:
        return found[0]
    text = Truncator(text.strip()).chars(QUOTED)
    if not found:
        says = (
            _("No %(noun)s answers to “%(text)s”. Look for it in the search.")
            if must
            else _(
                "No %(noun)s answers to “%(text)s”. Look for it in the search, or leave it empty."
            )
        )
        raise ValidationError(says % {"noun": noun, "text": text})
    names = ", ".join(_told_apart(one) for one in found[:NAMED])
    if len(found) > NAMED:
        names = f"{names} …"
    raise ValidationError(
        _("Several answer to “%(text)s”: %(names)s. Write the whole number, or the whole name.")
        % {"text": text, "names": names}
    )


def _told_apart(one: Model) -> str:
    """A row by its number, and by what else tells it from others that are called so."""
    if isinstance(one, Asset):
        whose = one.customer.name if one.customer else str(one.product)
        return f"{one.number} ({Truncator(whose).chars(QUOTED)})"
    said = Truncator(str(one)).chars(QUOTED)
    return f"{said} ({one.number})" if isinstance(one, Customer) and one.number else said
