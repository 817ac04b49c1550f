"""R: roles."""

from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.measures.marking import marked as _

CLAIMS = (
    Claim(
        id="R1",
        sentence=_("For every step somebody is accountable, by name, today."),
        anchors=(
            _("unclear"),
            _("known by insiders"),
            _("a chart exists"),
            _("holds for at least 90 % of steps and regions, deputies included"),
            _("and mismatches are found and repaired monthly"),
        ),
        cuts=(0.4, 0.65, 0.9, 0.97),
        evidence="named_today",
        shows=_(
            "steps and regions with a named accountable person and a deputy today ÷ steps and "
            "regions"
        ),
        gap=_("Not my responsibility"),
        keep=_("for each step and region: the accountable person, the deputy, from when to when"),
        number=NumberItem(
            _("For how many of 100 open pieces of work is one named person responsible today?"), "%"
        ),
    ),
    Claim(
        id="R2",
        sentence=_(
            "No customer's problem is without an owner for more than an hour of covered time."
        ),
        anchors=(
            _("queues own the work"),
            _("seniors come to the rescue"),
            _("assigned at triage"),
            _("an owner at every moment, handoffs accepted"),
            _("time without an owner raises an alarm, and falls"),
        ),
        cuts=(0.4, 0.65, 0.85, 0.95),
        evidence="ownerless_hour",
        shows=_("cases whose longest stretch without an owner is at most one covered hour ÷ cases"),
        gap=_("Ownerless hours"),
        keep=_("who owned each case from when to when, down to the minute"),
        number=NumberItem(
            _("Of 100 cases, how many were never without an owner for more than an hour?"), "%"
        ),
        short=True,
    ),
    Claim(
        id="R3",
        sentence=_("People at the front can act without asking."),
        anchors=(
            _("every exception goes upwards"),
            _("by courage"),
            _("limits exist"),
            _("known limits are used weekly: goodwill, part swap, overtime, expedite"),
            _("and their effect is reviewed"),
        ),
        cuts=(0.2, 0.5, 0.75, 0.75),
        evidence="decided_at_the_front",
        shows=_("exceptions decided at the front within a limit ÷ all exceptions"),
        gap=_("Permission queue"),
        keep=_("exceptions: what, who decided, within which limit, and how long it took"),
        conditions={
            4: _("the effect of the limits is reviewed"),
        },
    ),
    Claim(
        id="R4",
        sentence=_("There is a second person for each skill a covered customer may need."),
        anchors=(
            _("heroes"),
            _("known, and accepted"),
            _("a plan"),
            _("at least two certified people for at least 90 % of what is required"),
            _("cover is tested by absence"),
        ),
        cuts=(0.5, 0.7, 0.9, 0.97),
        evidence="skill_coverage",
        shows=_(
            "skills required by covered assets, by region, that at least two people hold ÷ all "
            "that are required"
        ),
        gap=_("The irreplaceable"),
        keep=_(
            "who is certified for which skill until when, and which skills the covered assets "
            "require"
        ),
    ),
)
