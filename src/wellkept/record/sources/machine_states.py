"""Tables that tell what machines did: states of assets from a moment on, stretches of a state."""

from __future__ import annotations

from wellkept.record.sources.asset_flags import reader
from wellkept.record.sources.asset_words import asset_word
from wellkept.record.sources.evidence import STRONG, is_moment, repeats, share_of
from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.shape_evidence import Evidence, ShapeChoice

_KNOWN_STATES = 0.5  # of the rows, before a log is taken to tell what its assets could do
_NEARLY_ALL = 0.9
_SAID_WHEN = ("event_at", "changed", "created")


def states_of_assets(evidence: Evidence) -> ShapeChoice | None:
    """Each row says in which state an asset was from a moment on, and nothing else is timed."""
    asset = evidence.best("asset")
    if asset is None or asset[0] < 60 or not (repeats(asset[1]) or asset[1].distinct == 1):
        return None
    number = any(evidence.has(notion, STRONG) for notion in ("case_id", "order", "promise_id"))
    if evidence.has("down_from"):
        return None  # a row with its own start is an outage, whatever else it marks
    said = _told(evidence)
    if said is None or number or not _one_moment(evidence, said):
        return None
    if share_of(said, reader(said)) < _KNOWN_STATES:
        return ShapeChoice("none", None, _no_states(evidence, asset[1], said))
    why = f"‘{said.header}’ says whether ‘{asset[1].header}’ served, from a moment on"
    return ShapeChoice("asset_state", None, why)


def _told(evidence: Evidence) -> ColumnProfile | None:
    """The column that tells the state: the one of which the most words are known."""
    named = [
        (share_of(profile, reader(profile)), match.score, -place, profile)
        for place, profile in enumerate(evidence.profiles)
        for match in evidence.candidates.get(profile.key, ())
        if match.notion in ("state", "serving") and match.score >= 70
    ]
    return max(named, key=lambda one: one[:3])[3] if named else None


def _moments(evidence: Evidence) -> list[ColumnProfile]:
    """The columns of moments; seconds since 1970 are some where the header says so."""
    return [
        one
        for one in evidence.profiles
        if is_moment(one) or (one.moments.guessed and _says(evidence, one, _SAID_WHEN))
    ]


def _one_moment(evidence: Evidence, said: ColumnProfile) -> bool:
    """Nothing is timed but the answer: a second moment may only say when the row was written."""
    moments = _moments(evidence)
    if len(moments) == 1:
        return True
    told = [one for one in moments if _says(evidence, one, _SAID_WHEN)]
    if not moments or len(told) < len(moments):
        return False
    return evidence.has("event_at", STRONG) or _both_told(said)


def _both_told(said: ColumnProfile) -> bool:
    """Nearly every word is one of assets, and both kinds occur: serving and down."""
    meaning = reader(said)
    kinds = {meaning(word) for word, _ in said.top}
    return {"up", "down"} <= kinds and share_of(said, meaning) >= _NEARLY_ALL


def _says(evidence: Evidence, profile: ColumnProfile, notions: tuple[str, ...]) -> bool:
    mine = evidence.candidates.get(profile.key, ())
    return any(match.notion in notions and match.score >= STRONG for match in mine)


def _no_states(evidence: Evidence, asset: ColumnProfile, said: ColumnProfile) -> str:
    """Why the log is not read, with the lines that would make it readable."""
    moment = _moments(evidence)[0]
    words = ", ".join(f'"{word}" = "…"' for word, _ in said.top[:4])
    return (
        "each row is the state of an asset at a moment, but nothing is known about most words of "
        f'‘{said.header}’; say shape = "asset_state" in the recipe, [table.columns] asset = '
        f'"{asset.header}", state = "{said.header}", event_at = "{moment.header}", and what the '
        f"words mean: [table.words.asset_state] {words} (up, down, planned down, unknown)"
    )


_MACHINE_STATES = bag("informational warning communication stop run running stopped alarm event")
_ALARMS = bag("alarm alarms alarme alarmes allarme allarmi alarma alarmas")
_STRETCHES = (
    "each row is a stretch in which a machine was in some state, and not all of them are outages; "
    'if some are, say shape = "downtime" in the recipe, and which with only = { … = [ … ] }'
)


def stretches_of_states(evidence: Evidence) -> ShapeChoice | None:
    """A log of a machine: from, to, and a word for its state; nobody reported or owns anything."""
    said = evidence.best("state")
    lasts = evidence.has("finished") or evidence.has("lasted")
    file = heading(evidence.name.rsplit("/", 1)[-1]).words
    alarms = evidence.has("asset", 60) and bool(_ALARMS & (evidence.words | frozenset(file)))
    if not (evidence.has("started") and lasts) or not (alarms or said is not None):
        return None
    owed = ("reported", "created", "owner", "closed", "resolved", "due")
    if evidence.has("case_id", 95) or any(evidence.has(notion) for notion in owed):
        return None
    if alarms or said is None:
        return ShapeChoice("none", None, _STRETCHES)
    machine = share_of(said[1], lambda word: asset_word(word) or (
        True if frozenset(heading(word).words) <= _MACHINE_STATES else None))  # fmt: skip
    return ShapeChoice("none", None, _STRETCHES) if machine >= _KNOWN_STATES else None
