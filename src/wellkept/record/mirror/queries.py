"""The one place that reads answers: a person's own by their key, and all of a locked round."""

from dataclasses import dataclass

from django.db.models import Count, Q

from wellkept.record.mirror.models import Answer, Invitation, Respondent, Round
from wellkept.record.mirror.rules import Answering

FEWEST = 4
"""Below this many a group is not counted apart."""


def of_key(round: Round, key_hash: str) -> Respondent | None:
    """This will find whoever holds a key, in one round; nobody else's row is reached by it."""
    return Respondent.objects.filter(round=round, key_hash=key_hash).first()


def own_answers(respondent: Respondent) -> dict[str, Answer]:
    """This will give somebody's own answers by claim."""
    return {one.claim: one for one in respondent.answers.all()}


@dataclass(frozen=True, slots=True)
class Told:
    """Everything somebody answered, with the group and without the person."""

    group: str
    vignettes: dict[str, int]
    answers: tuple[Answer, ...]


def everything_told(round: Round) -> list[Told]:
    """This will give all answers of a round, in a fixed order: for locking, and what follows it."""
    people = Respondent.objects.filter(round=round).order_by("pk").prefetch_related("answers")
    return [
        Told(one.group, dict(one.vignettes), tuple(sorted(one.answers.all(), key=lambda a: a.pk)))
        for one in people
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a group were asked by name, may answer by links, have begun, are through.

    `group` is empty for groups of fewer than four together.
    """

    group: str
    invited: int
    by_link: int
    began: int
    finished: int


def progress_of(round: Round) -> list[Progress]:
    """This will count answers by group; groups of fewer than four are counted together."""
    invited = dict(
        Invitation.objects.filter(round=round)
        .values_list("group")
        .annotate(n=Count("pk"))
        .order_by()
    )
    links: dict[str, int] = {}
    for group, most in round.links.values_list("group", "most"):
        links[group] = links.get(group, 0) + most
    began = {
        group: (n, done)
        for group, n, done in Respondent.objects.filter(round=round)
        .values_list("group")
        .annotate(n=Count("pk"), done=Count("pk", filter=Q(finished=True)))
        .order_by()
    }
    rows = [
        Progress(
            g.value, invited.get(g.value, 0), links.get(g.value, 0), *began.get(g.value, (0, 0))
        )
        for g in Answering
        if g.value in invited.keys() | links.keys() | began.keys()
    ]
    large = [one for one in rows if one.invited + one.by_link >= FEWEST]
    small = [one for one in rows if one.invited + one.by_link < FEWEST]
    if small:
        sums = (sum(getattr(one, name) for one in small)
                for name in ("invited", "by_link", "began", "finished"))  # fmt: skip
        large.append(Progress("", *sums))
    return large
