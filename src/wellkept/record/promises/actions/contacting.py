"""What was said between us and a customer, about no one promise and no one case."""

from datetime import datetime

from django.utils.translation import gettext as _

from wellkept.record.access.batches import insert
from wellkept.record.access.verbs import By, note, verb
from wellkept.record.promises.actions.moving import NobodyToTell
from wellkept.record.promises.actions.rights import KEEPERS, see_that_past
from wellkept.record.promises.models import ContactLog


@verb(*KEEPERS)
def note_contact(*, told: ContactLog, at: datetime, by: By) -> ContactLog:
    """This will write down that we told a customer something, or they us.

    `told` is a line that is not saved. It keeps no promise: what does is told of that promise or
    its case. Raises NobodyToTell, NotYet.
    """
    if told.customer_id is None:
        raise NobodyToTell(_("Say which customer it was."))
    see_that_past(told.at, at, _("The contact"))
    told.recorded_at = at
    insert([told])
    note(told, channel=told.channel)
    return told
