"""How "in danger" is found, and whether such chances came true: the calibration."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wellkept.desk.findings import risk_now
from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.dangers import LIKELY
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.record.access.rules import Scope
from wellkept.record.access.wording import said
from wellkept.record.installed_base.rules import Consequence
from wellkept.study.risk.finding import Bin, Calibration, Risk
from wellkept.study.risk.learning import FEWEST, STEPS

SIDE = 240
"""Width and height of the drawing, in its own units."""
SURE = 1.96
SHOWN_AT = (0, STEPS // 2, STEPS - 2)
"""The ages that the list shows: just made, half of the time gone, nine tenths of it gone."""


@dataclass(frozen=True, slots=True)
class Line:
    """One bin in words."""

    said: str
    n: str
    came: str
    bounds: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """One bin in the drawing: where it lies, and between which heights."""

    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Like:
    """One group of promises: how many ended, and its chances of being broken at three ages."""

    kind: str
    grave: str
    ended: str
    chances: tuple[str, ...]


def at_risk(asking: Asking) -> HttpResponse:
    """This will show the calibration, and what the chances rest on."""
    if Scope.ALL not in asking.account.scopes:
        return asking.page("measures_not.html", status=403)
    risk = risk_now()
    if risk is None:
        return asking.page("at_risk.html", risk=None, fewest=FEWEST)
    trial = risk.calibration
    zone = times.zone_of(None)
    until, first = (datetime.fromtimestamp(s, UTC) for s in (risk.until_s, trial.first_s))
    return asking.page(
        "at_risk.html",
        risk=risk,
        fewest=FEWEST,
        likely=_share(LIKELY),
        until=times.past(until, asking.now, zone),
        first=times.full(first, zone, day_only=True),
        trial=trial,
        verdict=_verdict(trial),
        lines=[_line(one) for one in trial.bins],
        dots=[_dot(one) for one in trial.bins],
        side=SIDE,
        likes=_likes(risk),
        refused=_refused(risk),
    )


def _verdict(trial: Calibration) -> str:
    if trial.brier is None:
        return _("Too few promises can be asked about yet: %(rows)s of 100.") % {"rows": trial.rows}
    off = [one for one in trial.bins if not one.agrees]
    said = _("Of %(bins)s groups of chances, %(good)s came true within their bounds.") % {
        "bins": len(trial.bins), "good": len(trial.bins) - len(off),
    }  # fmt: skip
    if trial.z is None or abs(trial.z) <= SURE:
        return said
    more = _("more was broken than was said") if trial.z > 0 else _("less was broken than was said")
    return f"{said} " + _("On the whole %(more)s, beyond luck.") % {"more": more}


def _line(one: Bin) -> Line:
    bounds = _("%(low)s to %(high)s") % {"low": _share(one.low), "high": _share(one.high)}
    return Line(_share(one.said), f"{one.n:,}", _share(one.came), bounds, one.agrees)


def _dot(one: Bin) -> Dot:
    x, y, high, low = (round(SIDE * s, 1) for s in (one.said, one.came, one.high, one.low))
    return Dot(x, SIDE - y, SIDE - low, SIDE - high)


def _likes(risk: Risk) -> list[Like]:
    return [
        Like(
            _kind(kind), _grave(grave), f"{group.ended:,}",
            tuple(_share(group.chances[age].broken) for age in SHOWN_AT),
        )
        for (kind, grave), group in risk.learnt.groups.items()
    ]  # fmt: skip


def _refused(risk: Risk) -> list[Like]:
    return [
        Like(_kind(kind), _grave(grave), f"{ended:,}", ())
        for (kind, grave), ended in risk.learnt.refused.items()
    ]


def _kind(kind: str) -> str:
    return said(kind)


def _grave(word: str) -> str:
    return GRAVE_SAID[Consequence.of(word)]


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"
