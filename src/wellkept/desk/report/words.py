"""The words of the page: one word, one meaning, and a shape beside every colour."""

from dataclasses import dataclass, replace

from wellkept.desk.report.saying import said
from wellkept.study.measures.marking import marked as _


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with its shape; the key chooses the colour."""

    key: str
    shape: str
    word: str


CONSEQUENCES = {
    "safety": Mark("safety", "▲", _("safety")),
    "production_stopped": Mark("stopped", "■", _("production stopped")),
    "unknown": Mark("ask", "?", _("ask")),
    "degraded": Mark("degraded", "◆", _("degraded")),
    "inconvenience": Mark("inconvenience", "○", _("inconvenience")),
}

DIRECTIONS = {
    "up": Mark("up", "↑", _("more is better")),
    "down": Mark("down", "↓", _("less is better")),
    "band": Mark("band", "↔", _("best within a band")),
}

CONCERNS_FIRST = ("promise_kept_rate", "kept_when_it_mattered", "time_to_restore")

GRAINS = {
    "promise": (_("promise"), _("promises")),
    "case": (_("case"), _("cases")),
    "asset": (_("asset"), _("assets")),
    "customer": (_("customer"), _("customers")),
}

QUANTILES = (
    ("p50", _("half within")),
    ("p90", _("9 in 10 within")),
    ("p95", _("19 in 20 within")),
    ("p99", _("99 in 100 within")),
)

FIELDS = {
    "value": _("the value"),
    "share_beyond": _("share beyond a promise"),
    "quantiles": _("how far the tail reaches"),
    "max": _("the worst of all"),
    "trend": _("trend"),
    "shape": _("shape"),
    "curve": _("still waiting after"),
    "by": _("groups"),
    "customers_hit": _("customers who felt it"),
    "completeness": _("completeness"),
    "hit": _("who bore most"),
}

SHAPES = {
    "promise": "one row a promise",
    "case": "one row a case",
    "event": "one row an event of a case",
    "downtime": "one row a downtime",
    "asset_state": "one row a state of an asset",
    "asset": "one row an asset",
    "customer": "one row a customer",
    "site": "one row a site",
    "product": "one row a product",
    "none": "not used",
}

FACTS = {
    "promise": ("promise", "promises"),
    "case": ("case", "cases"),
    "event": ("event", "events"),
    "downtime": ("downtime", "downtimes"),
}

HOWS = {
    "recipe": "stated in the recipe",
    "header": "by its header",
    "values": "by its values",
    "number": "a further number of each",
    "address": "its address",
    "name": "what each is called",
    "segment": "kept as a segment",
    "ignored": "not used",
}


def consequence(name: object) -> Mark:
    """Return the mark of a consequence; one we do not know must be asked for."""
    found = CONSEQUENCES.get(str(name), CONSEQUENCES["unknown"])
    return replace(found, word=said(found.word))


def direction(name: object) -> Mark | None:
    """Return the mark of a direction, if one is stated."""
    found = DIRECTIONS.get(str(name))
    return None if found is None else replace(found, word=said(found.word))


def things(grain: str, n: int) -> str:
    """Return the noun of a count.

    >>> things("case", 1), things("case", 2)
    ('case', 'cases')
    """
    one, many = GRAINS.get(grain, (_("record"), _("records")))
    return said(one if n == 1 else many)
