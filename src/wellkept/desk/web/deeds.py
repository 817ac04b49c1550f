"""Doing what a form asks: one verb, its sentence if it refuses, and back to where one was."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.record.journal.rules import Refusal


def attempt(
    asking: Asking, act: Callable[[], object], *, said: str, otherwise: str
) -> HttpResponse:
    """This will do it and say so, or say why it was refused; nothing of a refusal is kept.

    `otherwise` is where to go when the form does not say where it was sent from.
    """
    try:
        act()
    except Refusal as refusal:
        messages.error(asking.request, str(refusal))
    except ValidationError as problem:
        messages.error(asking.request, " ".join(problem.messages))
    else:
        messages.success(asking.request, said)
    return redirect(asking.back_to(otherwise))


def typed_moment(text: str, zone: ZoneInfo) -> datetime:
    """This will read what a form's date and time say in a zone, as UTC.

    Raises ValidationError for what is no moment, or one that the zone's clock leaps over.
    """
    try:
        naive = datetime.fromisoformat(text.strip())
    except ValueError as problem:
        raise ValidationError(
            _("“%(text)s” is no date with a time; write it as 2026-03-31 18:00.") % {"text": text}
        ) from problem
    if naive.tzinfo is not None:
        return naive.astimezone(UTC)
    there = naive.replace(tzinfo=zone)
    if there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValidationError(
            _("%(text)s does not exist in %(zone)s: the clocks go forward then.")
            % {"text": text, "zone": zone.key}
        )
    return there.astimezone(UTC)


def for_field(at: datetime, zone: ZoneInfo) -> str:
    """This will write a moment as a form's date-and-time field wants it."""
    return f"{at.astimezone(zone):%Y-%m-%dT%H:%M}"


def wrong_at(name: str, says: str) -> ValidationError:
    """This will give what to raise where a field is wrong: it is said beside the field."""
    return ValidationError({name: [says]})


@contextmanager
def at_field(name: str) -> Iterator[None]:
    """This will have what is found wrong in here said beside a field."""
    try:
        yield
    except ValidationError as problem:
        if hasattr(problem, "error_dict"):
            raise
        raise wrong_at(name, " ".join(problem.messages)) from problem


def said_where(
    problem: ValidationError, fields: Collection[str]
) -> tuple[list[str], dict[str, list[str]]]:
    """This will say what concerns a form, and what concerns which of its fields."""
    if not hasattr(problem, "error_dict"):
        return problem.messages, {}
    found = problem.message_dict
    rest = [text for name, texts in found.items() if name not in fields for text in texts]
    return rest, {name: texts for name, texts in found.items() if name in fields}


def needed(text: str, what: str) -> str:
    """This will give what was typed; raises ValidationError where nothing was."""
    if not text.strip():
        raise ValidationError(_("Say %(what)s.") % {"what": what})
    return text.strip()
