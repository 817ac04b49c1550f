"""L: leadership attention."""

from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.measures.marking import marked as _

CLAIMS = (
    Claim(
        id="L1",
        sentence=_("Executives spend agenda time on after-sales before something is on fire."),
        anchors=(
            _("only when a customer escalates"),
            _("now and then"),
            _("a standing slot, often cut"),
            _("the slot is held in at least 10 months of 12"),
            _("the slot is held and its decisions are followed up the next time"),
        ),
        cuts=(0.2, 0.5, 0.8, 0.8),
        evidence="leadership_agenda",
        shows=_(
            "months with an executive review that opened an after-sales item by measure or by "
            "case, not triggered by an escalation in the 14 days before ÷ 12"
        ),
        gap=_("Attention only under fire"),
        keep=_(
            "reviews: level, date, planned or held, items with the measure or case they opened, "
            "and what triggered them"
        ),
        conditions={
            4: _("at least 80 % of its actions are checked at the next review"),
        },
        number=NumberItem(
            _("How many minutes a month do executives spend on after-sales?"), "min", 10000.0
        ),
        short=True,
    ),
    Claim(
        id="L2",
        sentence=_(
            "Executives can name a customer we let down last month and what happened to them."
        ),
        anchors=(
            _("cannot"),
            _("the loudest one"),
            _("through a report"),
            _("each executive has spoken with one such customer per quarter"),
            _("and a change came of it"),
        ),
        cuts=(0.1, 0.3, 0.6, 0.6),
        evidence="executive_contacts",
        shows=_(
            "of the ten worst broken promises of each quarter, those with a call or visit by an "
            "executive within 30 days ÷ 10"
        ),
        gap=_("Distance"),
        keep=_("contacts with customers: who, with whom, why, and when"),
        conditions={
            4: _("at least one change to the system per quarter is linked to such a contact"),
        },
    ),
    Claim(
        id="L3",
        sentence=_("Money follows the claim."),
        anchors=(
            _("the after-sales budget is cut first"),
            _("what is left over"),
            _("an own budget, seen as cost"),
            _("investment is decided on contribution and risk, like new products"),
            _("results are reviewed after the decision"),
        ),
        cuts=(0.3, 0.6, 0.8, 0.8),
        evidence="investment_decisions",
        shows=_(
            "after-sales investment proposals decided within 60 days with a stated return ÷ "
            "proposals"
        ),
        gap=_("Harvested, not fed"),
        keep=_(
            "investment proposals: date, stated return, decision, and what remained of it after "
            "mid-year cuts"
        ),
        conditions={
            4: _("results are reviewed after the decision"),
        },
    ),
    Claim(
        id="L4",
        sentence=_("After-sales roles are proving grounds."),
        anchors=(
            _("a dead end"),
            _("individuals, in spite of it"),
            _("said, not seen"),
            _("promotions from after-sales into general leadership at the same rate as elsewhere"),
            _("and leaders are expected to have served there"),
        ),
        cuts=(0.3, 0.6, 0.9, 0.9),
        evidence="proving_grounds",
        shows=_(
            "promotions per person-year in after-sales ÷ promotions per person-year in other "
            "functions"
        ),
        gap=_("Spare wheel"),
        keep=_("who held which role from when to when, in after-sales and elsewhere"),
        conditions={
            4: _("at least 25 % of senior leaders served a year or more in after-sales"),
        },
    ),
)
