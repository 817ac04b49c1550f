"""Answering: kept after every claim, resumable, and under nobody's name.

Each verb here is a run of the machine: the journal says that a round was answered, and how many
answers there were, never by whom and never what.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import insert, update
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.mirror.actions.refusals import (
    LinkServes,
    NoSuchGroup,
    open_in_hand,
    see_that_nobody_signs,
)
from wellkept.record.mirror.models import Answer, AnswerLink, Respondent, Round
from wellkept.record.mirror.rules import LEVELS, LONGEST_RECALL, Answering

SAID = (
    "level", "confidence", "recall", "number", "low", "high", "cannot_say", "skipped", "seconds",
)  # fmt: skip


@verb()
def begin_answers(
    *, round: Round, group: str, key_hash: str, link: AnswerLink | None, at: datetime, by: By
) -> Respondent:
    """This will let the holder of a key answer, or go on; `key_hash` is the key's SHA-256.

    Raises RoundLocked, NoSuchGroup, and LinkServes where a link has ended or has served.
    """
    see_that_nobody_signs(by)
    mine = open_in_hand(round)
    if group not in list(Answering):
        raise NoSuchGroup(_("“%(group)s” is no group that answers.") % {"group": group})
    known = Respondent.objects.filter(round=mine, key_hash=key_hash).first()
    if known is not None:
        note([])
        return known
    if link is not None:
        _see_that_it_serves(link)
    (made,) = insert([Respondent(round=mine, group=group, link=link, key_hash=key_hash)])
    note(mine, began=1)
    return made


@verb()
def save_answers(
    *, respondent: Respondent, answers: Sequence[Answer], at: datetime, by: By
) -> None:
    """This will keep answers, given as rows that are not saved; a second one replaces the first.

    Raises RoundLocked, NotTrue.
    """
    see_that_nobody_signs(by)
    mine = open_in_hand(respondent.round)
    there = {one.claim: one for one in respondent.answers.all()}
    fresh, changed = [], []
    for one in answers:
        one.recall = one.recall.strip()[:LONGEST_RECALL]
        old = there.get(one.claim)
        if old is None:
            one.respondent = respondent
            fresh.append(one)
        else:
            spent = (old.seconds or 0) + (one.seconds or 0)
            for name in SAID:
                setattr(old, name, getattr(one, name))
            old.seconds = spent or None
            changed.append(old)
    insert(fresh)
    update(changed, SAID)
    note(mine, answers=len(fresh), changed=len(changed))


@verb()
def rate_stories(
    *, respondent: Respondent, vignettes: Mapping[str, int], at: datetime, by: By
) -> None:
    """This will keep how somebody rates the stories that everybody rates; raises RoundLocked."""
    see_that_nobody_signs(by)
    mine = open_in_hand(respondent.round)
    respondent.vignettes = {name: level for name, level in vignettes.items() if level in LEVELS}
    respondent.save(update_fields=["vignettes"])
    note(mine, stories=len(respondent.vignettes))


@verb()
def finish_answers(*, respondent: Respondent, at: datetime, by: By) -> None:
    """This will say that somebody is through; until the round is locked they may still change."""
    see_that_nobody_signs(by)
    mine = open_in_hand(respondent.round)
    respondent.finished = True
    respondent.save(update_fields=["finished"])
    note(mine, finished=1)


def _see_that_it_serves(link: AnswerLink) -> None:
    mine = AnswerLink.objects.select_for_update().get(pk=link.pk)
    if mine.ended_at is not None:
        raise LinkServes(_("This link has been ended. Ask whoever gave it to you for another."))
    if mine.respondents.count() >= mine.most:
        raise LinkServes(
            _(
                "%(most)s people have answered by this link, as many as it is for. Ask "
                "whoever gave it to you for another."
            )
            % {"most": mine.most}
        )
