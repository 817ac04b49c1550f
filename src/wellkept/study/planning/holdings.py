"""What lies where today, our own minimum and maximum, and the stocks nobody may go below."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.catalogue import Catalogue
from wellkept.study.planning.cells import Complaints, Floats, Rows
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.places import Places

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Floor:
    """One stock that the plan may not go below: who asked for it, and until when."""

    part: int
    place: int
    pieces: int
    owner: str | None
    until_day: float  # nan: nobody set an end


@dataclass(frozen=True, slots=True, eq=False)
class Holdings:
    """Tables (parts, places). `position` is on hand, on order, and what comes back from repair;
    own levels are nan where none.

    `known` says whether any list has pieces on hand: own levels alone say nothing of them.
    """

    on_hand: Whole
    position: Whole
    reorder_point: Floats
    order_up_to: Floats
    least: Whole
    floors: tuple[Floor, ...]
    known: bool


def holdings(
    folder: PlanFolder, parts: Catalogue, places: Places, until_day: float,
    complaints: Complaints, mended: Floats | None = None,
) -> Holdings:  # fmt: skip
    """This will gather the stock; a place that is not written is the depot.

    Of the pieces in repair the share `mended` (parts,) comes back, to the depot.
    """
    shape = (len(parts), len(places))
    hand, coming, mending = np.zeros(shape), np.zeros(shape), np.zeros(shape[0])
    least, most = np.full(shape, np.nan), np.full(shape, np.nan)
    floors: list[Floor] = []
    for rows in folder.of("stock"):
        numbers = rows.texts("part")
        part, place = parts.of(numbers), np.maximum(places.of(rows.texts("location")), 0)
        good = part >= 0
        on_hand = rows.numbers("on_hand", 0.0)
        low = on_hand < 0
        complaints.about(
            rows, "on_hand", low, f"{rows.file.name}: fewer pieces than none",
            "counted as none",
        )  # fmt: skip
        worth = parts.ratios(numbers)
        at = (part[good], place[good])
        np.add.at(hand, at, (np.maximum(on_hand, 0) * worth)[good])
        np.add.at(coming, at, (np.maximum(rows.numbers("on_order", 0.0), 0) * worth)[good])
        broken = np.maximum(rows.numbers("in_repair", 0.0), 0) * worth
        if mended is not None:
            np.add.at(mending, part[good], (broken[good] * mended[part[good]]))
            unmended = good & (broken > 0) & ~(mended[part] > 0)
            complaints.about(
                rows, "in_repair", unmended,
                f"{rows.file.name}: pieces in repair of a part that is not repaired",
                "not counted; write the turnaround of its repair in the list of parts",
            )  # fmt: skip
        _keep(least, at, (rows.numbers("reorder_point") * worth)[good])
        _keep(most, at, (rows.numbers("order_up_to") * worth)[good])
        floors += _floors(rows, part, place, until_day, complaints)
    kept = np.zeros(shape, np.int64)
    for floor in floors:
        kept[floor.part, floor.place] = max(kept[floor.part, floor.place], floor.pieces)
    coming[:, 0] += mending
    on_hand_whole = np.floor(hand + 1e-9).astype(np.int64)
    return Holdings(
        on_hand=on_hand_whole,
        position=on_hand_whole + np.floor(coming + 1e-9).astype(np.int64),
        reorder_point=least,
        order_up_to=np.where(np.isnan(most), np.nan, np.maximum(most, np.nan_to_num(least))),
        least=kept,
        floors=tuple(floors),
        known=any(rows.has("on_hand") for rows in folder.of("stock")),
    )


def _keep(table: Floats, at: tuple[Whole, Whole], values: Floats) -> None:
    written = ~np.isnan(values)
    table[at[0][written], at[1][written]] = values[written]


def _floors(
    rows: Rows, part: Whole, place: Whole, until_day: float, complaints: Complaints
) -> list[Floor]:
    wanted, until = rows.numbers("never_below", 0.0), rows.days("never_until")
    owners = rows.texts("never_owner")
    over = (wanted > 0) & (until < until_day)
    complaints.about(
        rows, "never_below", over, f"{rows.file.name}: ‘never below’ has expired",
        "it no longer binds the plan",
    )  # fmt: skip
    ownerless = (wanted > 0) & ~over & np.array([not owner for owner in owners], bool)
    complaints.about(
        rows, "never_below", ownerless, f"{rows.file.name}: ‘never below’ has no owner",
        "it binds the plan; name who asked for it",
    )  # fmt: skip
    return [
        Floor(int(part[at]), int(place[at]), int(np.ceil(wanted[at])), owners[at], float(until[at]))
        for at in np.flatnonzero((wanted > 0) & ~over & (part >= 0))
    ]
