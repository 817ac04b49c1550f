"""What a page of the settings is made of: sections of tables and forms, and one way to save.

A form says which deed it asks for and which version it saw. What was typed stays where it is
refused; where somebody else was faster, both values stand side by side, and saving again decides.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import typed_text
from wellkept.desk.web.listing import Cell
from wellkept.desk.web.rights import Verb, deeds_on
from wellkept.record.access.editing import Edited
from wellkept.record.access.rules import Group
from wellkept.record.access.wording import said
from wellkept.record.journal.rules import Refusal
from wellkept.record.organisation.models import Person
from wellkept.record.organisation.reach import Reach

LEADERS = frozenset({Group.ADMINISTRATOR, Group.MANAGER})
Options = tuple[tuple[str, str], ...]
NAME = 120
"""So many characters has a name of a team, a region, a calendar."""
PERSON, ROLE, TRADE, PHONE, MAIL = 200, 80, 80, 60, 254
"""And so many what is written of a person, and what a role is called."""


@dataclass(frozen=True, slots=True)
class Led:
    """What to say when a form was done, and the page that it leads to."""

    said: str
    href: str


Deed = Callable[[Asking, int | None], str | Led]
"""Does what a form asks, for the row that it names; gives what to say then."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. Kinds: those of HTML inputs, `select`, `checks`, `textarea`."""

    name: str
    label: str
    value: str = ""
    kind: str = "text"
    options: Options = ()
    help: str = ""
    needed: bool = False
    chosen: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    first: bool = False
    """Whether it is the first that is wrong: there one goes on."""
    among: str = ""
    """The name of a list of suggestions on the page."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its deed, with the key of its row if it has one, and the version that it shows."""

    id: str
    submit: str
    fields: tuple[Field, ...]
    title: str = ""
    seen: int | None = None
    wrong: tuple[str, ...] = ()
    differs: tuple[tuple[str, str, str], ...] = ()
    open: bool = False

    @property
    def name(self) -> str:
        """Its deed, whichever row it is about."""
        return self.id.partition("-")[0]

    @property
    def before(self) -> str:
        """What stands before the names of its fields on the page."""
        return f"{self.id}-"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: rows as a table, and forms."""

    title: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    forms: tuple[Form, ...] = ()
    anchor: str = ""
    """What other pages lead to it by."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent and refused: which, what was typed, and why."""

    form: str = ""
    typed: Mapping[str, Sequence[str]] | None = None
    wrong: tuple[str, ...] = ()
    edited: Edited | None = None
    at: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What is wrong with which field; `wrong` is what concerns the form."""

    @property
    def refused(self) -> bool:
        """Whether anything was wrong."""
        return bool(self.wrong or self.at)

    def onto(self, form: Form) -> Form:
        """This will put what was typed, and what was wrong with it, back into its form."""
        if form.id != self.form or self.typed is None:
            return form
        fields = tuple(self._typed(one) for one in form.fields)
        first = next((one.name for one in fields if one.wrong), None)
        fields = tuple(replace(one, first=one.name == first) for one in fields)
        there = {one.name for one in fields}
        edited = self.edited
        return replace(
            form,
            fields=fields,
            wrong=(
                *self.wrong,
                *(s for name, some in self.at.items() if name not in there for s in some),
            ),
            open=True,
            seen=form.seen if edited is None else edited.version,
            differs=() if edited is None else differing(edited),
        )

    def _typed(self, one: Field) -> Field:
        values = tuple((self.typed or {}).get(one.name, ()))
        one = replace(one, wrong=tuple(self.at.get(one.name, ())))
        if one.kind == "checks":
            return replace(one, chosen=values)
        return replace(one, value=values[0]) if values else one


def differing(edited: Edited) -> tuple[tuple[str, str, str], ...]:
    """This will say each field on which two edits disagree: what stands now, and what was typed."""
    return tuple(
        (one.label, _said(edited, one.field, one.now), _said(edited, one.field, one.yours))
        for one in edited.differs
    )


def _said(edited: Edited, name: str, value: Any) -> str:
    """A value in words; of a field with choices, what its choice is called."""
    if value in (None, ""):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field: Any = edited.row._meta.get_field(name)
    return said(str(dict(field.flatchoices).get(value, value))) if field.choices else str(value)


def decided(
    asking: Asking, row: Model, verbs: Mapping[str, Verb], sections: Sequence[Section]
) -> list[Section]:
    """This will leave of forms about a row those whose deed the gate of that deed would accept.

    `verbs` says what each form does, by its name; a form that it does not name stays. A section
    that was nothing but forms goes with the last of them.
    """
    can = deeds_on(asking, type(row), [row], verbs)[row.pk]
    not_theirs = verbs.keys() - can
    left = [
        replace(one, forms=tuple(form for form in one.forms if form.name not in not_theirs))
        for one in sections
    ]
    return [one for one in left if one.rows or one.forms]


def settings_page(
    asking: Asking,
    title: str,
    sections: Callable[[], Sequence[Section]],
    deeds: Mapping[str, Deed],
    *,
    back: tuple[str, str] | None = None,
) -> HttpResponse:
    """This will show a page of the settings, or do what one of its forms asks."""
    sent = Sent()
    if asking.posts:
        done = do_form(asking, deeds)
        if isinstance(done, str):
            done = Led(done, asking.request.path)
        if isinstance(done, Led):
            messages.success(asking.request, done.said)
            return redirect(done.href)
        sent = done
    shown = [
        replace(part, forms=tuple(sent.onto(one) for one in part.forms)) for part in sections()
    ]
    return asking.page(
        "settings.html",
        status=422 if sent.refused else 200,
        title=title,
        sections=shown,
        refused=sent.refused,
        wrong=() if any(form.open for part in shown for form in part.forms) else sent.wrong,
        back=back,
    )


def do_form(asking: Asking, deeds: Mapping[str, Deed]) -> str | Led | Sent:
    """This will do what a form asks; gives what to say then, or the form as it was refused."""
    form = asking.typed.get("form", "")
    name, _mark, key = form.partition("-")
    typed = {one: asking.typed.getlist(one) for one in asking.typed}
    if name not in deeds:
        return Sent(form, typed, (_("This page has no such form; nothing was changed."),))
    try:
        return deeds[name](asking, int(key) if key.isdecimal() else None)
    except Edited as refusal:
        return Sent(form, typed, (str(refusal),), refusal)
    except Refusal as refusal:
        return Sent(form, typed, (str(refusal),))
    except ValidationError as problem:
        if hasattr(problem, "error_dict"):
            return Sent(form, typed, at=problem.message_dict)
        return Sent(form, typed, tuple(problem.messages))


# What forms share


def typed_in(asking: Asking, name: str, what: str, *, most: int = NAME) -> str:
    """This will give what was typed in a field that must be filled in; `what` it asks for.

    Raises ValidationError at the field, also for a text that is longer than `most`.
    """
    return typed_text(asking, name, what, most=most)


def seen(asking: Asking) -> int:
    """This will give the version that a form showed; raises ValidationError for none."""
    typed = asking.typed.get("seen", "")
    if not typed.isdecimal():
        raise ValidationError(_("The form does not say which version it showed; open it again."))
    return int(typed)


def key_typed(asking: Asking, name: str) -> int:
    """This will read which row was chosen in a select; 0, the key of no row, for none."""
    typed = asking.typed.get(name, "")
    return int(typed) if typed.isdecimal() else 0


def keys_typed(asking: Asking, name: str) -> list[int]:
    """This will read which rows were ticked."""
    return [int(one) for one in asking.typed.getlist(name) if one.isdecimal()]


def people_options(asking: Asking, reach: Reach | None = None, *, none: str = "") -> Options:
    """This will list who works here, by name; first, what choosing nobody is called.

    With a reach, those within it alone.
    """
    there = Person.objects.with_us(asking.now.date()).select_related("personal")
    within = [one for one in there if reach is None or reach.has_person(one.pk)]
    found = sorted((str(one), str(one.pk)) for one in within)
    return (("", none or "–"), *((key, name) for name, key in found))


def person_chosen(asking: Asking, name: str) -> Person | None:
    """This will find the person chosen in a select; None for nobody."""
    return Person.objects.filter(pk=key_typed(asking, name)).first()
