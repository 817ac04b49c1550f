"""Tables that tell what machines did: states of assets from a moment on, stretches of a state."""

from __future__ import annotations

from wellkept.record.sources.asset_words import asset_word
from wellkept.record.sources.evidence import STRONG, is_moment, repeats, share_of
from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.shape_evidence import Evidence, ShapeChoice

_KNOWN_STATES = 0.5  # of the rows, before a log is taken to tell what its assets could do
_NO_STATES = (
    "each row is the state of an asset at a moment, but nothing is known about most of its words; "
    'say shape = "asset_state" in the recipe, and what they mean under [table.words.asset_state]'
)


def states_of_assets(evidence: Evidence) -> ShapeChoice | None:
    """Each row says in which state an asset was from a moment on, and nothing else is timed."""
    asset = evidence.best("asset")
    if asset is None or asset[0] < 60 or not (repeats(asset[1]) or asset[1].distinct == 1):
        return None
    said = evidence.best("state")
    told = evidence.has("event_at", STRONG) or evidence.has("changed", STRONG)
    number = any(evidence.has(notion, STRONG) for notion in ("case_id", "order", "promise_id"))
    moments = [one for one in evidence.profiles if is_moment(one)]
    if said is None or said[0] < 70 or not told or number or len(moments) != 1:
        return None
    if share_of(said[1], asset_word) < _KNOWN_STATES:
        return ShapeChoice("none", None, _NO_STATES)
    why = f"‘{said[1].header}’ says whether ‘{asset[1].header}’ served, from a moment on"
    return ShapeChoice("asset_state", None, why)


_MACHINE_STATES = bag("informational warning communication stop run running stopped alarm event")
_STRETCHES = (
    "each row is a stretch in which a machine was in some state, and not all of them are outages; "
    'if some are, say shape = "downtime" in the recipe, and which with only = { … = [ … ] }'
)


def stretches_of_states(evidence: Evidence) -> ShapeChoice | None:
    """A log of a machine: from, to, and a word for its state; nobody reported or owns anything."""
    said = evidence.best("state")
    lasts = evidence.has("finished") or evidence.has("lasted")
    if said is None or not (evidence.has("started") and lasts):
        return None
    owed = ("reported", "created", "owner", "closed", "resolved", "due")
    if evidence.has("case_id", 95) or any(evidence.has(notion) for notion in owed):
        return None
    machine = share_of(said[1], lambda word: asset_word(word) or (
        True if frozenset(heading(word).words) <= _MACHINE_STATES else None))  # fmt: skip
    return ShapeChoice("none", None, _STRETCHES) if machine >= _KNOWN_STATES else None
