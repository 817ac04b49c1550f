"""Need that lists tell without days: pieces used in a year, and hours that a piece runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wellkept.study.planning.catalogue import Catalogue, first_known
from wellkept.study.planning.cells import Complaints, Floats, Rows
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.places import Places
from wellkept.study.planning.priors import Priors

HOURS = 8760.0
TABLES = ("part", "stock")


def tells_need(folder: PlanFolder) -> bool:
    """This will say whether some list tells how much of its parts is used, or how long they run."""
    return any(
        rows.has("used_per_year")
        or rows.has("used_per_month")
        or (rows.has("mtbf_h") and rows.has("pieces_installed"))
        for name in TABLES
        for rows in folder.of(name)
    )


def used_in_a_year(
    folder: PlanFolder, parts: Catalogue, places: Places, dated: bool, complaints: Complaints
) -> Floats | None:
    """This will give the pieces used in a year, as a table (parts, places); nan where none says.

    None where no list tells it, or requests with days tell more (`dated`): what was used is theirs.
    """
    found = np.full((len(parts), len(places)), np.nan)
    for rows in (rows for name in TABLES for rows in folder.of(name)):
        header = rows.header.get("used_per_year") or rows.header.get("used_per_month")
        if header is None:
            continue
        if dated:
            complaints.say(
                f"{rows.file.name}: ‘{header}’ is not used, for the requests with their days tell "
                "more.",
                len(rows),
            )
            continue
        _add(found, rows, parts, places, complaints)
        complaints.say(
            f"{rows.file.name}: ‘{header}’ counts as so many requests for one piece each in one "
            "year; who asked when nobody wrote down, so nothing of it can be replayed.",
            len(rows),
        )
    return None if np.isnan(found).all() else found


def _add(
    found: Floats, rows: Rows, parts: Catalogue, places: Places, complaints: Complaints
) -> None:
    """Sum up what the rows of one list say; of a part at one place the first list counts."""
    used = rows.numbers("used_per_year")
    used = np.where(np.isnan(used), 12 * rows.numbers("used_per_month"), used)
    complaints.about(
        rows, "used_per_year", used < 0, f"{rows.file.name}: less used than nothing",
        "not used, as if it were blank",
    )  # fmt: skip
    numbers = rows.texts("part")
    part, place = parts.of(numbers), np.maximum(places.of(rows.texts("location")), 0)
    good = (part >= 0) & (used >= 0)
    mine = np.full_like(found, np.nan)
    at = (part[good], place[good])
    mine[at] = 0.0
    np.add.at(mine, at, (used * parts.ratios(numbers))[good])
    silent = np.isnan(found)
    found[silent] = mine[silent]


def worn_in_a_year(folder: PlanFolder, parts: Catalogue, priors: Priors) -> Floats:
    """This will give the pieces a year by hours between replacements and installed pieces (parts,).

    nan where a list does not say both. Hours that a piece runs in a year are assumed: all of them.
    """
    lists = folder.of("part")
    hours = first_known(parts, lists, "mtbf_h")
    pieces = first_known(parts, lists, "pieces_installed")
    known: NDArray[np.bool_] = (hours > 0) & (pieces > 0)
    priors.assume(
        "hours_per_year", HOURS, "h",
        "hours that an installed piece runs in a year: no list says it, and its hours between "
        "replacements need it", [parts.numbers[at] for at in np.flatnonzero(known)],
    )  # fmt: skip
    return np.where(known, pieces * HOURS / np.where(known, hours, 1.0), np.nan)
