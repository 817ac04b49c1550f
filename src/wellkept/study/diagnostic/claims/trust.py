"""T: customer trust."""

from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.measures.marking import marked as _

CLAIMS = (
    Claim(
        id="T1",
        sentence=_("We notice a customer drifting away before the renewal date."),
        anchors=(
            _("after the loss"),
            _("by the account manager's feeling"),
            _("a list of inactive ones"),
            _("at least 70 % of lost customers had been flagged 90 days before, and spoken to"),
            _("and recoveries are measured against those not spoken to"),
        ),
        cuts=(0.1, 0.4, 0.7, 0.7),
        evidence="drift_noticed",
        shows=_(
            "lost customers who were flagged and spoken to at least 90 days before ÷ lost customers"
        ),
        gap=_("Silence taken for satisfaction"),
        keep=_(
            "when a customer was flagged as drifting, when somebody spoke to them, and when they "
            "were lost"
        ),
        conditions={
            4: _("recoveries are compared with those not spoken to"),
        },
        number=NumberItem(
            _("Of 100 customers we lost, how many had we flagged and spoken to 90 days before?"),
            "%",
        ),
        short=True,
    ),
    Claim(
        id="T2",
        sentence=_("We ask customers after bad days, not only after good visits."),
        anchors=(
            _("no survey"),
            _("yearly, chosen contacts"),
            _("after visits"),
            _("as many invitations after broken promises as after kept ones, silence shown"),
            _("answers close the loop within 14 days"),
        ),
        cuts=(0.3, 0.6, 0.9, 0.9),
        evidence="asked_after_bad_days",
        shows=_("rate of invitations after broken promises ÷ rate of invitations after kept ones"),
        gap=_("Selective hearing"),
        keep=_("survey invitations, each with the case it followed, and the answer or the silence"),
        conditions={
            4: _("the loop is closed within 14 days for at least 80 % of the answers"),
        },
    ),
    Claim(
        id="T3",
        sentence=_(
            "When we failed, we said so, repaired it, and checked that the customer agrees."
        ),
        anchors=(
            _("defend"),
            _("a credit if asked"),
            _("an apology"),
            _(
                "at least 80 % of serious failures: acknowledgement, remedy, the customer's "
                "confirmation"
            ),
            _("buying again after a failure is followed"),
        ),
        cuts=(0.1, 0.4, 0.8, 0.8),
        evidence="said_and_repaired",
        shows=_(
            "serious broken promises with acknowledgement, remedy and the customer's confirmation "
            "÷ serious broken promises"
        ),
        gap=_("Waiting to be asked"),
        keep=_(
            "after each serious failure: when we said so, what we did, and whether the customer "
            "agrees"
        ),
        conditions={
            4: _("buying again after a failure is followed"),
        },
    ),
    Claim(
        id="T4",
        sentence=_(
            "The five customers we hurt most this year would buy from us again: we asked them."
        ),
        anchors=(
            _("no idea who they are"),
            _("we know who"),
            _("spoke to some"),
            _("spoke to all five, answers recorded"),
            _("and acted"),
        ),
        cuts=(0.2, 0.4, 1.0, 1.0),
        evidence="five_most_hurt",
        shows=_(
            "of the five customers hit hardest, those with a recorded conversation with an "
            "executive or manager ÷ 5"
        ),
        gap=_("Unasked question"),
        keep=_(
            "conversations with the five customers hit hardest: who spoke, when, what they said"
        ),
        conditions={
            4: _("something was done about what they said"),
        },
        number=NumberItem(
            _(
                "With how many of the five customers we hurt most this year has a leader spoken "
                "about it?"
            ),
            "customers",
            5.0,
        ),
        short=True,
    ),
)
