"""What a round showed: gaps by consequence, confidence, two views, the wall, what to keep."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from wellkept.desk.brief import write_pdf
from wellkept.desk.brief.alone import brief_alone, drawn, style_alone
from wellkept.desk.brief.rows import Brief
from wellkept.desk.mirroring import revealing
from wellkept.desk.mirroring.answers import last_day
from wellkept.desk.report.saying import speaking
from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import (
    at_field,
    attempt,
    needed,
    said_again,
    typed_moment,
    typed_text,
    wrong_at,
)
from wellkept.desk.web.finding import role_meant
from wellkept.desk.web.measuring import lead
from wellkept.desk.web.pages.mirror.first import leads, sees_all
from wellkept.desk.web.pages.mirror.leading import round_of
from wellkept.desk.web.pages.settings.shape import people_options, person_chosen
from wellkept.record.mirror.actions import choose_gaps
from wellkept.record.mirror.models import Choice, Round
from wellkept.record.mirror.rules import MOST_CHOSEN, Stage
from wellkept.record.organisation.models import Role
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Precision, Source, end_of_day
from wellkept.study.diagnostic.claims.catalogue import BY_ID

Json = dict[str, Any]
TABS = (
    ("mirror_gaps", gettext_lazy("Gaps")),
    ("mirror_confidence", gettext_lazy("Confidence")),
    ("mirror_views", gettext_lazy("Two views")),
    ("mirror_wall", gettext_lazy("Normalised")),
    ("mirror_keep", gettext_lazy("Start to keep")),
)
NOTHING = {
    "views": gettext_lazy("Two views need at least four executives and four of the front line."),
    "wall": gettext_lazy("No claim has become normal: none lies below its promise for long, known "
                         "and without an owner."),
    "keep": gettext_lazy("Some record can show every claim of this round."),
    "customers": gettext_lazy("Customers were not asked, or none answered."),
}  # fmt: skip
QUARTER = timedelta(days=91)


def _round(asking: Asking, pk: int) -> Round:
    round = round_of(asking, pk)
    if round.stage is not Stage.REVEALED:
        raise Http404(_("This round has not been laid beside the records yet."))
    return round


def document_for(round: Round) -> Json:
    """This will give what a round showed, each named case with its page and its owner now."""
    document = revealing.shown(round)
    cases = [case for claim in document["claims"] for case in claim["evidence"]["cases"]]
    lead(cases)
    changes = revealing.change_since(round)
    for claim in document["claims"]:
        claim["change"] = _changed(changes.get(claim["id"]))
    return document


def _changed(levels: tuple[int | None, int | None] | None) -> str:
    """What is shown now and was shown then; of what was claimed nothing is compared."""
    if levels is None or None in levels:
        return ""
    before, now = levels
    if before == now:
        return _("shown %(level)s last time too") % {"level": before}
    return _("shown %(before)s last time, now %(now)s") % {"before": before, "now": now}


def _page(asking: Asking, pk: int, name: str, parts: tuple[str, ...], **more: Any) -> HttpResponse:
    if not sees_all(asking):
        return asking.page("mirror/not_all.html", status=403)
    round = _round(asking, pk)
    document = document_for(round)
    root = "" if name == "mirror_gaps" else reverse("mirror_gaps", args=[pk])
    with speaking(gettext, ngettext):
        brief = brief_alone(document)
        shown = [drawn(brief, part, root=root) for part in parts if _there(brief, part)]
    rows: Json = {
        "round": round,
        "brief": brief,
        "parts": shown,
        "nothing": [NOTHING[part] for part in parts if not _there(brief, part)],
        "tabs": [(reverse(one, args=[pk]), said, one == name) for one, said in TABS],
        "title": dict(TABS)[name],
    }
    return asking.page("mirror/results.html", **rows, **more)


def _there(brief: Brief, part: str) -> bool:
    """Whether a part has anything to show; those without a list of their own always have."""
    lists = {"views": brief.views, "wall": brief.wall, "keep": brief.keep,
             "customers": brief.customers}  # fmt: skip
    return bool(lists.get(part, True))


def gaps(asking: Asking, pk: int) -> HttpResponse:
    """This will show the gaps, the worst for customers first, and what was promised of them."""
    return _gaps(asking, pk, (), {})


def _gaps(
    asking: Asking, pk: int, wrong: Sequence[str], at: Mapping[str, Sequence[str]]
) -> HttpResponse:
    then = _then(asking, pk) if sees_all(asking) else {}
    said = said_again(wrong, at)
    then |= {"focus": said.pop("first"), "typed": asking.typed.dict(), **said}
    return _page(asking, pk, "mirror_gaps", ("claims",), **then)


def confidence(asking: Asking, pk: int) -> HttpResponse:
    """This will show how sure everybody was beside what is shown, and the numbers."""
    return _page(asking, pk, "mirror_confidence", ("confidence",))


def views(asking: Asking, pk: int) -> HttpResponse:
    """This will show executives beside the front line, and what customers say."""
    return _page(asking, pk, "mirror_views", ("views", "customers"))


def wall(asking: Asking, pk: int) -> HttpResponse:
    """This will show what has become normal: since when, how many were hit, how often excused."""
    return _page(asking, pk, "mirror_wall", ("wall",))


def keep(asking: Asking, pk: int) -> HttpResponse:
    """This will show what no record could show, and what to start to keep."""
    return _page(asking, pk, "mirror_keep", ("keep",))


def brief_style(asking: Asking) -> HttpResponse:
    """This will give the style of the brief's parts."""
    return HttpResponse(style_alone(), content_type="text/css; charset=utf-8")


