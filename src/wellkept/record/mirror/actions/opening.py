"""Opening a round: for named people, and by links without a name."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import insert
from wellkept.record.access.models import Account
from wellkept.record.access.rules import Group
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.mirror.actions.refusals import (
    NoSuchGroup,
    open_in_hand,
    see_that_leads_all,
)
from wellkept.record.mirror.models import AnswerLink, Invitation, Round
from wellkept.record.mirror.rules import OUR_GROUPS, Answering, Form

People = Mapping[Account, str]
"""Who is asked, and in which group."""


@verb(Group.MANAGER)
def open_round(*, form: str, claims_version: str, people: People, at: datetime, by: By) -> Round:
    """This will open a round for named people; raises NoSuchGroup.

    As every verb that leads a round, it raises NotAllowed for who manages a part of the rows.
    """
    see_that_leads_all(by)
    groups = _known(people)
    fresh = Round(form=Form(form).value, claims_version=claims_version, opened_at=at, opened_by=by)
    (made,) = insert([fresh])
    asked = _ask(made, people)
    note(made, asked, form=made.form, people=len(groups))
    return made


@verb(Group.MANAGER)
def invite_people(*, round: Round, people: People, at: datetime, by: By) -> None:
    """This will ask more people in a round that is open; raises RoundLocked, NoSuchGroup."""
    see_that_leads_all(by)
    mine = open_in_hand(round)
    groups = _known(people)
    note(_ask(mine, people), people=len(groups))


@verb(Group.MANAGER)
def add_link(
    *, round: Round, group: str, most: int, token_hash: str, at: datetime, by: By
) -> AnswerLink:
    """This will let so many people of a group answer without a name, whoever holds the address.

    Only the hash of the address's secret is kept. Raises RoundLocked, NoSuchGroup, NotTrue.
    """
    see_that_leads_all(by)
    mine = open_in_hand(round)
    if group not in list(Answering):
        raise NoSuchGroup(
            _("“%(group)s” is no group that answers; choose one of the list.") % {"group": group}
        )
    (made,) = insert([AnswerLink(round=mine, group=group, most=most, token_hash=token_hash)])
    note(made, group=group, most=most)
    return made


@verb(Group.MANAGER)
def end_link(*, link: AnswerLink, at: datetime, by: By) -> None:
    """This will end a link: nobody new answers by it; what was answered stays."""
    see_that_leads_all(by)
    mine = AnswerLink.objects.select_for_update().get(pk=link.pk)
    if mine.ended_at is not None:
        note([])
        return
    mine.ended_at = at
    mine.save(update_fields=["ended_at"])
    note(mine)


def _known(people: People) -> list[str]:
    groups = list(people.values())
    for group in groups:
        if group not in list(OUR_GROUPS):
            raise NoSuchGroup(
                _("“%(group)s” is none of our groups; choose one of the list.") % {"group": group}
            )
    return groups


def _ask(round: Round, people: People) -> list[Invitation]:
    return insert(
        [Invitation(round=round, account=account, group=group) for account, group in people.items()]
    )
