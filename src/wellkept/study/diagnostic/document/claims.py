"""The part about one claim: what was said, what is shown, the gap and its name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wellkept.study.diagnostic.answers import Action
from wellkept.study.diagnostic.claim import Claim
from wellkept.study.diagnostic.document.values import Json, figure, named, real
from wellkept.study.diagnostic.evidence.catalogue import EVIDENCES
from wellkept.study.diagnostic.evidence.finding import Found, NoRecord
from wellkept.study.diagnostic.naming import MEANS, WORDS, Case, name_of
from wellkept.study.diagnostic.recalls import Recall
from wellkept.study.diagnostic.scoring import GapFound, Standing
from wellkept.study.diagnostic.voices import Voice
from wellkept.study.measures.card import Where

NAMED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """Everything known about one claim, with its name."""

    claim: Claim
    found: Found | NoRecord
    standing: Standing
    voice: Voice
    gap: GapFound | None
    action: Action | None
    recall: Recall | None = None

    @property
    def name(self) -> str:
        """The key of the gap's name."""
        return name_of(Case(self.found, self.standing, self.voice, self.gap, self.action))

    @property
    def touched(self) -> tuple[int, int]:
        """Consequence: grave failures, then customers."""
        hit = self.found.touched
        return hit.safety + hit.stopped, hit.customers or 0


def claim_document(row: Row, where: Where, next_on: date) -> Json:
    """This will give the part of one claim."""
    claim, name = row.claim, row.name
    return {
        "id": claim.id,
        "area": claim.area,
        "sentence": claim.sentence,
        "anchors": list(claim.anchors),
        "claimed": _claimed(row.voice, row.recall),
        "shown": shown_document(row),
        "gap": _gap(row.gap),
        "name": {"key": name, "word": WORDS[name], "means": MEANS[name], "of_this": claim.gap},
        "evidence": _evidence(row, where),
        "touched": {
            "customers": row.found.touched.customers,
            "safety": row.found.touched.safety,
            "production_stopped": row.found.touched.stopped,
        },
        "owner": _owner(row.action),
        "keep": claim.keep,
        "says": says(row, next_on),
    }


def _claimed(voice: Voice, recall: Recall | None) -> Json:
    apart = voice.apart
    return {
        "level": real(voice.level),
        "confidence": real(voice.confidence),
        "n": voice.n,
        "hidden": voice.hidden,
        "cannot_say": voice.unsure,
        "skipped": voice.skipped,
        "recalled": None
        if recall is None
        else {"named": recall.named, "in_the_records": recall.matched},
        "groups": [
            {"group": g.group, "n": g.n, "level": real(g.level), "confidence": real(g.confidence)}
            for g in voice.groups
        ],
        "apart": None
        if apart is None
        else {"first": apart.first, "second": apart.second, "value": real(apart.value),
              "low": real(apart.low), "high": real(apart.high)},
    }  # fmt: skip


def shown_document(row: Row) -> Json:
    """This will give what the records show: k of n, the level with its interval, its limits."""
    found, standing, claim = row.found, row.standing, row.claim
    counts: dict[str, Any] = dict.fromkeys(("k", "n", "unit", "share", "census"))
    if isinstance(found, Found):
        share = found.k / found.n if found.n else None
        counts = {"k": found.k, "n": found.n, "unit": found.unit, "share": real(share),
                  "census": found.census}  # fmt: skip
    return {
        "state": standing.state,
        **counts,
        "cuts": list(claim.cuts),
        "level": standing.median,
        "low": standing.low,
        "high": standing.high,
        "chances": [real(chance) for chance in standing.chances],
        "ceiling": standing.ceiling,
        "conditions": [
            {"level": level, "text": text, "state": _condition(standing, level)}
            for level, text in claim.conditions.items()
        ],
    }


def _condition(standing: Standing, level: int) -> str:
    if level in standing.unmet:
        return "not met"
    if level in standing.missing or standing.state == "no_record":
        return "no record"
    return "judged"


def _gap(gap: GapFound | None) -> Json | None:
    if gap is None:
        return None
    return {"value": real(gap.value), "low": real(gap.low), "high": real(gap.high),
            "chance_of_less": real(gap.below), "flagged": gap.flagged}  # fmt: skip


def _evidence(row: Row, where: Where) -> Json:
    found = row.found
    should = found.should if isinstance(found, Found) else None
    used = found.n if isinstance(found, Found) else None
    share = used / should if used is not None and should else None
    return {
        "id": row.claim.evidence,
        "version": EVIDENCES[row.claim.evidence].version,
        "words": row.claim.shows,
        "completeness": {"used": used, "should": should, "share": real(share)},
        "cases": named(found.cases, where),
        "case_unit": found.case_unit,
        "number": figure(found.number) if isinstance(found, Found) else None,
        "notes": list(found.notes),
    }


def _owner(action: Action | None) -> Json | None:
    if action is None:
        return None
    until = action.until.isoformat() if action.until else None
    return {"name": action.owner, "since": action.since.isoformat(), "until": until,
            "renewed": action.renewed}  # fmt: skip


def says(row: Row, next_on: date) -> str:
    """This will say it in sentences: what was said, what is shown, where, and who has it."""
    parts = [_they_said(row.voice), _records_say(row)]
    cases = [case.id for case in row.found.cases[:NAMED]]
    if cases:
        parts.append(f"Most visible in: {', '.join(cases)}.")
    if row.standing.state == "no_record":
        parts.append(f"Start to keep {row.claim.keep}.")
    else:
        parts.append(_who_has_it(row.action))
        parts.append(f"Next evidence: {next_on.isoformat()}.")
    return " ".join(parts)


def _they_said(voice: Voice) -> str:
    if voice.level is None:
        return "What was said is hidden." if voice.hidden else "Nobody said a level."
    sure = voice.confidence
    confident = "" if sure is None else f" (confidence {100 * sure:.0f} %)"
    return f"You said level {level_words(voice.level)}{confident}."


def _records_say(row: Row) -> str:
    found, standing = row.found, row.standing
    if isinstance(found, NoRecord) or not found.n:
        return "No record could show it."
    counted = f"{found.k:,} of {found.n:,} {found.unit}"
    if standing.state == "too_few":
        return f"The records hold {counted}: too few to show a level."
    between = (
        "" if standing.low == standing.high else f" (between {standing.low} and {standing.high})"
    )
    cap = f", and cannot show more than {standing.ceiling}" if standing.ceiling < 4 else ""
    return f"The records show level {standing.median}{between}, {counted}{cap}."


def _who_has_it(action: Action | None) -> str:
    if action is None:
        return "Nobody owns it."
    until = f" until {action.until.isoformat()}" if action.until else ", without an end date"
    return f"{action.owner} owns it since {action.since.isoformat()}{until}."


def level_words(level: float) -> str:
    """This will write a level: whole, or the middle of two.

    >>> level_words(3.0), level_words(2.5)
    ('3', '2.5')
    """
    return f"{level:g}"