def brief_pdf(asking: Asking, pk: int) -> HttpResponse:
    """This will give the brief's two pages as a file."""
    if not sees_all(asking):
        return asking.page("mirror/not_all.html", status=403)
    round = _round(asking, pk)
    promised = [
        (one.promise.about, str(one.promise.owner or "–"), _day(one.promise))
        for one in _choices(round)
    ]
    pages = write_pdf(document_for(round), at=asking.now, promised=promised)
    name = f"mirror-{round.opened_at:%Y-%m-%d}.pdf"
    return HttpResponse(
        pages,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _day(promise: Promise) -> str:
    due = promise.current_due or promise.first_due
    return last_day(due).isoformat() if due else "–"


def _choices(round: Round) -> list[Choice]:
    return list(round.choices.select_related("promise", "promise__owner__personal"))


def _then(asking: Asking, pk: int) -> Json:
    """The gaps that are promises already, and a form while there are fewer than three."""
    round = round_of(asking, pk)
    chosen = _choices(round)
    left = MOST_CHOSEN - len(chosen)
    taken = {one.claim for one in chosen}
    shown = (round.shown or {}).get("claims", [])
    proposed = [one for one in (round.shown or {}).get("choose", []) if one not in taken]
    wanted = asking.typed.get("claim", "") or asking.address.get("claim", "")
    first = wanted if wanted in BY_ID and wanted not in taken else next(iter(proposed), "")
    return {
        "chosen": [(one.promise, _day(one.promise)) for one in chosen],
        "left": _("%(n)s more may be chosen.") % {"n": left} if left else "",
        "may_choose": leads(asking) and left > 0,
        "gaps_left": [(c["id"], _(c["sentence"])) for c in shown if c["id"] not in taken],
        "first": first,
        "owners": people_options(asking, none=_("choose one person")),
        "by_then": asking.typed.get("due_on", (asking.now + QUARTER).date().isoformat()),
        "roles": Role.objects.all(),
    }  # fmt: skip


def choose(asking: Asking, pk: int) -> HttpResponse:
    """This will make a gap a promise to ourselves: one owner, one date."""
    round = _round(asking, pk)

    def act() -> None:
        claim = asking.typed.get("claim", "")
        if claim not in {one["id"] for one in (round.shown or {})["claims"]}:
            raise wrong_at("claim", _("Choose one of the claims of this round."))
        made = _promise(asking, claim)
        choose_gaps(round=round, promises={claim: made}, at=asking.now, by=asking.account)

    return attempt(
        asking,
        act,
        said=_("It stands in the ledger: a promise to ourselves."),
        otherwise=f"{reverse('mirror_gaps', args=[pk])}#then",
        again=lambda wrong, at: _gaps(asking, pk, wrong, at),
    )


def _promise(asking: Asking, claim: str) -> Promise:
    owner = person_chosen(asking, "owner")
    if owner is None:
        raise wrong_at("owner", _("Name the one person who owns it."))
    with at_field("due_on"):
        day = needed(asking.typed.get("due_on", ""), _("by which day"))
        due = end_of_day(typed_moment(f"{day}T00:00", times.zone_of("UTC")).date(), "UTC")
    if due <= asking.now:
        raise wrong_at("due_on", _("The day lies in the past; choose one to come."))
    about = typed_text(asking, "about", most=250) or _(BY_ID[claim].sentence)
    return Promise(
        about=f"{about} ({claim})",
        source=Source.SAID.value,
        accountable=role_meant(asking.typed.get("accountable", "")),
        owner=owner,
        made_at=asking.now,
        made_by=asking.person,
        first_due=due,
        due_precision=Precision.DAY.value,
        zone="UTC",
    )
