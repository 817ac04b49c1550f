"""Every component in every state, on one page, so that it can be looked at and tested."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.listing import Cell, Leaf

STANDINGS = ("open", "danger", "broken", "kept", "late", "never", "released", "void")
GRAVE = ("safety", "stopped", "unknown", "degraded", "inconvenience")
ROME = ZoneInfo("Europe/Rome")


def patterns(asking: Asking) -> HttpResponse:
    """This will show the components: standings, moments, lists, forms, messages."""
    hour = timedelta(hours=1)
    return asking.page(
        "patterns.html",
        standings=STANDINGS,
        classes=GRAVE,
        moments=[
            times.due(asking.now - 9 * hour, asking.now, ROME),
            times.due(asking.now + 50 * hour, asking.now, ROME),
            times.due(asking.now + 30 * hour, asking.now, ROME, day_only=True),
            times.past(asking.now - 3 * hour, asking.now, ROME),
        ],
        full=_leaf(
            "Promises",
            rows=((Cell("P-000123", "#"), Cell("Clinic Nord"), Cell("9 h late", kind="num")),),
        ),
        narrowed=_leaf("Pumps", narrowed=True),
        empty=_leaf("Nothing"),
        kinds=("success", "warning", "error"),
    )


def _leaf(title: str, rows: tuple[tuple[Cell, ...], ...] = (), *, narrowed: bool = False) -> Leaf:
    return Leaf(
        title=title,
        heads=(("Promise", ""), ("Customer", ""), ("Due", "num")),
        rows=rows,
        counted=f"{len(rows)}",
        filters=(),
        sought="pump",
        first="",
        onward="#more",
        exports=(("CSV", "#csv"), ("XLSX", "#xlsx")),
        empty="Nothing was promised yet. What somebody says on the phone is a promise too.",
        narrowed=narrowed,
    )
