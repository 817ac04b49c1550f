"""What was asked for: demand by part, place and day; what came back is kept apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.catalogue import Catalogue
from wellkept.study.planning.cells import Complaints, Floats, Rows, Texts
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.movements import Marks, Movements, movements
from wellkept.study.planning.places import Places
from wellkept.study.planning.told import used_in_a_year

Whole = NDArray[np.int64]
YEAR = 365.25


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """Demand as it happened, in the order of time; `place` -1 where nobody wrote one.

    `first_day` and `until_day` bound the window (days since 1970, the end not included); `shut`
    holds (part, place or -1, first day, last day) of stretches in which nothing could be taken.
    `yearly` (parts, places) is what lists say was used in a year, where no request has a day.
    """

    part: Whole
    place: Whole
    day: Floats
    pieces: Floats
    asset: Texts
    customer: Texts
    first_day: float
    until_day: float
    returns: int
    returned: float
    shut: tuple[tuple[int, int, float, float], ...]
    yearly: Floats | None = None

    @property
    def years(self) -> float:
        """Give the length of the window."""
        return max(self.until_day - self.first_day, 1.0) / YEAR

    def __len__(self) -> int:
        """Count the demands."""
        return int(self.part.size)

    def between(self, first_day: float, until_day: float) -> Past:
        """This will give the demands of a shorter window."""
        kept = (self.day >= first_day) & (self.day < until_day)
        return Past(
            self.part[kept], self.place[kept], self.day[kept], self.pieces[kept],
            self.asset[kept], self.customer[kept], first_day, until_day, self.returns,
            self.returned, self.shut, self.yearly,
        )  # fmt: skip


def past(
    folder: PlanFolder,
    parts: Catalogue,
    places: Places,
    until_day: float,
    begin_day: float | None,
    complaints: Complaints,
) -> Past:
    """This will gather the demand up to a day; returns are counted, and never subtracted."""
    columns: list[tuple[Whole, Whole, Floats, Floats, Texts, Texts]] = []
    returns, returned = 0, 0.0
    for rows in folder.of("demand"):
        moved = movements(rows)
        if not rows.has("quantity"):
            complaints.say(
                f"{rows.file.name}: no column says how many pieces: each row counts as one.",
                len(rows),
            )
        pieces, back = moved.pieces, moved.back
        day = rows.days("date")
        place = places.of(rows.texts("location"))
        part = parts.of(rows.texts("part"))
        _complain(rows, places, pieces, day, until_day, complaints)
        good = (part >= 0) & (day < until_day) & (pieces > 0)
        _say_ledger(rows, moved, good, complaints)
        back = back & ~moved.aside
        kept = good & ~back & ~moved.aside
        returns += int((good & back).sum())
        returned += float(pieces[good & back].sum())
        scaled = pieces * parts.ratios(rows.texts("part"))
        columns.append(
            (part[kept], place[kept], day[kept], scaled[kept],
             rows.texts("asset")[kept], rows.texts("customer")[kept])
        )  # fmt: skip
    part, place, day, pieces, asset, customer = _joined(columns)
    order = np.argsort(day, kind="stable")
    first = begin_day if begin_day is not None else float(day.min()) if day.size else until_day
    if returns:
        complaints.say(
            f"{returns:,} rows are returns ({returned:g} pieces): kept apart, for a return is not "
            "demand below zero.",
            returns,
        )
    return Past(
        part[order], place[order], day[order], pieces[order], asset[order], customer[order],
        min(first, until_day - 1), until_day, returns, returned,
        _shut(folder, parts, places, until_day),
        used_in_a_year(folder, parts, places, bool(part.size), complaints),
    )  # fmt: skip


def _say_ledger(rows: Rows, moved: Movements, good: Marks, complaints: Complaints) -> None:
    """Say of a ledger how its signs were read, and what of it was no request."""
    if moved.below_zero:
        complaints.say(
            f"{rows.file.name}: what went out is written below zero there; it was counted as asked "
            "for.",
            int((good & ~moved.aside & ~moved.back).sum()),
        )
    aside = int((good & moved.aside).sum())
    if aside:
        complaints.say(
            f"{rows.file.name}: {aside:,} rows came in, went from shelf to shelf or were counted: "
            "left out, for nobody asked for them.",
            aside,
        )


def _complain(
    rows: Rows, places: Places, pieces: Floats, day: Floats, until_day: float,
    complaints: Complaints,
) -> None:  # fmt: skip
    undated = np.isnan(day) & ~rows.unread.get("date", np.zeros(len(rows), bool))
    complaints.about(rows, "date", undated, f"{rows.file.name}: no day", "the row is left out")
    complaints.about(
        rows, "date", day >= until_day, f"{rows.file.name}: after the last day of the plan",
        "the row is left out",
    )  # fmt: skip
    complaints.about(
        rows, "quantity", pieces == 0, f"{rows.file.name}: no pieces", "the row is left out"
    )


def _joined(
    columns: list[tuple[Whole, Whole, Floats, Floats, Texts, Texts]],
) -> tuple[Whole, Whole, Floats, Floats, Texts, Texts]:
    if not columns:
        whole, real, text = np.empty(0, np.int64), np.empty(0), np.empty(0, object)
        return whole, whole, real, real, text, text
    part, place, day, pieces, asset, customer = zip(*columns, strict=True)
    return (
        np.concatenate(part), np.concatenate(place), np.concatenate(day),
        np.concatenate(pieces), np.concatenate(asset), np.concatenate(customer),
    )  # fmt: skip


def _shut(
    folder: PlanFolder, parts: Catalogue, places: Places, until_day: float
) -> tuple[tuple[int, int, float, float], ...]:
    found = [
        (parts.place[number], -1, first, min(last, until_day))
        for one in folder.wide
        for number, first, last in one.closed
        if number in parts.place and first < until_day
    ]
    for rows in folder.of("stock_out"):
        part, place = parts.of(rows.texts("part")), places.of(rows.texts("location"))
        starts, ends = rows.days("starts"), rows.days("ends")
        for at in np.flatnonzero((part >= 0) & ~np.isnan(starts)):
            end = until_day if np.isnan(ends[at]) else min(float(ends[at]) + 1, until_day)
            if end > starts[at]:
                found.append((int(part[at]), int(place[at]), float(starts[at]), end))
    return tuple(found)
