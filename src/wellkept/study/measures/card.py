"""The tail card: what every measure answers with, and how it is written as a document."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from wellkept.study.measures.composing import said as _

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval; None where it does not exist (the card's reasons say why)."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def partial(self) -> bool:
        """Whether any of the three does not exist."""
        return None in (self.value, self.low, self.high)

    def document(self) -> Json:
        """This will give the three numbers, never NaN."""
        return {"value": number(self.value), "low": number(self.low), "high": number(self.high)}


@dataclass(frozen=True, slots=True)
class Beyond:
    """`k` of `n` lie beyond the promise, which `promise` puts into words."""

    k: int
    n: int
    share: Estimate
    promise: str

    def document(self) -> Json:
        """This will give k, n, the share and its interval."""
        share = self.share.document()
        return {
            "k": self.k,
            "n": self.n,
            "share": share["value"],
            "low": share["low"],
            "high": share["high"],
            "promise": self.promise,
        }


@dataclass(frozen=True, slots=True)
class Named:
    """One of the worst, by name."""

    id: str
    value: float
    customer: str | None = None
    asset: str | None = None
    owner: str | None = None
    consequence: str | None = None
    about: str | None = None
    open: bool = False
    due_s: int | None = None
    src: int | None = None
    row: int | None = None

    def document(self, where: "Where") -> Json:
        """This will give the row with its file and line."""
        file, line = where.of(self.src, self.row)
        return {
            "id": self.id,
            "customer": self.customer,
            "asset": self.asset,
            "owner": self.owner,
            "value": number(self.value),
            "open": self.open,
            "due": None if self.due_s is None else iso(self.due_s),
            "consequence": self.consequence,
            "about": self.about,
            "file": file,
            "line": line,
        }


class Where(Protocol):
    """Finds the file and line of a row."""

    def of(self, src: int | None, row: int | None) -> tuple[str | None, int | None]:
        """This will give the file's name and the line in it, None where there is none."""
        ...


class Nowhere:
    """A source without files knows no line."""

    def of(self, src: int | None, row: int | None) -> tuple[str | None, int | None]:
        """This will give neither file nor line."""
        return None, None


@dataclass(frozen=True, slots=True)
class Completeness:
    """Records used of those that should count; the value if all missing were bad, or good."""

    used: int
    should: int
    worst: float | None = None
    best: float | None = None

    def document(self) -> Json:
        """This will give both counts, their share, and the bounds."""
        share = self.used / self.should if self.should else None
        return {
            "used": self.used,
            "should": self.should,
            "share": number(share),
            "worst": number(self.worst),
            "best": number(self.best),
        }


@dataclass(frozen=True, slots=True)
class Beside:
    """A value that must stand next to the headline, so that neither is read alone."""

    title: str
    text: str
    n: int
    value: Estimate | None = None
    quantiles: Mapping[str, Estimate] = field(default_factory=dict)
    max: float | None = None
    unit: str | None = None

    def document(self) -> Json:
        """This will give the title, the number with its count, and the sentence."""
        return {
            "title": self.title,
            "text": self.text,
            "n": self.n,
            "unit": self.unit,
            "value": self.value.document() if self.value else None,
            "quantiles": {name: q.document() for name, q in self.quantiles.items()},
            "max": number(self.max),
        }


@dataclass(frozen=True, slots=True)
class Card:
    """What one measure answers; see docs/reference/measure-document.md for every field."""

    n: int
    open: int = 0
    excluded: int = 0
    completeness: Completeness | None = None
    value: Estimate | None = None
    share_beyond: Beyond | None = None
    quantiles: Mapping[str, Estimate] = field(default_factory=dict)
    max: float | None = None
    customers_hit: Mapping[str, int] | None = None
    worst: tuple[Named, ...] = ()
    worst_unit: str | None = None
    unit: str | None = None
    hit: Json | None = None
    method: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    beside: tuple[Beside, ...] = ()
    trend: Json | None = None
    shape: Json | None = None
    curve: Json | None = None
    by: Json | None = None

    def because(self, **reasons: str) -> "Card":
        """This will add reasons for what is not given; a reason that stands already is kept."""
        return replace(self, reasons={**reasons, **self.reasons})

    def _complete(self) -> Completeness | None:
        """Where nothing is missing, the value is its own worst and best."""
        done = self.completeness
        if done is None or done.used < done.should or self.value is None:
            return done
        if self.value.value is None or done.worst is not None:
            return done
        return replace(done, worst=self.value.value, best=self.value.value)

    def document(self, where: Where) -> Json:
        """This will write the card as plain values; numbers that do not exist become null."""
        card = replace(self, completeness=self._complete())
        hit = self.customers_hit
        return {
            "n": self.n,
            "open": self.open,
            "excluded": self.excluded,
            "completeness": card.completeness.document() if card.completeness else None,
            "value": self.value.document() if self.value else None,
            "share_beyond": self.share_beyond.document() if self.share_beyond else None,
            "quantiles": {name: q.document() for name, q in self.quantiles.items()},
            "max": number(self.max),
            "customers_hit": hit if hit is not None else {"1": None, "2": None, "3": None},
            "worst": [named.document(where) for named in self.worst],
            "worst_unit": self.worst_unit,
            "hit": self.hit,
            "method": self.method,
            "reasons": _reasons(card),
            "says": self.says,
            "beside": [beside.document() for beside in self.beside],
            "trend": self.trend,
            "shape": self.shape,
            "curve": self.curve,
            "by": self.by,
        }


GENERAL = {
    "value": _("too few to give it, or to give it bounds"),
    "share_beyond": _("no promised time is recorded for it, and none is stated under [targets]"),
    "quantiles": _("nothing in this measure has a length"),
    "worst": _("there is none to name"),
    "max": _("no length is known"),
    "trend": _("too few periods for limits"),
    "shape": _("too few lengths to draw"),
    "curve": _("nothing waits in this measure"),
    "by": _("no column was named with --by"),
    "customers_hit": _("the customer is not recorded, or nothing was promised to judge by"),
    "completeness": _("of the missing ones nothing is known that would give a worst and a best"),
    "hit": _("see %(measure)s") % {"measure": "promise_kept_rate"},
}
"""Why a field of a card may be null, where the measure itself gives no better reason."""


QUANTILES = ("p50", "p90", "p95", "p99")


def _reasons(card: Card) -> dict[str, str]:
    """Why each null is null: without a word it would be read as “nothing to see”."""
    few = _("too few to give it bounds")
    return {n: card.reasons.get(n) or GENERAL.get(n, few) for n in _unexplained(card)}


def _unexplained(card: Card) -> list[str]:
    """The fields that are null, or hold one."""
    names = [name for name in GENERAL if getattr(card, name) in (None, (), {})]
    if card.value is not None and card.value.partial:
        names.append("value")
    for name in QUANTILES:
        quantile = card.quantiles.get(name)
        if quantile.partial if quantile is not None else name in card.reasons:
            names.append(name)
    if "quantiles" in names and "p50" in names:
        names.remove("quantiles")
    done = card.completeness
    if done is not None and (None in (done.worst, done.best) or not done.should):
        names.append("completeness")
    return names


def number(value: float | None) -> float | int | None:
    """This will give a finite number or None."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value
    value = float(value)
    if not math.isfinite(value):
        return None
    return round(value, 9)


def iso(moment_s: int) -> str:
    """This will write a moment as ISO 8601 in UTC."""
    return datetime.fromtimestamp(int(moment_s), tz=UTC).isoformat()
