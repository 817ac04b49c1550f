"""What a length of time was promised to be, and who has outlasted it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.study.facts.source import Columns
from wellkept.study.measures.composing import Said
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.estimates import HOUR
from wellkept.study.measures.window import Window

OWN = _("its own date")


@dataclass(frozen=True, slots=True)
class Judged:
    """Who can be judged, who failed, and the promise in words (None: nothing was promised).

    `limit_h`: the promised length on the customer's clock, where it is one for all.
    """

    judged: NDArray[np.bool_]
    failed: NDArray[np.bool_]
    promise: Said | None
    limit_h: float | None = None


def judge(rows: Columns, window: Window, measure: str) -> Judged:
    """This will judge each row by its own date or, where it has none, by the stated target.

    `rows`: start_s, length_s, settled, limit_s (-1: no date of its own), work_s (-1: no promise
    clock). Judged are those whose promised time has passed by the window's end, whether they have
    ended or not; what is then still open has failed. A target counts cover hours where these are
    known, an own date never does.
    """
    limit = rows["limit_s"]
    own = limit >= 0
    target = window.target_s(measure)
    if target is None and not np.any(own):
        nobody = np.zeros(limit.size, bool)
        return Judged(nobody, nobody, None)
    if target is None:
        cover = np.zeros(limit.size, bool)
    else:
        limit = np.where(own, limit, target)
        cover = ~own & window.has_calendar & (rows["work_s"] >= 0)
    length = np.where(cover, rows["work_s"], rows["length_s"])
    judged = (limit >= 0) & _passed(rows, limit, length, cover, window)
    failed = judged & np.where(rows["settled"], length > limit, length >= limit)
    alone = target is not None and not np.any(own) and not np.any(cover)
    words = _words(target, own, cover)
    return Judged(judged, failed, words, target / HOUR if alone and target else None)


def _passed(
    rows: Columns,
    limit: NDArray[np.int64],
    length: NDArray[np.int64],
    cover: NDArray[np.bool_],
    window: Window,
) -> NDArray[np.bool_]:
    """Whose promised time has passed while they were under watch.

    On cover hours the first one that is open within its time marks from when on nobody is judged:
    otherwise the quick ones of the last days would count, and the slow ones not yet.
    """
    passed: NDArray[np.bool_] = np.where(
        rows["settled"], window.until_s - rows["start_s"] >= limit, length >= limit
    )
    young = cover & ~rows["settled"] & (length < limit)
    if not np.any(young):
        return passed
    return np.asarray(passed & (~cover | (rows["start_s"] < rows["start_s"][young].min())))


def _words(target: int | None, own: NDArray[np.bool_], cover: NDArray[np.bool_]) -> Said:
    if target is None or np.all(own):
        return OWN
    hours = {"hours": f"{target / HOUR:g}"}
    if np.any(own):
        covered = _("its own date, or within %(hours)s h of cover where it has none")
        plain = _("its own date, or within %(hours)s h where it has none")
    else:
        covered, plain = _("within %(hours)s h of cover"), _("within %(hours)s h")
    return (covered if np.any(cover) else plain) % hours
