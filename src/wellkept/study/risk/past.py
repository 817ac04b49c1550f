"""Past promises as columns: when each was made, due and done, and whom it is like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.bounds import Floats
from wellkept.study.facts.source import Source

Seconds = NDArray[np.int64]
Likeness = tuple[str, str]
"""What a promise is compared by: its kind, and what a stop means to the customer."""
OPEN = np.iinfo(np.int64).max
USABLE = (
    "judged_due_s IS NOT NULL AND made_s IS NOT NULL AND judged_due_s > made_s AND verdict IS NULL "
    "AND coalesce(done_s, made_s) >= made_s AND coalesce(ended_s, made_s) >= made_s "
    "AND coalesce(released_s, made_s) >= made_s"
)
GROUPS = (
    "SELECT kind, consequence, count(*) AS promises FROM promise "
    f"WHERE {USABLE} GROUP BY kind, consequence ORDER BY kind, consequence"
)
ROWS = f"""
    SELECT g.no AS likeness, p.promise_no, p.made_s, p.judged_due_s AS due_s,
      coalesce(p.done_s, {OPEN}) AS done_s, coalesce(p.ended_s, {OPEN}) AS ended_s,
      coalesce(p.released_s, {OPEN}) AS released_s
    FROM promise p JOIN (SELECT kind, consequence,
        row_number() OVER (ORDER BY kind, consequence) - 1 AS no
        FROM (SELECT DISTINCT kind, consequence FROM promise WHERE {USABLE}) d) g
      ON g.kind = p.kind AND g.consequence = p.consequence
    WHERE {USABLE} ORDER BY p.promise_no"""
LEFT_OUT = f"SELECT count(*) AS n FROM promise WHERE NOT coalesce({USABLE}, false)"


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """Promises as they were known at a moment: for how much of its time each was open, and its end.

    `lasted` is in allowances, 1 at the judged date; `done` was fulfilled then, `never` given up
    then; `told` has shown whether it was kept, `place` says which promise of the past it is.
    """

    lasted: Floats
    done: NDArray[np.bool_]
    never: NDArray[np.bool_]
    told: NDArray[np.bool_]
    likeness: NDArray[np.int64]
    place: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Every promise that says when it was made and when it falls due; `OPEN` has not happened.

    `likenesses[likeness[i]]` is the kind and consequence of promise i; `left_out` could not be
    used, because a date is missing or stands before the promise was made.
    """

    likenesses: tuple[Likeness, ...]
    likeness: NDArray[np.int64]
    number: NDArray[np.int64]
    made_s: Seconds
    due_s: Seconds
    done_s: Seconds
    ended_s: Seconds
    released_s: Seconds
    left_out: int

    @property
    def end_s(self) -> Seconds:
        """When each came to its end, whatever end that was."""
        return np.minimum(self.done_s, np.minimum(self.ended_s, self.released_s))

    @property
    def allowance_s(self) -> Seconds:
        """How long each was given."""
        return self.due_s - self.made_s

    def known_at(self, at_s: int) -> Watched:
        """This will give the promises made before a moment, with nothing that came after it."""
        place = np.flatnonzero(self.made_s < at_s)
        end = np.minimum(self.end_s[place], at_s)
        lasted = (end - self.made_s[place]) / self.allowance_s[place]
        ended = self.end_s[place] <= at_s
        done = ended & (self.done_s[place] == self.end_s[place])
        never = ended & ~done & (self.ended_s[place] == self.end_s[place])
        told = done | never | (lasted >= 1)
        return Watched(lasted, done, never, told, self.likeness[place], place)

    def kept(self) -> NDArray[np.bool_]:
        """This will tell which were fulfilled by their date."""
        kept: NDArray[np.bool_] = (self.done_s == self.end_s) & (self.done_s <= self.due_s)
        return kept


def read_past(source: Source) -> Past:
    """This will read what the promises of a set of facts became."""
    groups = source.rows(GROUPS)
    found = source.columns(ROWS)
    columns = {name: np.asarray(values, np.int64) for name, values in found.items()}
    return Past(
        likenesses=tuple((row["kind"], row["consequence"]) for row in groups),
        likeness=columns["likeness"],
        number=columns["promise_no"],
        made_s=columns["made_s"],
        due_s=columns["due_s"],
        done_s=columns["done_s"],
        ended_s=columns["ended_s"],
        released_s=columns["released_s"],
        left_out=int(source.rows(LEFT_OUT)[0]["n"]),
    )
