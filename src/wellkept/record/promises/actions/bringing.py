"""Promises by the hundred thousand, as columns: the rules of `make_promises`, for all at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from wellkept.record.access.columns import Batch, Column, Keys, earlier, insert_batch
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.access.wording import said
from wellkept.record.promises.actions.making import NotAPromise
from wellkept.record.promises.actions.rights import KEEPERS
from wellkept.record.promises.models import Promise, PromiseEvent
from wellkept.record.promises.rules import KINDS_BY_WORD, Verdict, Word

ENDS = {
    Word.FULFILLED: "fulfilled_at",
    Word.RELEASED: "released_at",
    Word.ENDED: "ended_at",
}


@verb(*KEEPERS)
def bring_promises(
    *, columns: Mapping[str, Column], same: Mapping[str, Any], at: datetime, by: By
) -> Keys:
    """This will keep new promises of one due date each, given as columns; gives their keys.

    Columns are fields of a promise, moments in seconds; `same` has what all of them share, among
    it the role that answers. `first_due` is their date, and nobody has moved it. They may be
    settled already. A promise that contradicts itself is refused: `make_promises` can keep it,
    with its doubt. Raises NotAPromise, NotTrue.
    """
    _see_that_whole(columns, same)
    for name in ("first_due", *ENDS.values()):
        if name in columns:
            early = earlier(columns[name], columns["made_at"])
            _refuse(
                columns, early, _("its %(name)s lies before it was made") % {"name": said(name)}
            )
    due = columns["first_due"]
    made = insert_batch(
        Batch(
            Promise,
            {**columns, "current_due": due, "judged_due": due},
            {**same, "recorded_at": at, "recorded_by_id": None if by is None else by.pk},
        )
    )
    for word, name in ENDS.items():
        if name in columns:
            _log(made.keys, word, np.ma.asarray(columns[name]), at, by)
    note(made)
    return made


def _see_that_whole(columns: Mapping[str, Column], same: Mapping[str, Any]) -> None:
    if same.get("accountable_id") is None:
        raise NotAPromise(_("Promises need the role that answers for them."))
    strange = set(columns["kind"]) - KINDS_BY_WORD.keys()
    if strange:
        raise NotAPromise(_("“%(kind)s” is no kind of promise.") % {"kind": min(strange)})
    verdicts = {one for one in columns["verdict"] if one is not None}
    if not verdicts <= set(Verdict):
        raise NotAPromise(
            _("“%(verdict)s” is no verdict; write kept or broken.")
            % {"verdict": min(verdicts - set(Verdict))}
        )
    told = np.array([one is not None for one in columns["verdict"]], bool)
    undated = np.ma.getmaskarray(np.ma.asarray(columns["first_due"]))
    _refuse(columns, undated & ~told, _("it needs a due date, or the verdict of its source"))


def _refuse(columns: Mapping[str, Column], where: NDArray[np.bool_], why: str) -> None:
    found = np.flatnonzero(where)
    if found.size:
        raise NotAPromise(
            _("“%(about)s”: %(why)s (%(count)s such promises).")
            % {"about": columns["about"][found[0]], "why": why, "count": f"{found.size:,}"}
        )


def _log(keys: Sequence[int], word: Word, ends: Any, at: datetime, by: By) -> None:
    places = np.flatnonzero(~np.ma.getmaskarray(ends))
    if places.size:
        insert_batch(
            Batch(
                PromiseEvent,
                {"promise_id": np.asarray(keys)[places], "at": ends[places]},
                {
                    "word": word.value,
                    "recorded_at": at,
                    "by_id": None if by is None else by.pk,
                },
            )
        )
