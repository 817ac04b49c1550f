"""The pages on which rows that may be one stand side by side, and what their forms do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import see_that_decides, typed_text, wrong_at
from wellkept.desk.web.finding import product_meant
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.pages.settings.shape import Deed, Led, Sent, do_form, key_typed, keys_typed
from wellkept.desk.web.pages.twins.groups import (
    SHOWN,
    Found,
    Group,
    Noun,
    Row,
    groups_of,
    laid,
    leaf,
)
from wellkept.desk.web.pages.twins.nouns import ASSETS, CUSTOMERS
from wellkept.desk.web.rights import Verb, decided_among, decides, deeds_on, not_theirs
from wellkept.record.access.verbs import NotAllowed, who_may
from wellkept.record.installed_base.actions import edit_asset
from wellkept.record.search.queries import answering

KEPT = 50
"""So many of the rows that were merged into one are shown."""


def asset_twins(asking: Asking) -> HttpResponse:
    """This will show assets that may be another one, each beside those that it may be."""
    return _all(asking, ASSETS, _("Assets that may be one"))


def customer_twins(asking: Asking) -> HttpResponse:
    """This will show customers that may be another one, each beside those that it may be."""
    return _all(asking, CUSTOMERS, _("Customers that may be one"))


def asset_merge(asking: Asking, pk: int) -> HttpResponse:
    """This will show what an asset may be, and what was merged into it."""
    return _one(asking, ASSETS, pk)


def customer_merge(asking: Asking, pk: int) -> HttpResponse:
    """This will show what a customer may be, and what was merged into it."""
    return _one(asking, CUSTOMERS, pk)


def _all(asking: Asking, noun: Noun, title: str) -> HttpResponse:
    sent = _sent(asking, noun)
    if not isinstance(sent, Sent):
        return sent
    page = leaf(asking, noun)
    onward = f"?after={page.onward}" if page.onward else ""
    return _shown(
        asking, sent, _laid(asking, noun, page.found, sent), title=title,
        back=_list(noun), onward=onward, first="?" if page.begun else "", every=True,
    )  # fmt: skip


def _one(asking: Asking, noun: Noun, pk: int) -> HttpResponse:
    row = get_object_or_404(asking.visible(noun.rows()), pk=pk)
    sent = _sent(asking, noun)
    if not isinstance(sent, Sent):
        return sent
    stands, theirs = row.merged_into_id is None, decides(asking, row, noun.merge)
    sought = asking.address.get("with", "").strip() if stands else ""
    found = _beside(asking, noun, row, sought) if stands and theirs else []
    merged = asking.visible(noun.rows().filter(merged_into=row)).order_by("-merged_at", "pk")
    return _shown(
        asking, sent, _laid(asking, noun, found, sent),
        title=_("%(name)s: the same as another?") % {"name": _name(row)},
        back=(href(noun.page, pk), str(row)), row=row, sought=sought, stands=stands,
        into=None if stands else _into(asking, noun, row),
        merged=_gone(asking, noun, list(merged[:KEPT]), row),
        every_row=reverse(noun.twins), not_theirs="" if theirs else not_theirs(asking),
    )  # fmt: skip


def _beside(asking: Asking, noun: Noun, row: Row, sought: str) -> list[Found]:
    if sought:
        found = _sought(asking, noun, row, sought)
        return [found] if len(found.rows) > 1 else []
    group = groups_of(asking, noun, [row])
    return [one for one in group if len(one.rows) > 1 or one.unseen or row.doubt]


def _list(noun: Noun) -> tuple[str, str]:
    said = _("Installed base") if noun is ASSETS else _("Customers")
    return reverse(noun.listed), said


def _sought(asking: Asking, noun: Noun, row: Row, sought: str) -> Found:
    """What somebody looks for beside a row; a single one is ticked."""
    standing = asking.visible(noun.standing())
    rows = [one for one in answering(sought, standing).first(SHOWN + 1) if one.pk != row.pk]
    shown = rows[: SHOWN - 1]
    chosen = frozenset({row.pk, *(one.pk for one in shown if len(rows) == 1)})
    return Found(row, (row, *shown), len(rows) > len(shown), asked=True, chosen=chosen)


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that was merged into another: what it is called, and when it was merged."""

    key: int
    version: int
    name: str
    href: str
    number: str
    into: str
    into_href: str
    when: str
    splits: bool


def _into(asking: Asking, noun: Noun, row: Row) -> Gone:
    """Of a row that was merged: what it means now, if that is to be seen."""
    rows = asking.visible(noun.rows().filter(pk=row.merged_into_id))
    return _gone(asking, noun, [row], rows.first())[0]


def _gone(asking: Asking, noun: Noun, rows: Sequence[Row], into: Row | None) -> list[Gone]:
    """Rows that were merged into one, with what the one who asks may do to each."""
    can = deeds_on(asking, noun.model, rows, {"split": noun.split}) if rows else {}
    means = (_("another"), "") if into is None else (_name(into), href(noun.page, into.pk))
    return [
        Gone(
            one.pk, one.version, str(one), href(noun.page, one.pk), one.number, *means,
            date_format(one.merged_at, "j M Y"), "split" in can[one.pk],
        )
        for one in rows
    ]  # fmt: skip


# What the page is made of


def _sent(asking: Asking, noun: Noun) -> Sent | HttpResponse:
    """Do what a form asks, if one was sent; a form that was refused is shown again."""
    if not asking.posts:
        return Sent()
    deeds: dict[str, Deed] = {
        "merge": lambda asked, _key: _decide(asked, noun),
        "split": lambda asked, key: _split(asked, noun, key or 0),
    }
    if noun is ASSETS:
        deeds["correct"] = lambda asked, _key: _correct(asked)
    done = do_form(asking, deeds)
    if isinstance(done, Sent):
        return done
    messages.success(asking.request, done.said if isinstance(done, Led) else done)
    return redirect(asking.request.get_full_path())


