"""Doing what a form asks: one verb, its sentence if it refuses, and back to where one was."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.record.access import gate
from wellkept.record.access.verbs import NotAllowed, who_may
from wellkept.record.journal.rules import Refusal

T = TypeVar("T")
Said = str | Callable[[], str]
"""What to say once it is done: known before, or found out by doing it."""
Again = Callable[[Sequence[str], Mapping[str, Sequence[str]]], HttpResponse]
"""Asks once more, with what concerns the form, and what concerns which of its fields."""


def attempt(
    asking: Asking,
    act: Callable[[], object],
    *,
    said: Said,
    otherwise: str,
    again: Again | None = None,
) -> HttpResponse:
    """This will do it and say so, or say why it was refused; nothing of a refusal is written.

    `otherwise` is where to go when the form does not say where it was sent from. A form in which
    something is typed is asked `again` where it is refused, so that what was typed stays.
    """
    wrong: list[str] = []
    at: dict[str, list[str]] = {}
    try:
        act()
    except Refusal as refusal:
        wrong = [str(refusal)]
    except ValidationError as problem:
        wrong, at = said_where(problem)
    else:
        messages.success(asking.request, said if isinstance(said, str) else said())
        return redirect(asking.back_to(otherwise))
    if again is not None:
        return again(wrong, at)
    for one in (*wrong, *(text for texts in at.values() for text in texts)):
        messages.error(asking.request, one)
    return redirect(asking.back_to(otherwise))


def see_that_decides(asking: Asking, row: Model, action: Callable[..., Any]) -> None:
    """This will refuse a deed on a row that is seen by groups which may not do it: NotAllowed."""
    same = type(row)._default_manager.filter(pk=row.pk)
    if not gate.decided(same, by=asking.account, groups=who_may(action)).exists():
        raise NotAllowed(
            _(
                "You see this, and decide about other rows: those of your part. Ask somebody whose "
                "part it is, or a manager who sees everything."
            )
        )


FIRST_YEAR, LAST_YEAR = 1970, 2200


def typed_moment(text: str, zone: ZoneInfo) -> datetime:
    """This will read what a form's date and time say in a zone, as UTC.

    Raises ValidationError for what is no moment, one that the zone's clock leaps over, and one
    so far off that it is a slip of the keys.
    """
    try:
        naive = datetime.fromisoformat(text.strip())
    except ValueError as problem:
        raise ValidationError(
            _("“%(text)s” is no date with a time; write it as 2026-03-31 18:00.") % {"text": text}
        ) from problem
    if not FIRST_YEAR <= naive.year <= LAST_YEAR:
        raise ValidationError(
            _("%(year)s is no year of ours: write one from %(first)s to %(last)s.")
            % {"year": naive.year, "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    if naive.tzinfo is not None:
        return naive.astimezone(UTC)
    there = naive.replace(tzinfo=zone)
    if there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValidationError(
            _("%(text)s does not exist in %(zone)s: the clocks go forward then.")
            % {"text": text, "zone": zone.key}
        )
    return there.astimezone(UTC)


def typed_day(asking: Asking, name: str) -> date | None:
    """This will read a day in a form's field; None where it is empty. ValidationError there."""
    text = asking.typed.get(name, "").strip()
    with at_field(name):
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as problem:
            says = _("“%(text)s” is no day; write 2026-03-31.") % {"text": text}
            raise ValidationError(says) from problem


def since_typed(asking: Asking, name: str, zone: ZoneInfo) -> datetime:
    """This will read since when something is so: a day, from its midnight in a zone, or now."""
    day = typed_day(asking, name)
    if day is None:
        return asking.now
    return datetime.combine(day, time(), zone).astimezone(UTC)


def for_field(at: datetime, zone: ZoneInfo) -> str:
    """This will write a moment as a form's date-and-time field wants it."""
    return at.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")


def wrong_at(name: str, says: str) -> ValidationError:
    """This will give what to raise where a field is wrong: it is said beside the field."""
    return ValidationError({name: [says]})


@contextmanager
def at_field(name: str, *refusals: type[Refusal]) -> Iterator[None]:
    """This will have what is found wrong in here, and these refusals, said beside a field."""
    try:
        yield
    except ValidationError as problem:
        if hasattr(problem, "error_dict"):
            raise
        raise wrong_at(name, " ".join(problem.messages)) from problem
    except refusals as refusal:
        raise wrong_at(name, str(refusal)) from refusal


class Slips:
    """What is wrong in a form, gathered field by field, so that all of it is said at once."""

    def __init__(self) -> None:
        """This will begin with nothing wrong."""
        self.at: dict[str, list[str]] = {}

    def read(self, name: str, read: Callable[[], T]) -> T | None:
        """This will give what a field says; None where it is wrong, which is kept for the end."""
        try:
            with at_field(name):
                return read()
        except ValidationError as problem:
            for field, texts in problem.message_dict.items():
                self.at.setdefault(field, []).extend(texts)
            return None

    def see(self) -> None:
        """This will raise ValidationError at all fields that were wrong."""
        if self.at:
            raise ValidationError(dict(self.at))


def said_where(
    problem: ValidationError, fields: Collection[str] | None = None
) -> tuple[list[str], dict[str, list[str]]]:
    """This will say what concerns a form, and what concerns which of its fields, in their order."""
    if not hasattr(problem, "error_dict"):
        return problem.messages, {}
    found = problem.message_dict
    if fields is None:
        return [], found
    rest = [text for name, texts in found.items() if name not in fields for text in texts]
    return rest, {name: found[name] for name in fields if name in found}


def said_again(
    wrong: Sequence[str], at: Mapping[str, Sequence[str]], *, first: str = ""
) -> dict[str, Any]:
    """This will give a template what is wrong: in all, at fields, and where to go on.

    `first` is the field to begin with while nothing is wrong.
    """
    return {
        "status": 422 if wrong or at else 200,
        "wrong": wrong,
        "at": at,
        "fields": [{"name": name, "wrong": texts} for name, texts in at.items()],
        "first": next(iter(at), "" if wrong else first),
    }


TWICE, LATEST = timedelta(minutes=1), 20
"""The same form of the same person within this time was sent twice; so many rows are looked at."""
LONGEST = 300
"""So many characters have most texts that stand in one line."""


def typed_text(asking: Asking, name: str, what: str = "", *, most: int = LONGEST) -> str:
    """This will give what was typed in a field; where `what` it asks for is said, it is needed.

    Raises ValidationError at the field, for a text that is longer than `most`, too.
    """
    with at_field(name):
        text = asking.typed.get(name, "").replace("\x00", "").strip()
        if len(text) > most:
            raise ValidationError(
                _("This has %(many)s characters; %(most)s are the most. Say it shorter.")
                % {"many": f"{len(text):,}", "most": f"{most:,}"}
            )
        return needed(text, what) if what else text


def needed(text: str, what: str) -> str:
    """This will give what was typed; raises ValidationError where nothing was."""
    if not text.strip():
        raise ValidationError(_("Say %(what)s.") % {"what": what})
    return text.strip()
