"""Settings: the work of the background, what failed and why, and trying it again."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _

from wellkept.desk.background import queue
from wellkept.desk.background.runner import is_at_work
from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.listing import Cell
from wellkept.desk.web.pages.settings.people import settings_back
from wellkept.desk.web.pages.settings.shape import (
    LEADERS,
    Deed,
    Form,
    Section,
    settings_page,
)
from wellkept.record.access.verbs import reaches_all, see_that_holds_for_all

SHOWN = 50


def background(asking: Asking) -> HttpResponse:
    """This will show the last jobs, failed ones first, and try one again where a form asks."""
    deeds: dict[str, Deed] = {"again": _again}
    return settings_page(
        asking, _("Background"), lambda: _sections(asking), deeds, back=settings_back()
    )


def _sections(asking: Asking) -> Sequence[Section]:
    found = queue.newest(SHOWN)
    failed = [one for one in found if one.state == "failed"]
    at_work = is_at_work(Path(settings.HOME))
    runner = Section(
        _("The runner"),
        _("It is at work: imports, measures and mails are seen to.")
        if at_work
        else _("None is at work here, so jobs wait. Start it: wellkept serve, or wellkept runner."),
    )
    heads = (_("What"), _("State"), _("When (UTC)"), _("Times"), _("Why"))
    listed = Section(
        _("The last jobs"),
        "" if found else _("Nothing was done in the background yet."),
        heads=heads,
        rows=tuple(_row(next(alike), 1 + len(list(alike))) for _, alike in groupby(found, _alike)),
    )
    if not failed:
        return [runner, listed]
    decides = reaches_all(asking.account, *LEADERS)
    forms = tuple(_form(one) for one in failed) if decides else ()
    return [runner, Section(_("Failed"), _("Each says why. Mend that first."), forms=forms), listed]


def _alike(job: queue.Job) -> tuple[object, ...]:
    """What a row says of a job: jobs in a row of which it says the same share it."""
    return job.name, job.state, job.attempts, job.reason, job.next_at


def _row(job: queue.Job, many: int) -> tuple[Cell, ...]:
    state, name = _state(job.state), _name(job.name)
    if many > 1:
        name = _("%(name)s, %(many)s of them") % {"name": name, "many": many}
    if job.next_at is not None:
        state = _("%(state)s at %(at)s") % {"state": state, "at": f"{job.next_at:%H:%M} UTC"}
    return (
        Cell(name),
        Cell(state),
        Cell(times.full(job.since, times.zone_of(None))),
        Cell(str(job.attempts), kind="num"),
        Cell(job.reason),
    )


def _form(job: queue.Job) -> Form:
    return Form(f"again-{job.key}", _("Try again"), (), title=f"{_name(job.name)}: {job.reason}")


def _again(asking: Asking, key: int | None) -> str:
    see_that_holds_for_all(asking.account, *LEADERS)  # a job writes as who began it
    wanted = asking.typed.get("form", "").partition("-")[2]
    if not queue.again(wanted):
        raise ValidationError(_("This job did not fail, or is tried again already."))
    return _("It is tried again.")


def _name(name: str) -> str:
    return {
        "write_import": _("write an import"),
        "try_upload": _("try uploaded files"),
        "forget_raw_rows": _("take old raw rows away"),
        "refresh_findings": _("make the facts behind measures anew"),
        "send_digest": _("send a mail of the day"),
        "send_password_link": _("send a link to set a password"),
    }.get(name, name.replace("_", " "))


def _state(state: str) -> str:
    return {
        "waiting": _("waits"),
        "running": _("running"),
        "done": _("done"),
        "failed": _("failed"),
        "again": _("is tried again"),
    }[state]
