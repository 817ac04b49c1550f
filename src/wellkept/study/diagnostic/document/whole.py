"""The whole diagnose document of a locked round: the only way from answers to records."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

import numpy as np

from wellkept.methods import views
from wellkept.study.diagnostic.answers import Round
from wellkept.study.diagnostic.claim import VERSION, Claim
from wellkept.study.diagnostic.claims.catalogue import BY_ID, CLAIMS, SHORT
from wellkept.study.diagnostic.document.claims import Row, claim_document
from wellkept.study.diagnostic.document.confidence import (
    confidence_document,
    judged,
    numbers_document,
    scales_document,
    views_document,
)
from wellkept.study.diagnostic.document.values import Json, real
from wellkept.study.diagnostic.evidence.catalogue import evidence_of
from wellkept.study.diagnostic.evidence.finding import (
    YEAR_S,
    AsOf,
    Found,
    NoRecord,
    Records,
    Scope,
)
from wellkept.study.diagnostic.instrument import CUSTOMER_QUESTIONS
from wellkept.study.diagnostic.locking import Locked, require
from wellkept.study.diagnostic.naming import SURE, open_action
from wellkept.study.diagnostic.recalls import Recall, recalls
from wellkept.study.diagnostic.scoring import Scores, gap_of, standings
from wellkept.study.diagnostic.voices import Voices, voice_of, voices_of
from wellkept.study.facts.source import Source
from wellkept.study.measures.card import Nowhere, Where, iso
from wellkept.study.measures.composing import Said, listed
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.once import Once
from wellkept.study.measures.selections import SHARED

QUARTER = timedelta(days=91)
MOST_PROMISES = 3
AT_STAKE = ("overlooked", "normalised", "contested", "gap", "unprovable")


def diagnose(
    locked: Locked,
    source: Source,
    as_of: AsOf,
    *,
    scope: Scope | None = None,
    where: Where | None = None,
) -> Json:
    """This will read the evidence of each claim of a locked round and set both side by side.

    Raises NotLocked, before anything is read, unless the round is locked.
    """
    records = Records(require(locked), Once(source, SHARED), as_of, scope or Scope())
    claims = claims_of(locked.answers)
    by_id = evidence_of(records, tuple(claim.evidence for claim in claims))
    named = recalls(records, locked.answers)
    beside = _beside(records, locked.answers, claims)
    return document_of(
        locked, claims, list(by_id.values()), as_of, where or Nowhere(), named, beside
    )


def _beside(records: Records, answers: Round, claims: Sequence[Claim]) -> dict[str, int | None]:
    """The levels shown of claims that customers were asked about, and the form does not ask."""
    if not answers.customers:
        return {}
    asked = {claim.id for claim in claims}
    named = dict.fromkeys(one for question in CUSTOMER_QUESTIONS for one in question.claims)
    more = [BY_ID[one] for one in named if one not in asked]
    found = list(evidence_of(records, tuple(claim.evidence for claim in more)).values())
    levels = [one.median for one in standings(more, found).standings]
    return dict(zip((claim.id for claim in more), levels, strict=True))


def claims_of(answers: Round) -> tuple[Claim, ...]:
    """This will give the claims of a form: twelve, or all."""
    return CLAIMS if answers.form == "full" else SHORT


def document_of(
    locked: Locked,
    claims: Sequence[Claim],
    found: list[Found | NoRecord],
    as_of: AsOf,
    where: Where,
    named: Mapping[str, Recall] | None = None,
    beside: Mapping[str, int | None] | None = None,
) -> Json:
    """This will score what was found against what was said; it reads no record itself."""
    answers = locked.answers
    voices, scores = voices_of(answers, claims), standings(claims, found)
    on = datetime.fromtimestamp(as_of.until_s, tz=as_of.zone).date()
    rows = [
        _row(i, claim, found[i], scores, voices, answers, on, (named or {}).get(claim.id))
        for i, claim in enumerate(claims)
    ]
    ordered = sorted(rows, key=lambda row: tuple(-x for x in row.touched))
    pairs = judged(voices, scores)
    next_on = on + QUARTER
    return {
        "contract": 1,
        "claims_version": VERSION,
        "form": answers.form,
        "until": iso(as_of.until_s),
        "since": iso(as_of.until_s - YEAR_S),
        "locked": {"at": iso(locked.at_s), "sha256": locked.sha256},
        "respondents": _respondents(voices),
        "claims": [claim_document(row, where, next_on) for row in ordered],
        "confidence": confidence_document(pairs),
        "numbers": numbers_document(voices, found),
        "views": views_document(voices),
        "scales": scales_document(answers),
        "normalised": [_wall(row) for row in ordered if row.name == "normalised"],
        "unprovable": _unprovable(rows),
        "customers": _customers(answers, rows, beside or {}),
        "choose": [row.claim.id for row in ordered if row.name in AT_STAKE][:MOST_PROMISES],
        "shown_at_3": _at_three(rows),
        "next_on": next_on.isoformat(),
        "says": _says(rows),
    }


def _row(
    i: int,
    claim: Claim,
    found: Found | NoRecord,
    scores: Scores,
    voices: Voices,
    answers: Round,
    on: date,
    named: Recall | None,
) -> Row:
    voice = voice_of(voices, i)
    gap = gap_of(scores, i, voice.level)
    action = open_action(answers.actions, claim.id, on)
    may = voices.own or (named is not None and named.named >= views.FEWEST)
    return Row(
        claim, found, scores.standings[i], voice, gap, action, (named or Recall()) if may else None
    )


def _respondents(voices: Voices) -> Json:
    """Who answered, by groups that may be shown; the rest are counted together, if at all."""
    answered = np.any(~np.isnan(voices.level), axis=1, keepdims=True)[:, 0]
    shown = voices.shown(answered) if voices.people else np.zeros(len(voices.names), bool)
    groups = [
        {"group": name, "n": int(np.count_nonzero(row & answered))}
        for name, row, may in zip(voices.names, voices.members, shown, strict=True)
        if may
    ]
    hidden = [n for n, may in zip(voices.names, shown, strict=True) if not may]
    return {"n": voices.people, "own": voices.own, "fewest": views.FEWEST, "groups": groups,
            "hidden": [] if voices.own else [*hidden, *voices.small],
            "left_out": voices.left_out}  # fmt: skip


def _wall(row: Row) -> Json:
    """The evidence strip of a normalised claim."""
    strip = row.found.strip if isinstance(row.found, Found) else None
    empty: Json = {"claim": row.claim.id, "sentence": row.claim.sentence, "since": None,
                   "weeks": [], "weeks_below": None, "customers": None, "failed": None,
                   "moved": None, "renewed": row.action.renewed if row.action else 0,
                   "predictable": None, "promise": None}  # fmt: skip
    if strip is None:
        return empty
    weeks = [
        {"start": iso(w.start_s)[:10], "k": w.k, "n": w.n, "low": real(w.low), "high": real(w.high)}
        for w in strip.weeks
    ]
    return empty | {
        "since": None if strip.since_s is None else iso(strip.since_s)[:10],
        "weeks": weeks,
        "weeks_below": strip.weeks_below,
        "customers": strip.customers,
        "failed": strip.failed,
        "moved": strip.moved,
        "predictable": strip.predictable,
        "promise": real(strip.promise),
    }


def _unprovable(rows: Sequence[Row]) -> list[Json]:
    """Claims without a record: first those that are claimed with confidence."""
    those = [row for row in rows if row.standing.state == "no_record"]
    listed = sorted(those, key=lambda row: (not _trusted(row), row.name != "unprovable"))
    return [
        {"claim": row.claim.id, "sentence": row.claim.sentence, "name": row.name,
         "trusted": _trusted(row), "keep": row.claim.keep, "notes": list(row.found.notes)}
        for row in listed
    ]  # fmt: skip


def _trusted(row: Row) -> bool:
    return row.name == "unprovable" and (row.voice.confidence or 0.0) >= SURE


def _customers(answers: Round, rows: Sequence[Row], beside: Mapping[str, int | None]) -> Json:
    """The customers' mirror beside what the records show; fewer than four are not shown."""
    seen = {**beside, **{row.claim.id: row.standing.median for row in rows}}
    table = []
    for question in CUSTOMER_QUESTIONS:
        told = [one[question.id] for one in answers.customers if question.id in one]
        may = len(told) >= views.FEWEST
        table.append({
            "question": question.question,
            "n": len(told),
            "level": real(float(np.median(told))) if may else None,
            "claims": list(question.claims),
            "shown": [seen.get(claim) for claim in question.claims],
        })  # fmt: skip
    return {"n": len(answers.customers), "rows": table if answers.customers else []}


