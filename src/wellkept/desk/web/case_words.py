"""How the pages say where a case is, and for whom it waits."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web.wording import Worded
from wellkept.record.access.wording import said
from wellkept.record.cases.rules import (
    BESIDE,
    HANDED_ON,
    WENT_BACK,
    Channel,
    State,
    WaitingOn,
    Word,
    bare,
)

STATE_SAID = Worded(
    {
        State.REPORTED: gettext_noop("reported"),
        State.ACKNOWLEDGED: gettext_noop("acknowledged"),
        State.IN_WORK: gettext_noop("in work"),
        State.RESTORED: gettext_noop("restored"),
        State.CLOSED: gettext_noop("closed"),
        State.CANCELLED: gettext_noop("cancelled"),
    }
)
WAITING_SAID = Worded(
    {
        WaitingOn.NOBODY: gettext_noop("nobody"),
        WaitingOn.CUSTOMER: gettext_noop("the customer"),
        WaitingOn.PART: gettext_noop("a part"),
        WaitingOn.SUPPLIER: gettext_noop("a supplier"),
        WaitingOn.APPROVAL: gettext_noop("an approval"),
        WaitingOn.ACCESS: gettext_noop("access"),
    }
)
CHANNEL_SAID = Worded(
    {
        Channel.PHONE: gettext_noop("phone"),
        Channel.MAIL: gettext_noop("mail"),
        Channel.PORTAL: gettext_noop("portal"),
        Channel.VISIT: gettext_noop("visit"),
        Channel.MACHINE: gettext_noop("the machine itself"),
        Channel.MESSAGE: gettext_noop("message"),
        Channel.OURSELVES: gettext_noop("we saw it ourselves"),
        Channel.UNKNOWN: gettext_noop("not recorded"),
    }
)
COUNTS = {
    WENT_BACK: gettext_noop("times reopened: %(n)s"),
    HANDED_ON: gettext_noop("times it changed hands: %(n)s"),
}


EVENT_SAID = Worded(
    {
        Word.ACKNOWLEDGED: gettext_noop("a person answered"),
        Word.WORK_STARTED: gettext_noop("work began"),
        Word.RESUMED: gettext_noop("waits no more"),
        Word.RESTORED: gettext_noop("it works again"),
        Word.REFUSED: gettext_noop("the customer says it does not work"),
        Word.CONFIRMED: gettext_noop("the customer confirmed"),
        Word.OWNED: gettext_noop("has an owner"),
        Word.OWNERLESS: gettext_noop("has no owner"),
        Word.CODED: gettext_noop("said how it failed"),
        Word.REWORDED: gettext_noop("corrected; before:"),
        Word.RATED: gettext_noop("said what a stop means"),
    }
)
"""Events whose code is no word of a reader's."""


def event_said(word: str, waiting_on: str) -> str:
    """This will say one event of a case's log."""
    counted = next((begins for begins in COUNTS if word.startswith(begins)), "")
    what = bare(word)
    happened = EVENT_SAID[Word(what)] if what in EVENT_SAID else said(what)
    if counted:
        happened = _(COUNTS[counted]) % {"n": word.removeprefix(counted)}
    if word.startswith(BESIDE):
        happened = _("%(said)s, as a list says") % {"said": happened}
    if waiting_on and waiting_on != WaitingOn.NOBODY:
        return _("%(said)s for %(whom)s") % {
            "said": happened,
            "whom": WAITING_SAID[WaitingOn(waiting_on)],
        }
    return happened
