"""The words of the page: one word, one meaning, and a shape beside every colour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with its shape; the key chooses the colour."""

    key: str
    shape: str
    word: str


CONSEQUENCES = {
    "safety": Mark("safety", "▲", "safety"),
    "production_stopped": Mark("stopped", "■", "production stopped"),
    "unknown": Mark("ask", "?", "ask"),
    "degraded": Mark("degraded", "◆", "degraded"),
    "inconvenience": Mark("inconvenience", "○", "inconvenience"),
}

DIRECTIONS = {
    "up": Mark("up", "↑", "more is better"),
    "down": Mark("down", "↓", "less is better"),
    "band": Mark("band", "↔", "best within a band"),
}

CONCERNS_FIRST = ("promise_kept_rate", "kept_when_it_mattered", "time_to_restore")

GRAINS = {"promise": "promises", "case": "cases", "asset": "assets", "customer": "customers"}

QUANTILES = (
    ("p50", "half within"),
    ("p90", "9 in 10 within"),
    ("p95", "19 in 20 within"),
    ("p99", "99 in 100 within"),
)

FIELDS = {
    "value": "the value",
    "share_beyond": "share beyond a promise",
    "quantiles": "how far the tail reaches",
    "max": "the worst of all",
    "trend": "trend",
    "shape": "shape",
    "curve": "still waiting after",
    "by": "groups",
    "customers_hit": "customers who felt it",
    "completeness": "completeness",
    "hit": "who bore most",
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
    "segment": "kept as a segment",
    "ignored": "not used",
}


def consequence(name: object) -> Mark:
    """Return the mark of a consequence; one we do not know must be asked for."""
    return CONSEQUENCES.get(str(name), CONSEQUENCES["unknown"])


def direction(name: object) -> Mark | None:
    """Return the mark of a direction, if one is stated."""
    return DIRECTIONS.get(str(name))


def things(grain: str, n: int) -> str:
    """Return the noun of a count.

    >>> things("case", 1), things("case", 2)
    ('case', 'cases')
    """
    many = GRAINS.get(grain, "records")
    return many[:-1] if n == 1 else many