def _laid(asking: Asking, noun: Noun, found: Sequence[Found], sent: Sent) -> list[Group]:
    """Lay groups side by side; what was ticked and typed in a form that was refused stays."""
    ticked = [int(key) for key in (sent.typed or {}).get("row", ()) if key.isdecimal()]
    here = [
        replace(one, chosen=frozenset(ticked)) if sent.form == f"merge-{one.lead.pk}" else one
        for one in found
    ]
    return [_again(one, sent) for one in laid(asking, noun, here)]


def _again(group: Group, sent: Sent) -> Group:
    below = None if group.correct is None else sent.onto(group.correct)
    wrong = sent.wrong if sent.form == f"merge-{group.key}" else ()
    return replace(group, correct=below, wrong=wrong)


def _shown(asking: Asking, sent: Sent, groups: list[Group], **told: object) -> HttpResponse:
    there = {f"{name}-{group.key}" for group in groups for name in ("merge", "correct")}
    return asking.page(
        "twins.html",
        status=422 if sent.refused else 200,
        groups=groups,
        wrong=() if sent.form in there else sent.wrong,
        **told,
    )


# What its forms do


def _decide(asking: Asking, noun: Noun) -> str:
    """Merge what is ticked into the one that stays, or say that it is not the same."""
    ticked = keys_typed(asking, "row")
    if asking.typed.get("apart"):
        return _apart(asking, noun, ticked)
    into = key_typed(asking, "into")
    if not into:
        raise ValidationError(_("Choose which one stays: its button merges the others into it."))
    others = [key for key in ticked if key != into]
    if not others:
        raise ValidationError(_("Tick what is the same as the one that stays: at least one more."))
    rows = _rows(asking, noun, {into, *others}, noun.merge)
    noun.merge(
        into=rows[into], duplicates=[rows[key] for key in others], seen=_seen(asking, rows),
        at=asking.now, by=asking.account,
    )  # fmt: skip
    return _(
        "Merged: %(others)s means %(one)s now. To undo it, split it off again on its page."
    ) % {
        "others": ", ".join(_name(rows[key]) for key in others),
        "one": _name(rows[into]),
    }


def _name(row: Row) -> str:
    return f"{row} ({row.number})" if row.number and row.number != str(row) else str(row)


def _apart(asking: Asking, noun: Noun, ticked: Collection[int]) -> str:
    rows = _rows(asking, noun, ticked, noun.clear)
    doubted = [one for one in rows.values() if one.doubt]
    if not doubted:
        raise ValidationError(_("Nothing of what is ticked is in doubt: tick what is another one."))
    noun.clear(**{noun.plural: doubted}, seen=_seen(asking, rows), at=asking.now, by=asking.account)
    return ngettext(
        "Kept as one of its own: %(rows)s. It can still be merged from its page.",
        "Kept as ones of their own: %(rows)s. They can still be merged from their pages.",
        len(doubted),
    ) % {"rows": ", ".join(_name(one) for one in doubted)}


def _split(asking: Asking, noun: Noun, key: int) -> str:
    rows = _rows(asking, noun, [key], noun.split)
    noun.split(
        **{noun.plural: [rows[key]]}, seen=_seen(asking, rows), at=asking.now, by=asking.account
    )
    return _("%(name)s stands by itself again.") % {"name": _name(rows[key])}


def _correct(asking: Asking) -> str:
    """Two of one product and serial are not the same: say which of them has another."""
    key = key_typed(asking, "whose")
    if not key:
        raise wrong_at("whose", _("Say whose serial or product is wrong."))
    one = _rows(asking, ASSETS, [key], ASSETS.merge)[key]
    see_that_decides(asking, one, edit_asset)
    serial = typed_text(asking, "serial", most=120)
    product = product_meant(typed_text(asking, "product", _("which product it is"), most=200))
    if (serial, product.pk) == (one.serial, one.product_id):
        says = _("This is what they share. Write what is right, or nothing where nobody knows it.")
        raise wrong_at("serial", says)
    edit_asset(
        asset=one, changes={"serial": serial, "product": product},
        seen=_seen(asking, [key])[key], at=asking.now, by=asking.account,
    )  # fmt: skip
    if one.doubt:
        return _("Saved; with this, %(name)s looks like another one: look again.") % {"name": one}
    return _("They are two: %(name)s is corrected, and in doubt no more.") % {"name": _name(one)}


def _rows(asking: Asking, noun: Noun, keys: Collection[int], verb: Verb) -> Mapping[int, Row]:
    """The rows that a form names, if all of them are there and theirs to decide about."""
    rows = {one.pk: one for one in asking.visible(noun.rows().filter(pk__in=[*keys]))}
    if not rows or rows.keys() != {*keys}:
        raise ValidationError(_("Tick at least one, of those that stand here."))
    if {*decided_among(asking, noun.model, [*keys], who_may(verb))} != {*keys}:
        raise NotAllowed(
            _(
                "You see this, and decide about other rows: those of your part. Ask somebody whose "
                "part it is, or a manager who sees everything."
            )
        )
    return rows


def _seen(asking: Asking, rows: Collection[int]) -> dict[int, int]:
    """The versions that the form showed of some rows, by key."""
    pairs = [text.partition(":") for text in asking.typed.getlist("seen")]
    shown = {int(a): int(b) for a, _colon, b in pairs if a.isdecimal() and b.isdecimal()}
    if any(key not in shown for key in rows):
        raise ValidationError(_("The form does not say which version it showed; open it again."))
    return {key: shown[key] for key in rows}