def _at_three(rows: Sequence[Row]) -> Json:
    """Claims shown at level 3 or more; no score, and not on the first page."""
    shown = [row for row in rows if row.standing.state == "shown"]
    k = sum((row.standing.median or 0) >= 3 for row in shown)
    return {"k": k, "n": len(shown), "of": len(rows)}


def _says(rows: Sequence[Row]) -> Said:
    """The point in one sentence: how many claims stand, and how; each is counted once."""
    names = ["no_record" if row.standing.state == "no_record" else row.name for row in rows]
    counts = {key: names.count(key) for key in COUNTED}
    counts["undecided"] = len(rows) - sum(counts.values())
    claims = [COUNTED[key](n) % {"n": n} for key, n in counts.items() if n]
    whole = ngettext("Of %(n)s claims: %(claims)s.", "Of %(n)s claims: %(claims)s.", len(rows))
    return whole % {"n": len(rows), "claims": listed(claims)}


COUNTED: dict[str, Callable[[int], Said]] = {
    "no_record": lambda n: ngettext(
        "%(n)s cannot be shown by any record", "%(n)s cannot be shown by any record", n
    ),
    "overlooked": lambda n: ngettext("%(n)s overlooked", "%(n)s overlooked", n),
    "normalised": lambda n: ngettext("%(n)s normalised", "%(n)s normalised", n),
    "contested": lambda n: ngettext("%(n)s contested", "%(n)s contested", n),
    "gap": lambda n: ngettext("%(n)s shown less than claimed", "%(n)s shown less than claimed", n),
    "doubted": lambda n: ngettext("%(n)s doubted", "%(n)s doubted", n),
    "in_hand": lambda n: ngettext("%(n)s in hand", "%(n)s in hand", n),
    "held": lambda n: ngettext("%(n)s held", "%(n)s held", n),
    "undecided": lambda n: ngettext("%(n)s undecided", "%(n)s undecided", n),
}
"""What the first sentence counts; the rest is undecided: too few cases, or too few answers."""
