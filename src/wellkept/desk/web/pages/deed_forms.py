"""A form of a promise or a case that was refused: asked once more, with all that was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_words import CHANNEL_SAID, WAITING_SAID
from wellkept.desk.web.deeds import Said, attempt, see_that_decides
from wellkept.desk.web.pages.settings.shape import Field, Form, Options, Sent
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.record.access.editing import Edited
from wellkept.record.access.wording import said
from wellkept.record.cases.actions.noting import CODES
from wellkept.record.cases.models import Case
from wellkept.record.cases.rules import Channel, WaitingOn
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Cause

Shaped = tuple[str, str, tuple[Field, ...]]
"""What a form is called, what its button says, and its fields."""


def _text(name: str, label: str, **more: Any) -> Field:
    return Field(name, _(label), needed=True, **more)


def _channels(more: bool) -> Options:
    ways = [("phone", _("phone")), ("mail", _("mail")), ("message", _("message")),
            ("visit", _("visit"))]  # fmt: skip
    return (*ways, *([("portal", _("portal")), ("letter", _("letter"))] if more else []))


def _moment(name: str, zone: str) -> Field:
    label = _("When (empty: now; time in %(zone)s)") % {"zone": zone}
    return Field(name, label, kind="datetime-local")


def _to(among: str) -> Field:
    return _text("to", gettext_noop("To whom"), among=among)


def _tell(zone: str) -> Shaped:
    how = Field("channel", _("How"), kind="select", options=_channels(True))
    return _("Tell the customer"), _("Told"), (how, _text("about", gettext_noop("What was said")))


def _move(zone: str) -> Shaped:
    asked = (("us", _("we did")), ("customer", _("the customer")), ("unknown", _("not known")))
    fields = (
        Field("new_due", _("New date, time in %(zone)s") % {"zone": zone}, kind="datetime-local",
              needed=True),
        Field("asked_by", _("Who asked"), kind="select", options=asked),
        _text("reason", gettext_noop("Why")),
        Field("evidence", _("How we know, if the customer asked")),
        Field("told", _("The customer"), kind="checks",
              options=(("1", _("The customer has been told")),)),
    )  # fmt: skip
    return _("Move the date"), _("Move"), fields


def _correct(zone: str) -> Shaped:
    fields = (
        Field("first_due", _("It should read"), kind="datetime-local", needed=True),
        _text("reason", gettext_noop("What was wrong")),
    )
    return _("The first date was mistyped"), _("Correct"), fields


def _cause(zone: str) -> Shaped:
    causes = tuple((one.value, said(one) or _("not known")) for one in Cause)
    return (
        _("Why it failed"), _("Note"),
        (Field("cause", _("Cause"), kind="select", options=causes),),
    )  # fmt: skip


def agreed(zone: str, pauses: Options) -> Shaped:
    """This will ask how we know that the customer agreed to a pause, one of these, and when."""
    which = (Field("pause", _("Which pause"), kind="select", options=pauses),)
    return _("The customer agreed to a pause"), _("Agreed"), (*which, *_agree(zone)[2])


def _agree(zone: str) -> Shaped:
    fields = (_text("evidence", gettext_noop("How we know")), _moment("happened_at", zone))
    return _("The customer agreed that we wait"), _("Agreed"), fields


def _code(zone: str) -> Shaped:
    fields = (Field(name, capfirst(said(name)), among=f"used-{name}") for name in CODES)
    return _("How it failed"), _("Save"), tuple(fields)


def _wait(zone: str) -> Shaped:
    whom = tuple((w.value, WAITING_SAID[w]) for w in WaitingOn if w is not WaitingOn.NOBODY)
    fields = (
        Field("whom", _("For whom"), kind="select", options=whom),
        Field("evidence", _("How we know that the customer agreed, if so")),
    )
    return _("It waits"), _("Wait"), fields


def _contact(zone: str) -> Shaped:
    fields = (
        Field("channel", _("How"), kind="select", options=_channels(False)),
        _text("about", gettext_noop("What was said")),
        Field("from_customer", _("The customer"), kind="checks",
              options=(("1", _("they called us")),)),
    )  # fmt: skip
    return _("Note a contact"), _("Note"), fields


def _stop() -> Field:
    classes = tuple((one.word, str(GRAVE_SAID[one])) for one in Consequence)
    return Field("consequence", _("What a stop means to them"), kind="select", options=classes)


def _edit_case(zone: str) -> Shaped:
    means = _("Another class may promise more, from the report on. What was promised stays.")
    channels = tuple((one.value, str(CHANNEL_SAID[one])) for one in Channel)
    fields = (
        _text("about", gettext_noop("What is wrong, in the customer's words")),
        Field("asset", _("Which machine"), help=_("Number or serial. Empty: not known yet.")),
        Field("customer", _("Customer"), help=_("Name or number; a part of the name will do.")),
        replace(_stop(), help=means),
        Field("channel", _("How it reached us"), kind="select", options=channels),
        Field("detail", _("In detail"), kind="textarea"),
    )
    return _("Correct what is written"), _("Save"), fields


def _edit_promise(zone: str) -> Shaped:
    fields = (_text("about", gettext_noop("What was promised")), _stop())
    return _("Correct what is written"), _("Save"), fields


def _remark(zone: str) -> Shaped:
    words = _text("text", gettext_noop("What to remember"), kind="textarea", help=for_us())
    return _("A note for us"), _("Keep the note"), (words,)


def for_us() -> str:
    """This will say what a note is, and what it is not."""
    return _(
        "For us alone: the customer is not told, and no promise to tell them is kept by it. It "
        "stays; write what helps whoever reads on, and nothing private about anybody."
    )


def _unassign(zone: str) -> Shaped:
    why = _text("reason", gettext_noop("Why"))
    return _("Take the owner away"), _("Leave it to nobody"), (why,)


def _close(zone: str) -> Shaped:
    agrees = (("1", _("the customer agrees")),)
    return _("Close"), _("Close"), (Field("confirmed", _("The customer"), kind="checks",
                                          options=agrees),)  # fmt: skip


PROMISE: Mapping[str, Callable[[str], Shaped]] = {
    "tell": _tell,
    "move": _move,
    "correct": _correct,
    "cause": _cause,
    "keep": lambda zone: (_("Kept"), _("Kept"), (_moment("fulfilled_at", zone),)),
    "offer": lambda zone: (_("Hand over"), _("Offer"), (_to("people"),)),
    "assign": lambda zone: (_("Assign"), _("Assign"), (_to("people"),)),
    "refuse": lambda zone: (
        _("The correction is wrong"), _("Refuse"),
        (_text("reason", gettext_noop("Why the date stays")),)
    ),
    "end": lambda zone: (
        _("End it unfulfilled"), _("Will not be kept"), (_text("reason", gettext_noop("Why")),)
    ),
    "release": lambda zone: (
        _("The customer released us"), _("Released"),
        (_text("evidence", gettext_noop("How we know")),)
    ),
    "take_back": lambda zone: (
        _("It was not fulfilled after all"), _("Take back"),
        (_text("reason", gettext_noop("What happened")),)
    ),
    "edit": _edit_promise,
    "remark": _remark,
    "unassign": _unassign,
    "void": lambda zone: (
        _("It never was a promise"), _("Void"), (_text("reason", gettext_noop("Why")),)
    ),
}  # fmt: skip
CASE: Mapping[str, Callable[[str], Shaped]] = {
    "wait": _wait,
    "contact": _contact,
    "close": _close,
    "offer": lambda zone: (
        _("Hand over"), _("Offer"),
        (_to("people-here"), Field("words", _("What they should know")))
    ),
    "assign": lambda zone: (_("Assign"), _("Assign"), (_to("people-here"),)),
    "agree": _agree,
    "code": _code,
    "edit": _edit_case,
    "remark": _remark,
    "unassign": _unassign,
    "restore": lambda zone: (
        _("It works again"), _("It works again"), (_moment("happened_at", zone),)
    ),
    "refuse": lambda zone: (
        _("The customer says it does not work"), _("Back into work"),
        (_text("reason", gettext_noop("What does not work")),)
    ),
    "cancel": lambda zone: (
        _("Cancel"), _("Cancel the case"), (_text("reason", gettext_noop("Why")),)
    ),
}  # fmt: skip
"""Every form in which something is typed; `zone` is where its times are meant."""


def case_form(one: Case) -> Form:
    """This will give the form that corrects a case, filled with what stands there."""
    stands = {
        "about": one.about,
        "detail": one.detail,
        "asset": "" if one.asset is None else one.asset.number,
        "customer": "",
        "consequence": Consequence(one.consequence).word,
        "channel": one.channel,
    }
    form = _filled(CASE["edit"](""), stands, one.version)
    if one.customer is None:
        return form
    return replace(form, fields=tuple(f for f in form.fields if f.name != "customer"))


def promise_form(one: Promise) -> Form:
    """This will give the form that corrects a promise; what a stop means only while it is owed."""
    stands = {"about": one.about, "consequence": Consequence(one.consequence).word}
    form = _filled(PROMISE["edit"](""), stands, one.version)
    return form if one.is_owed else replace(form, fields=form.fields[:1])


def _filled(shaped: Shaped, stands: dict[str, str], version: int) -> Form:
    _title, submit, fields = shaped
    given = tuple(replace(one, value=stands[one.name]) for one in fields)
    return Form("edit", submit, given, seen=version)


def asks(asking: Asking, shaped: Shaped) -> bool:
    """This will tell whether a form wants something typed, or has it: a bare button has neither."""
    return any(one.needed or asking.typed.get(one.name) for one in shaped[2])


def refused(
    asking: Asking,
    name: str,
    shaped: Shaped,
    wrong: Sequence[str],
    at: Mapping[str, Sequence[str]],
    edited: Edited | None = None,
) -> Form:
    """This will give the form with what was typed in it, and what is wrong with which field.

    It goes on with the version that it saw; where somebody else was faster, with theirs, which
    stands beside what was typed.
    """
    title, submit, fields = shaped
    typed = {one: asking.typed.getlist(one) for one in asking.typed}
    saw = asking.typed.get("seen", "")
    form = Form(
        f"again-{name}", submit, fields, title=title, seen=int(saw) if saw.isdecimal() else None
    )
    return replace(Sent(form.id, typed, tuple(wrong), edited, at).onto(form), open=True)


def done_within(
    asking: Asking,
    row: Model,
    name: str,
    act: Callable[[], object],
    said: Said,
    *,
    verb: Callable[..., Any],
    shaped: Shaped | None,
    shown_again: Callable[[Asking, int, Form | None], HttpResponse],
    otherwise: str,
) -> HttpResponse:
    """This will do a deed where the one who asks decides about the row.

    A form in which something is typed (`shaped`; None for a bare button) is asked again on the
    row's own page where it is refused.
    """

    edited: list[Edited] = []

    def within() -> None:
        see_that_decides(asking, row, verb)
        try:
            act()
        except Edited as refusal:
            edited.append(refusal)
            raise

    form = shaped if shaped is not None and asks(asking, shaped) else None

    def again(wrong: Sequence[str], at: Mapping[str, Sequence[str]]) -> HttpResponse:
        assert form is not None
        both = edited[0] if edited else None
        return shown_again(asking, row.pk, refused(asking, name, form, wrong, at, both))

    return attempt(
        asking, within, said=said, otherwise=otherwise, again=None if form is None else again
    )
