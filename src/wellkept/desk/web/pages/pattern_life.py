"""A life that nobody had: what the slider, the picture of a life and its facts are shown with."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web.as_was import as_was, days_of, turns_of
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.sliding import slider
from wellkept.desk.web.timeline import Stretch, picture
from wellkept.desk.web.ways import ways_of
from wellkept.record.installed_base.models import Asset
from wellkept.record.installed_base.queries import Stood, What

ROME = ZoneInfo("Europe/Rome")
YEAR = timedelta(days=365)


def _life(asking: Asking) -> list[Stood]:
    """At one site, then at another; a component taken out on the way."""
    begun, moved = asking.now - 2 * YEAR, asking.now - YEAR

    def stood(what: What, begin: Any, end: Any, name: str, word: str = "", why: str = "") -> Stood:
        return Stood(what, begin, end, begun, None, name, word, "", None, "", why)

    return [
        stood(What.PLACE, begun, moved, _("Imaging, ground floor")),
        stood(What.PLACE, moved, None, _("Imaging, first floor")),
        stood(What.OWNER, begun, None, _("a clinic")),
        stood(What.HOLDS, begun, moved - YEAR / 4, "T-118", _("tube"), _("worn")),
        stood(What.HOLDS, moved - YEAR / 4, None, "T-204", _("tube")),
    ]


def _asset(asking: Asking) -> Asset:
    return Asset(number="A-1040", state="in_use", recorded_at=asking.now - 2 * YEAR)


def life_shown(asking: Asking) -> dict[str, Any]:
    """This will give what the slider and the picture of a life are drawn from."""
    life, days = _life(asking), days_of(asking, ROME)
    turns = turns_of(life, days)
    down = asking.now - YEAR / 2
    drawn = picture(
        [
            *(Stretch(_("place"), one.from_at, one.until_at, one.name, kind="place")
              for one in life if one.what == What.PLACE),
            Stretch(_("down"), down, down + timedelta(days=9), _("down"), kind="down"),
            Stretch(_("cases"), down, down + timedelta(days=20), _("case"), "#life", "case"),
            Stretch(_("promises that failed"), down, down, _("failed"), "#life", "failed"),
        ],
        asking.now,
    )  # fmt: skip
    assert drawn is not None  # it begins at a known moment
    return {
        "life": drawn,
        "days": days,
        "slider": slider(drawn, turns, days),
        "as_was": as_was(_asset(asking), life, turns, days, ways_of(asking)),
        "from": reverse("patterns_as_was"),
    }


def life_as_was(asking: Asking) -> HttpResponse:
    """This will show what stood on a day: the part of the page that the slider asks."""
    life, days = _life(asking), days_of(asking, ROME)
    found = as_was(_asset(asking), life, turns_of(life, days), days, ways_of(asking))
    return asking.page("_as_was.html", as_was=found)
