"""Every component in every state, on one page, so that it can be looked at and tested."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.listing import Cell, Leaf
from wellkept.desk.web.pages.settings.shape import Field, Form
from wellkept.desk.web.promise_rows import GRAVE, GRAVE_SAID, STANDING_SAID
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.promises.rules import Standing

ROME = ZoneInfo("Europe/Rome")


def patterns(asking: Asking) -> HttpResponse:
    """This will show the components: standings, moments, lists, forms, messages."""
    hour = timedelta(hours=1)
    return asking.page(
        "patterns.html",
        standings=[
            ("danger", _("in danger")),
            *((one.value, STANDING_SAID[one]) for one in Standing),
        ],
        classes=[(GRAVE[one], GRAVE_SAID[one]) for one in Consequence],
        moments=[
            times.due(asking.now - 9 * hour, asking.now, ROME),
            times.due(asking.now + 50 * hour, asking.now, ROME),
            times.due(asking.now + 30 * hour, asking.now, ROME, day_only=True),
            times.past(asking.now - 3 * hour, asking.now, ROME),
        ],
        full=_leaf(
            _("Promises"),
            rows=(
                (
                    Cell("P-000123", "#"),
                    Cell("Clinic Nord"),
                    Cell(_("%(length)s late") % {"length": "9 h"}, kind="num"),
                ),
            ),
        ),
        narrowed=_leaf(_("Assets"), narrowed=True),
        empty=_leaf(_("Nothing")),
        refused=Form(
            "again-move",
            _("Move"),
            (
                Field("new_due", _("New date"), kind="datetime-local", value="2026-03-31T18:00"),
                Field("reason", _("Why"), wrong=(_("Say why the date moves."),), needed=True),
            ),
            title=_("Move the date"),
        ),
        kinds=(
            ("success", _("It is done.")),
            ("warning", _("It is done, but mind something.")),
            ("error", _("It was refused, and this says why.")),
        ),
    )


def _leaf(title: str, rows: tuple[tuple[Cell, ...], ...] = (), *, narrowed: bool = False) -> Leaf:
    return Leaf(
        title=title,
        heads=((_("Promise"), ""), (_("Customer"), ""), (_("Due"), "num")),
        rows=rows,
        counted=f"{len(rows)}",
        filters=(),
        sought="pump",
        first="",
        onward="#more",
        exports=(("CSV", "#csv"), ("XLSX", "#xlsx")),
        empty=_("Nothing was promised yet. What somebody says on the phone is a promise too."),
        narrowed=narrowed,
    )
