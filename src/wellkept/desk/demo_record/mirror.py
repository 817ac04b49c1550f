"""The demo company holds up the mirror: a round last quarter, one on the Monday, one still open.

What its people answer is `demo/believed.py`; what the records show is read from the record itself.
"""

from datetime import UTC, date, datetime, time, timedelta

from wellkept.desk.demo import believed
from wellkept.desk.demo.company import MANAGER
from wellkept.desk.demo_record.organisation import COORDINATOR, DESK
from wellkept.desk.findings import address_of
from wellkept.desk.mirroring.keys import fresh_key, hash_of
from wellkept.desk.mirroring.revealing import lock, reveal
from wellkept.record.access.models import Account
from wellkept.record.mirror import actions
from wellkept.record.mirror.models import Answer, AnswerLink, Round
from wellkept.record.mirror.rules import Answering
from wellkept.record.organisation.models import Person, Role
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Precision, Source
from wellkept.study.diagnostic.answers import Answer as Told
from wellkept.study.diagnostic.answers import Respondent
from wellkept.study.diagnostic.claim import VERSION
from wellkept.study.diagnostic.claims.catalogue import BY_ID
from wellkept.study.facts.record import AskedOfRecord, open_record

FIRST_DAYS, OWNED_DAYS = 60, 120
"""The first round was locked so long ago; what it led to is due so long after the Monday."""
ASKED_DAYS = 10


def is_held() -> bool:
    """This will tell whether the mirror has been held up already."""
    return Round.objects.exists()


def hold_up_mirror(*, monday: date) -> None:
    """This will play three rounds into the record of the demo company, which must be built."""
    end = datetime.combine(monday, time(), UTC)
    first = _finished(end - timedelta(days=FIRST_DAYS), monday)
    _own(first, end)
    _finished(end, monday)
    _open(end)


def _finished(at: datetime, monday: date) -> Round:
    """A round that is answered by links, locked at a moment, and laid beside the records of it."""
    begun = at - timedelta(days=ASKED_DAYS)
    round = actions.open_round(form="short", claims_version=VERSION, people={}, at=begun, by=None)
    told = believed.answers(monday)
    sizes = believed.PEOPLE | {Answering.CUSTOMER.value: len(told.customers)}
    links = {
        group: actions.add_link(
            round=round, group=group, most=size, token_hash=hash_of(fresh_key()), at=begun, by=None
        )
        for group, size in sizes.items()
    }
    for one in told.respondents:
        _answer(round, links[one.group], one, begun)
    for ratings in told.customers:
        rated = tuple(Told(question, level) for question, level in ratings.items())
        customer = Respondent(Answering.CUSTOMER.value, rated)
        _answer(round, links[customer.group], customer, begun)
    locked = lock(round, at=at, by=None)
    with open_record(address_of(), AskedOfRecord(_now_s(monday), int(at.timestamp()))) as facts:
        return reveal(locked, facts, at=at, by=None)


def _now_s(monday: date) -> int:
    return int(datetime.combine(monday, time(), UTC).timestamp())


def _answer(round: Round, link: AnswerLink, one: Respondent, at: datetime) -> None:
    who = actions.begin_answers(
        round=round, group=one.group, key_hash=hash_of(fresh_key()), link=link, at=at, by=None
    )
    rows = [_row(answer) for answer in one.answers]
    actions.save_answers(respondent=who, answers=rows, at=at, by=None)
    if one.vignettes:
        actions.rate_stories(respondent=who, vignettes=one.vignettes, at=at, by=None)
    actions.finish_answers(respondent=who, at=at, by=None)


def _row(told: Told) -> Answer:
    sure = told.confidence
    return Answer(
        claim=told.claim,
        level=told.level,
        confidence=None if sure is None else round(100 * sure),
        recall=told.recall,
        number=told.number,
        low=told.low,
        high=told.high,
    )


def _own(first: Round, end: datetime) -> None:
    """What came of the first round: one gap has an owner and a date."""
    owner = Person.objects.get(personal__name=COORDINATOR)
    promise = Promise(
        about=f"{BY_ID[believed.IN_HAND].sentence} ({believed.IN_HAND})",
        source=Source.SAID.value,
        accountable=Role.objects.get(name=DESK),
        owner=owner,
        made_at=end - timedelta(days=FIRST_DAYS),
        first_due=end + timedelta(days=OWNED_DAYS),
        due_precision=Precision.DAY.value,
        zone="UTC",
    )
    at = end - timedelta(days=FIRST_DAYS)
    actions.choose_gaps(round=first, promises={believed.IN_HAND: promise}, at=at, by=None)


def _open(at: datetime) -> None:
    """A round for whoever visits: the coordinator and the manager are asked by name."""
    people = {
        Account.objects.get(personal__name=COORDINATOR): Answering.FRONT_LINE.value,
        Account.objects.get(personal__name=MANAGER): Answering.EXECUTIVE.value,
    }
    actions.open_round(form="short", claims_version=VERSION, people=people, at=at, by=None)
