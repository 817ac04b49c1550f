"""M: what is measured, reviewed, rewarded."""

from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.measures.marking import marked as _

CLAIMS = (
    Claim(
        id="M1",
        sentence=_("We look at the worst cases by name, not only at averages."),
        anchors=(
            _("averages or nothing"),
            _("after escalations"),
            _("lists exist"),
            _("every review opens with the worst cases by name"),
            _("and each is followed until its cause is removed"),
        ),
        cuts=(0.1, 0.4, 0.8, 0.8),
        evidence="worst_cases_reviewed",
        shows=_(
            "service reviews in which at least three of the ten worst cases of the day were "
            "opened ÷ reviews"
        ),
        gap=_("The comfort of the average"),
        keep=_("reviews: date, and the cases that were opened in them"),
        conditions={
            4: _("the causes of at least 70 % of them are closed within 90 days"),
        },
        number=NumberItem(
            _(
                "In how many of 100 service reviews were at least three of the ten worst cases "
                "opened by name?"
            ),
            "%",
        ),
        short=True,
    ),
    Claim(
        id="M2",
        sentence=_("Our numbers count everything that happened, including what is still open."),
        anchors=(
            _("closed jobs only"),
            _("a known weakness"),
            _("some measures"),
            _("all headline measures count open, re-dated and excluded cases visibly"),
            _("and somebody independent checks them by samples"),
        ),
        cuts=(0.2, 0.5, 0.8, 0.8),
        evidence="numbers_that_count_all",
        shows=_(
            "headline measures whose value, with what is open counted and by the judged date, "
            "differs by less than 2 points from that of the ended rows by the date as said today "
            "÷ headline measures"
        ),
        gap=_("Numbers that heal themselves"),
        keep=_(
            "the value that was reported for each measure, and the checks made of it by somebody "
            "independent"
        ),
        conditions={
            4: _(
                "an audit of the numbers is recorded, and at least 95 % of the records are complete"
            ),
        },
    ),
    Claim(
        id="M3",
        sentence=_("What we promise the customer is what we measure."),
        anchors=(
            _("internal targets only"),
            _("a service level on paper"),
            _("some contracts"),
            _("promises from all contracts and from daily calls are recorded with their date"),
            _("and checked with the customer"),
        ),
        cuts=(0.2, 0.5, 0.8, 0.95),
        evidence="promises_recorded",
        shows=_(
            "customer commitments, from contract clauses and from a sample of 50 calls and "
            "letters, that stand in the promise ledger ÷ sample"
        ),
        gap=_("Unwritten promises"),
        keep=_(
            "a sample of 50 commitments from contracts, calls and letters, each marked as found "
            "or not found in the ledger"
        ),
        number=NumberItem(
            _(
                "Of 100 commitments that we make to customers, how many stand in our records "
                "with a date?"
            ),
            "%",
        ),
    ),
    Claim(
        id="M4",
        sentence=_("Pay and praise depend on kept promises and on retained customers."),
        anchors=(
            _("on new sales or utilisation only"),
            _("informally"),
            _("part of some bonus"),
            _("for all after-sales leaders and for those who sell the original machine"),
            _("and reviewed for side effects"),
        ),
        cuts=(0.05, 0.15, 0.3, 0.3),
        evidence="incentives",
        shows=_(
            "variable pay tied to promises kept, to the tail of restoring and to renewal ÷ all "
            "variable pay, over the roles that sell to and serve the installed base"
        ),
        gap=_("Rewarded elsewhere"),
        keep=_(
            "variable pay by role: what it depends on, and with which weight. Without such a "
            "record the level is at most 1"
        ),
        conditions={
            4: _("side effects are reviewed"),
        },
    ),
)
