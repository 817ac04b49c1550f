"""Every component in every state, on one page, so that it can be looked at and tested."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.left_cases import CaseRow
from wellkept.desk.web.listing import Cell, Leaf
from wellkept.desk.web.pages.deed_forms import for_us
from wellkept.desk.web.pages.pattern_life import life_shown
from wellkept.desk.web.pages.settings.shape import Field, Form
from wellkept.desk.web.promise_rows import (
    GRAVE,
    GRAVE_SAID,
    STANDING_SAID,
    Row,
    Told,
    row_of,
)
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
        full=_leaf(_("Promises"), rows=(_leaf_row(asking),)),
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
            differs=((_("about"), _("It hums"), _("It rattles")),),
        ),
        lists=(
            ("ownerless", _("Nobody answers for these")),
            ("broken", _("Being let down now")),
            ("danger", _("In danger")),
            ("due", _("Due within a day")),
        ),
        rows=_rows(asking),
        case_rows=[_case_row(asking)],
        forms=_forms(),
        for_us=for_us(),
        twins=("A-1040", "A-1041"),
        customer="Clinic Nord",
        person="Alma Rossi",
        other="Bruno Keller",
        serial="S4-77-0091",
        kinds=(
            ("success", _("It is done.")),
            ("warning", _("It is done, but mind something.")),
            ("error", _("It was refused, and this says why.")),
        ),
        **life_shown(asking),
    )


NOTHING = Told._make([None] * len(Told._fields))._replace(
    kind="restore", consequence=1, due_precision="moment", zone="Europe/Rome"
)
"""A promise of which nothing more is known."""


def _leaf_row(asking: Asking) -> tuple[Cell, ...]:
    """A row of a list: a number that leads on, names, a length, a moment."""
    return (
        Cell("P-000123", "#"),
        Cell("Clinic Nord"),
        Cell(_("%(length)s late") % {"length": "9 h"}, kind="num"),
        Cell(times.full(asking.now - timedelta(hours=9), ROME)),
    )


def _case_row(asking: Asking) -> CaseRow:
    """A case that nobody answers for."""
    reported = times.past(asking.now - timedelta(hours=3), asking.now, ROME)
    grave = Consequence.UNKNOWN
    return CaseRow(
        "C-000123", "#", _("It hums"), "Clinic Nord", "#", "", "", reported,
        GRAVE[grave], GRAVE_SAID[grave], "", True,
    )  # fmt: skip


def _rows(asking: Asking) -> list[Row]:
    """A row that nobody owns, one that was offered, one that is settled; none leads anywhere."""
    late, soon = asking.now - timedelta(hours=9), asking.now + timedelta(hours=2)
    named: dict[str, Any] = {"customer__name": "Clinic Nord", "asset__serial": "S4-77-0091"}
    alma: dict[str, Any] = {"owner": 1, "owner__personal": 1}
    alma["owner__personal__name"] = "Alma Rossi"
    bruno: dict[str, Any] = {"offered_to": 2, "offered_to__personal": 2}
    bruno["offered_to__personal__name"] = "Bruno Keller"
    about: dict[str, Any] = {"pk": 123, "about": _("No picture on the console"), **named}
    free = NOTHING._replace(**about, first_due=late, judged_due=late)
    hers = NOTHING._replace(**about, **alma, **bruno, judged_due=soon, consequence=3)
    kept = NOTHING._replace(**about, judged_due=soon, fulfilled_at=late, consequence=4)
    do = frozenset({"take", "tell", "move", "offer", "end"})
    shown = [
        row_of(free, asking, do),
        row_of(hers, asking, frozenset({"keep"}), _("41 of 100 like it were broken")),
        row_of(kept, asking),
    ]
    return [row._replace(href="") for row in shown]


def _forms() -> tuple[Form, ...]:
    """Every kind of field, open and behind a line, right and wrong."""
    classes = tuple((GRAVE[one], str(GRAVE_SAID[one])) for one in Consequence)
    fields = (
        Field("name", _("Name"), "Clinic Nord", help=_("As they write it.")),
        Field("since", _("Since this day"), kind="date", wrong=(_("Say since when."),)),
        Field("stop", _("What a stop means to them"), kind="select", options=classes),
        Field("detail", _("In detail"), kind="textarea"),
        Field("groups", _("May"), kind="checks", options=(("1", _("see")), ("2", _("change")))),
    )
    return (
        Form("shown", _("Save"), fields),
        Form("behind", _("Save"), fields[:1], title=_("Behind a line")),
    )


def _leaf(title: str, rows: tuple[tuple[Cell, ...], ...] = (), *, narrowed: bool = False) -> Leaf:
    return Leaf(
        title=title,
        heads=(
            (_("Promise"), ""),
            (_("Customer"), ""),
            (_("Due"), "num"),
            (_("First said"), "when"),
        ),
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
