"""The measure document of the record."""

from wellkept import __version__
from wellkept.study.facts.record import RecordFacts, source_document
from wellkept.study.measures.card import Json, Nowhere, iso
from wellkept.study.measures.run import run
from wellkept.study.measures.window import Window


def document_of(facts: RecordFacts, *, by: str | None = None, since_s: int | None = None) -> Json:
    """This will give the whole measure document of the record, in the form that a folder's has."""
    known = facts.known
    return {
        "contract": 1,
        "wellkept": __version__,
        "since": iso(known.first_s if since_s is None else since_s),
        "until": iso(known.until_s),
        "known_at": None if known.known_s is None else iso(known.known_s),
        "source": source_document(),
        "understood": _understood(facts),
        **run(facts.source, window_of(facts, by=by, since_s=since_s), Nowhere()),
    }


def window_of(facts: RecordFacts, *, by: str | None = None, since_s: int | None = None) -> Window:
    """This will give the window of a run over the record's facts."""
    return Window(
        until_s=facts.known.until_s,
        since_s=since_s,
        zone=facts.zone,
        targets_s=facts.targets_s,
        by=by,
        has_calendar=facts.known.has_calendar,
    )


def _understood(facts: RecordFacts) -> Json:
    """Nothing had to be guessed: the record knows its columns."""
    known = facts.known
    return {
        "zone": {"name": known.zone, "how": "the zone of most sites"},
        "facts": {**known.counts, "event": known.events},
        "tables": [],
        "repaired": [],
        "left_out": [],
        "suspicions": [],
    }
