"""O: process and responsibility."""

from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.measures.marking import marked as _

CLAIMS = (
    Claim(
        id="O1",
        sentence=_("The same request is handled the same way in every region."),
        anchors=(
            _("by person"),
            _("by office"),
            _("a handbook"),
            _("at least 85 % of cases follow the common process, variants declared"),
            _("differences are studied to learn from them"),
        ),
        cuts=(0.4, 0.65, 0.85, 0.93),
        evidence="same_way_everywhere",
        shows=_("cases that follow the common process ÷ cases, in the region where fewest do"),
        gap=_("Handbook on the shelf"),
        keep=_(
            "the steps that every case takes, with declared variants, and the events of each case"
        ),
        number=NumberItem(
            _("Of 100 cases, how many follow the common process in the region where fewest do?"),
            "%",
        ),
        short=True,
    ),
    Claim(
        id="O2",
        sentence=_("Customers are told whether work is covered before it starts."),
        anchors=(
            _("on the invoice"),
            _("sometimes"),
            _("checked by the office"),
            _("entitlement is shown and told in at least 95 %"),
            _("disputes are near zero, and examined"),
        ),
        cuts=(0.4, 0.7, 0.95, 0.98),
        evidence="cover_told",
        shows=_(
            "jobs with a decision on entitlement, told to the customer before work began ÷ jobs"
        ),
        gap=_("Free by accident"),
        keep=_("for each job: what the contract grants, and when the customer was told"),
    ),
    Claim(
        id="O3",
        sentence=_("Twice the volume would not make the unlucky wait longer."),
        anchors=(
            _("unknown"),
            _("a culture of overtime"),
            _("a capacity plan"),
            _("the tail was unaffected at last year's peak"),
            _("the knee is known, and its trigger acted upon"),
        ),
        cuts=(0.3, 0.6, 0.9, 0.9),
        evidence="peak_weeks",
        shows=_(
            "peak weeks whose share of broken promises lay within the limits of the other weeks ÷ "
            "peak weeks"
        ),
        gap=_("Heroic scaling"),
        keep=_(
            "volume and broken promises by week over at least a year, and what was done when the "
            "trigger was reached"
        ),
        conditions={
            4: _("the trigger is known and was acted upon"),
        },
    ),
    Claim(
        id="O4",
        sentence=_("Exceptions have an owner and an end date."),
        anchors=(
            _("not recorded"),
            _("in mails"),
            _("recorded"),
            _("at least 90 % with owner, reason and end"),
            _("expired ones are removed or made the rule"),
        ),
        cuts=(0.2, 0.5, 0.9, 0.9),
        evidence="exceptions_owned",
        shows=_(
            "open deviations, workarounds, goodwill rules and paused promises with an owner and "
            "an end to come ÷ all that are open"
        ),
        gap=_("Hidden policy"),
        keep=_("exceptions: owner, reason, end date, and how often each was renewed"),
        conditions={
            4: _("none is more than 30 days past its end"),
        },
    ),
)
