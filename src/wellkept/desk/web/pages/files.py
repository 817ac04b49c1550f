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
from wellkept.desk.web.deeds import attempt
from wellkept.record.cases.actions import attach_to_case
from wellkept.record.cases.models import Case
from wellkept.record.files.actions import Coming, Lost, content_of
from wellkept.record.files.models import Attachment
from wellkept.record.files.rules import MOST_BYTES, PLAINLY
from wellkept.record.installed_base.actions import attach_to_asset
from wellkept.record.installed_base.models import Asset
from wellkept.record.promises.actions import attach_to_promise
from wellkept.record.promises.models import Promise

MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One file of a list."""

    name: str
    href: str
    size: str
    by: str
    at: times.Moment


@dataclass(frozen=True, slots=True)
class Files:
    """What a page shows of files: the list, where a form sends more, and what may be sent."""

    lines: tuple[Line, ...]
    add: str
    limits: str


def files_of(links: Iterable[Any], add: str, asking: Asking) -> Files:
    """This will list the files that hang on a row; `links` are its own rows that point to them."""
    zone = times.zone_of(None)
    lines = tuple(
        Line(
            one.file.name,
            reverse("file", args=[one.file.pk]),
            _size(one.file.size_bytes),
            str(one.file.added_by or ""),
            times.past(one.file.added_at, asking.now, zone),
        )
        for one in links
    )
    limits = _("%(kinds)s; each up to %(mb)s MB") % {
        "kinds": _(PLAINLY),
        "mb": MOST_BYTES // 1024**2,
    }
    return Files(lines, add, limits)


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
    except Lost as lost:
        return asking.page("file_lost.html", status=410, why=str(lost))
    return FileResponse(content, as_attachment=True, filename=one.name, content_type=one.kind)


def _attach(asking: Asking, action: Any, noun: str, row: Any) -> HttpResponse:
    def act() -> None:
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
