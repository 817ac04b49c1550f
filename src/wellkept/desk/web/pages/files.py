"""Files on a case, a promise, an asset: listed, added, fetched by who sees what they hang on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import attempt, see_that_decides, typed_text
from wellkept.desk.web.rights import decided_among
from wellkept.record.access.verbs import who_may
from wellkept.record.cases.actions import attach_to_case
from wellkept.record.cases.models import Case
from wellkept.record.files.actions import (
    Coming,
    Lost,
    Removed,
    content_of,
    may_remove,
    remove_files,
)
from wellkept.record.files.models import Attachment
from wellkept.record.files.rules import MOST_BYTES, PLAINLY
from wellkept.record.installed_base.actions import attach_to_asset
from wellkept.record.installed_base.models import Asset
from wellkept.record.promises.actions import attach_to_promise
from wellkept.record.promises.models import Promise

MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One file of a list; one that was removed says so instead of leading anywhere."""

    name: str
    href: str
    size: str
    by: str
    at: times.Moment
    removed: str = ""
    remove: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """What a page shows of files: the list, where a form sends more, and what may be sent."""

    lines: tuple[Line, ...]
    add: str
    limits: str
    may_add: bool


def files_of(links: Iterable[Any], add: str, asking: Asking, *, may_add: bool) -> Files:
    """This will list the files that hang on a row; `links` are its own rows that point to them."""
    there = [one.file for one in links]
    keys = [one.pk for one in there]
    mine = decided_among(asking, Attachment, keys, who_may(remove_files))
    lines = tuple(_line(one, asking, one.pk in mine) for one in there)
    most = {"kinds": _(PLAINLY), "mb": MOST_BYTES // 1024**2}
    limits = _("%(kinds)s; each up to %(mb)s MB") % most
    return Files(lines, add, limits, may_add)


def _line(one: Attachment, asking: Asking, mine: bool) -> Line:
    zone = times.zone_of(None)
    there = one.removed_at is None
    return Line(
        one.name,
        reverse("file", args=[one.pk]) if there else "",
        _size(one.size_bytes),
        str(one.added_by or ""),
        times.past(one.added_at, asking.now, zone),
        removed=_gone(one),
        remove=reverse("file_remove", args=[one.pk])
        if there and mine and may_remove(one, asking.account)
        else "",
    )


def _gone(one: Attachment) -> str:
    if one.removed_at is None:
        return ""
    return _("removed by %(who)s on %(when)s: %(reason)s") % {
        "who": one.removed_by or _("A run"),
        "when": times.full(one.removed_at, times.zone_of(None)),
        "reason": one.removed_reason,
    }


def attach_case(asking: Asking, pk: int) -> HttpResponse:
    """This will add files to a case that may be seen."""
    case = get_object_or_404(asking.visible(Case.objects.all()), pk=pk)
    return _attach(asking, attach_to_case, "case", case)


def attach_promise(asking: Asking, pk: int) -> HttpResponse:
    """This will add files to a promise that may be seen."""
    promise = get_object_or_404(asking.visible(Promise.objects.all()), pk=pk)
    return _attach(asking, attach_to_promise, "promise", promise)


def attach_asset(asking: Asking, pk: int) -> HttpResponse:
    """This will add files to an asset that may be seen."""
    asset = get_object_or_404(asking.visible(Asset.objects.all()), pk=pk)
    return _attach(asking, attach_to_asset, "asset", asset)


def file(asking: Asking, pk: int) -> HttpResponseBase:
    """This will send a file to who may see it: always to be saved, never opened in the page."""
    one = get_object_or_404(asking.visible(Attachment.objects.all()), pk=pk)
    try:
        content = content_of(one)
    except Removed:
        return asking.page(
            "file_lost.html", status=410, title=_("The file was removed"),
            why=f"{one.name}: {_gone(one)}",
        )  # fmt: skip
    except Lost as lost:
        return asking.page(
            "file_lost.html", status=410, title=_("The file is missing"), why=str(lost)
        )
    return FileResponse(content, as_attachment=True, filename=one.name, content_type=one.kind)


def remove(asking: Asking, pk: int) -> HttpResponse:
    """This will take a file's content away for good, with a reason that stays."""
    one = get_object_or_404(asking.visible(Attachment.objects.all()), pk=pk)

    def act() -> None:
        see_that_decides(asking, one, remove_files)
        reason = typed_text(asking, "reason", _("why the file is removed"))
        remove_files(files=[one], reason=reason, at=asking.now, by=asking.account)

    return attempt(
        asking,
        act,
        said=_("%(name)s is removed.") % {"name": one.name},
        otherwise=reverse("today"),
    )


def _attach(asking: Asking, action: Any, noun: str, row: Any) -> HttpResponse:
    def act() -> None:
        see_that_decides(asking, row, action)
        sent = asking.request.FILES.getlist("files")
        if not sent:
            raise ValidationError(_("Choose a file."))
        if len(sent) > MOST_AT_ONCE:
            raise ValidationError(_("Ten files at once are the most."))
        coming = [Coming(one.name or "", one) for one in sent]
        action(**{noun: row}, files=coming, at=asking.now, by=asking.account)

    return attempt(asking, act, said=_("Added."), otherwise=reverse(noun, args=[row.pk]))


def _size(many: int) -> str:
    return f"{many / 1024**2:.1f} MB" if many >= 1024**2 else f"{max(many // 1024, 1):,} kB"
