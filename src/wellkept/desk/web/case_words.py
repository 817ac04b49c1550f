"""How the pages say where a case is, and for whom it waits."""

from django.utils.translation import gettext as _

from wellkept.record.cases.rules import Channel, State, WaitingOn

STATE_SAID = {
    State.REPORTED: _("reported"),
    State.ACKNOWLEDGED: _("acknowledged"),
    State.IN_WORK: _("in work"),
    State.RESTORED: _("restored"),
    State.CLOSED: _("closed"),
    State.CANCELLED: _("cancelled"),
}
WAITING_SAID = {
    WaitingOn.NOBODY: _("nobody"),
    WaitingOn.CUSTOMER: _("the customer"),
    WaitingOn.PART: _("a part"),
    WaitingOn.SUPPLIER: _("a supplier"),
    WaitingOn.APPROVAL: _("an approval"),
    WaitingOn.ACCESS: _("access"),
}
CHANNEL_SAID = {
    Channel.PHONE: _("phone"),
    Channel.MAIL: _("mail"),
    Channel.PORTAL: _("portal"),
    Channel.VISIT: _("visit"),
    Channel.MACHINE: _("the machine itself"),
    Channel.MESSAGE: _("message"),
    Channel.OURSELVES: _("we saw it ourselves"),
    Channel.UNKNOWN: _("not recorded"),
}


def event_said(word: str, waiting_on: str) -> str:
    """This will say one event of a case's log."""
    said = word.replace("_", " ")
    if waiting_on and waiting_on != WaitingOn.NOBODY:
        return _("%(said)s for %(whom)s") % {
            "said": said,
            "whom": WAITING_SAID[WaitingOn(waiting_on)],
        }
    return said
