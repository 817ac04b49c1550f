"""Two columns for one promised date: the date first given, and the one that came after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellkept.record.sources.evidence import is_moment
from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.lexicon import CORE, TIER, Match, matches
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.understanding import Column, Suspicion

LEAST = CORE - 2 * TIER  # a near meaning is not enough to move a date
_DUE = ("due", "promised", "scheduled", "new_due")
_END = ("finished", "resolved", "closed", "delivery", "shipped", "received", "done")
_MOVED = bag(
    """revised revision rescheduled reschedule extended postponed amended replanned recommit
    recommitted repromised new
    neu neuer neues neue verschoben verschobener verschobenes verlangert verlangerter geandert
    geanderter geandertes nouvelle nouveau revise revisee reporte reportee prolonge prolongee nuovo
    nuova rivisto rivista rinviato rinviata posticipato posticipata prorogato prorogata nuevo nueva
    revisado revisada reprogramado reprogramada prorrogado prorrogada aplazado aplazada nieuwe
    herziene verzette uitgestelde novo nova revisto reagendado reagendada adiado adiada"""
)
"""What is said of a date that replaced another; the end of work so called lies ahead."""
_LATER = _MOVED | bag(
    """current latest updated adjusted aktuell aktueller aktuelles aktualisiert aktualisierter
    angepasst angepasster actualise actualisee aggiornato aggiornata actualizado actualizada
    huidige aangepaste atualizado atualizada"""
)
_WHEN_MOVED = bag("at on am by durch le il el op em")  # "rescheduled on": when, and not to when
_TO_WHEN = bag("to until auf bis au al a hasta tot para ate")
_HELD = ("due", "moved_at", "changed")  # "updated due date" is no date of a change


@dataclass(frozen=True, slots=True)
class Moved:
    """The column of the date first given and the one of the date after it, and what is in doubt."""

    first: ColumnProfile
    later: ColumnProfile
    doubt: Suspicion | None = None

    @property
    def why(self) -> str:
        """This will say what was taken, in a sentence."""
        return (
            f"first_due: ‘{self.first.header}’ is taken as the date first given, since "
            f"‘{self.later.header}’ gives the date it was moved to; where that is blank, the "
            "first stands."
        )


def moved_dates(
    profiles: Sequence[ColumnProfile],
    roles: Mapping[str, Column],
    meanings: Mapping[str, Sequence[Match]],
) -> Moved | None:
    """This will find the one column whose header says that it holds a date after the first.

    `roles` are those taken already; what the recipe states stays. None where no column gives a due
    date, where the first date or a move has its own column, and where two columns claim to hold
    the later date.
    """
    if "due" not in roles or roles["due"].how == "recipe" or {"first_due", "old_due"} & set(roles):
        return None
    held = {column.key: role for role, column in roles.items()}
    stated = {column.key for column in roles.values() if column.how == "recipe"}
    free = [
        one
        for one in profiles
        if one.key in meanings.keys() - stated
        and held.get(one.key, "due") in _HELD
        and is_moment(one)
    ]
    later = [one for one in free if _is_later(one, held.get(one.key))]
    plain = [one for one in free if one not in later and _is_due(meanings[one.key])]
    if len(later) != 1 or not plain:
        return None
    first = next((one for one in plain if held.get(one.key) == "due"), plain[0])
    if held.get(first.key) != "due" and held.get(later[0].key) != "due":
        return None
    when = held.get(later[0].key) == "moved_at" and not _words(later[0]) & _TO_WHEN
    return Moved(first, later[0], _perhaps_when(later[0].header) if when else None)


def _words(profile: ColumnProfile) -> set[str]:
    return set(heading(profile.header_as_found or profile.header).words)


def _is_due(found: Sequence[Match]) -> bool:
    return any(one.notion in _DUE and not one.near and one.score >= LEAST for one in found)


def _is_later(profile: ColumnProfile, role: str | None) -> bool:
    """A word that says later, and a due date in the rest of the header or in the whole of it."""
    header = profile.header_as_found or profile.header
    words = heading(header).words
    said = _LATER & set(words)
    if not said:
        return False
    if role == "moved_at":
        return not _WHEN_MOVED & set(words)
    rest = " ".join(word for word in words if word not in _LATER)
    known = {one.notion for one in (*matches(header), *matches(rest)) if not one.near}
    return bool(known & set(_DUE) or (said & _MOVED and known & set(_END)))


def _perhaps_when(header: str) -> Suspicion:
    return Suspicion(
        f"‘{header}’ was read as the date to which a promise was moved, since no other column "
        "gives one; it may as well be the day on which the date was moved.",
        "If it is that day, say so in the recipe: moved_at = …",
    )
