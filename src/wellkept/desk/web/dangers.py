"""What is in danger: by what promises like it became, else by the time that is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wellkept.desk.findings import risk_now
from wellkept.desk.web.seen import WHOLE
from wellkept.record.access.kept import Sql, moment, sql_of
from wellkept.record.installed_base.models import Asset
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.promises.models import Promise
from wellkept.record.promises.models.promise import PromiseQuerySet
from wellkept.study.risk.finding import Risk
from wellkept.study.risk.learning import Chance
from wellkept.study.risk.past import Likeness

LIKELY = 0.2
"""From this chance on a promise is in danger: a fifth of its like is broken."""
SOON = timedelta(hours=8)
"""Where no chance is known, what falls due within this is in danger."""
AHEAD = timedelta(days=30)
NEAREST = 400
"""So many of those that fall due next are looked at, for each list."""
NOT_KNOWN = -1.0


@dataclass(frozen=True, slots=True)
class Danger:
    """Why a promise is in danger: its chance, None where only the time left speaks."""

    chance: Chance | None
    due_at: datetime
    consequence: int

    @property
    def urgency(self) -> tuple[int, float, datetime]:
        """Order: consequence, then the greater chance, then what falls due first."""
        broken = NOT_KNOWN if self.chance is None else self.chance.broken
        return self.consequence, -broken, self.due_at


def chance_of(promise: Promise, now: datetime, risk: Risk | None) -> Chance | None:
    """This will give the chance that a promise will be broken; None where it is not known."""
    grave = promise.asset.consequence if promise.asset else None
    likeness = _likeness(promise.kind, promise.consequence, grave)
    return _chance(risk, likeness, promise.made_at, promise.judged_due, now)


def nearest(
    rows: PromiseQuerySet, now: datetime, until: datetime
) -> QuerySet[Promise, tuple[Any, ...]]:
    """This will leave the NEAREST of rows that fall due next, with what `in_danger` looks at."""
    return (
        rows.due_between(now, until)
        .order_by("judged_due", "pk")
        .values_list("pk", "kind", "consequence", "asset__consequence", "made_at", "judged_due")
    )[:NEAREST]


def nearest_asked(rows: PromiseQuerySet, now: datetime, until: datetime, *, whole: bool) -> Sql:
    """This will ask for the same of owed promises; where they are a part (`seen`), keys come first.

    A part knows whose its rows are and when they fall due; the rest is read of the few alone.
    Raises EmptyResultSet where nothing can be found.
    """
    if whole:
        return sql_of(nearest(rows, now, until))
    due = rows.due_between(now, until).order_by("judged_due", "pk").values("pk")[:NEAREST]
    few, assets = sql_of(due), Asset._meta.db_table
    return Sql(
        "select n.pk, p.kind, p.consequence, a.consequence, p.made_at, p.judged_due from "
        f"({few.text}) n join {WHOLE} p on p.id = n.pk left join {assets} a "
        "on a.id = p.asset_id order by p.judged_due, p.id",
        few.bound,
    )


def in_danger(nearest: Iterable[tuple[Any, ...]], now: datetime) -> Mapping[int, Danger]:
    """This will find what is in danger among the nearest rows, the most urgent first."""
    risk = risk_now()
    found = {}
    for key, kind, consequence, of_asset, made, due in nearest:
        made_at, due_at = moment(made), moment(due)
        chance = _chance(risk, _likeness(kind, consequence, of_asset), made_at, due_at, now)
        if due_at <= now + SOON if chance is None else chance.broken >= LIKELY:
            found[key] = Danger(chance, due_at, consequence)
    return dict(sorted(found.items(), key=lambda one: (one[1].urgency, one[0])))


def reason(chance: Chance | None) -> str:
    """This will say why in words: of ten like it, so many were kept."""
    if chance is None:
        return _("by the time left: too few like it have ended")
    return _("of 10 like it open this long, %(kept)s were kept (%(like)s seen)") % {
        "kept": round(10 * (1 - chance.broken)),
        "like": f"{chance.like:,}",
    }


def _likeness(kind: str, consequence: int, of_asset: int | None) -> Likeness:
    """As the facts have it: where the promise does not say what a stop means, its asset does."""
    known = consequence if consequence != Consequence.UNKNOWN or of_asset is None else of_asset
    return kind, Consequence(known).word


def _chance(
    risk: Risk | None,
    likeness: Likeness,
    made_at: datetime | None,
    due_at: datetime | None,
    now: datetime,
) -> Chance | None:
    if risk is None or made_at is None or due_at is None:
        return None
    return risk.chance(likeness, made_at.timestamp(), due_at.timestamp(), now.timestamp())
