"""The story of a case as values: what happened, what was noted, who had it, what was said."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from wellkept.record.access.kept import Sql, asked, kept, moment, sql_of
from wellkept.record.access.models import called
from wellkept.record.cases.models import Assignment, CaseContact, CaseEvent, CaseRemark

MOST = 200
"""So many lines of each kind are read, the newest ones."""


class Kind(StrEnum):
    """What a line of the story is."""

    EVENT = "event"
    REMARK = "remark"
    OWNER = "owner"
    CONTACT = "contact"


class Line(NamedTuple):
    """One line: when, by which account, about whom of us, and what.

    `word` is the word of an event, how an owner came to be one, or the channel of a contact; `flag`
    that the customer acknowledged a wait, or that they told us.
    """

    kind: str
    pk: int
    at: datetime
    until_at: datetime | None
    recorded_at: datetime | None
    by: int | None
    by_said: str
    person_said: str
    team: str
    word: str
    waiting_on: str
    flag: bool
    text: str


TEXT, WORDS, MOMENT, KEY = CharField(), TextField(), DateTimeField(), IntegerField()
NO_TEXT, NO_MOMENT, NO_KEY = Value("", TEXT), Cast(Value(None), MOMENT), Cast(Value(None), KEY)
NO_WORDS, NO_FLAG = Value("", WORDS), Value(False, BooleanField())
NOBODY = (NO_KEY, NO_TEXT, NO_MOMENT)


def story_of(case: int) -> list[Line]:
    """This will read the story of a case, given by its key, in one statement; the oldest first."""
    read = [_line(*row) for row in asked(kept(_story, case=case))]
    return sorted(read, key=lambda one: (one.at, one.pk))


def _line(kind: str, pk: int, *rest: Any) -> Line:
    at, until_at, recorded_at = map(moment, rest[:3])
    by, *named = rest[3:10]
    first, second = named[:3], named[3:]
    team, word, waiting_on, flag, text = rest[10:]
    return Line(kind, pk, at, until_at, recorded_at, by, _called(*first), _called(*second),
                team or "", word, waiting_on, bool(flag), text)  # fmt: skip


def _called(pk: int | None, name: str | None, erased_at: Any) -> str:
    return "" if pk is None else called(pk, name or "", moment(erased_at))


def _story(*, case: int) -> Sql:
    parts = [sql_of(rows) for rows in _parts(case)]
    text = " union all ".join(f"select * from ({one.text}) part" for one in parts)
    return Sql(text, tuple(value for one in parts for value in one.bound))


def _parts(case: int) -> list[QuerySet[Any, Any]]:
    account = ("by", *_person("by"))
    mate = _person("person")
    none = NO_TEXT, NO_FLAG
    return [
        CaseEvent.objects.filter(case=case).order_by("-at", "-pk").values_list(
            _kind(Kind.EVENT), "pk", "at", NO_MOMENT, "recorded_at", *account, *mate,
            "team__name", "word", "waiting_on", "acknowledged", NO_WORDS,
        )[:MOST],
        CaseRemark.objects.filter(case=case).order_by("-at", "-pk").values_list(
            _kind(Kind.REMARK), "pk", "at", NO_MOMENT, F("at"), *account, *NOBODY,
            NO_TEXT, NO_TEXT, *none, "text",
        )[:MOST],
        Assignment.objects.filter(case=case).order_by("-from_at", "-pk").values_list(
            _kind(Kind.OWNER), "pk", "from_at", "until_at", "recorded_at", NO_KEY, *NOBODY, *mate,
            "team__name", "how", *none, NO_WORDS,
        )[:MOST],
        CaseContact.objects.filter(case=case).order_by("-told__at", "-pk").values_list(
            _kind(Kind.CONTACT), "pk", "told__at", NO_MOMENT, NO_MOMENT, NO_KEY, *NOBODY,
            *_person("told__by"), NO_TEXT, "told__channel", NO_TEXT, "told__from_customer",
            "told__about",
        )[:MOST],
    ]  # fmt: skip


def _kind(kind: Kind) -> Value:
    return Value(kind.value, TEXT)


def _person(path: str) -> tuple[str, str, str]:
    """The personal data behind an account or a person: its key, the name, when it was erased."""
    personal = f"{path}__personal"
    return personal, f"{personal}__name", f"{personal}__erased_at"
