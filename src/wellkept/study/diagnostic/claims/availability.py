"""V: inventory and availability."""

from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.measures.marking import marked as _

CLAIMS = (
    Claim(
        id="V1",
        sentence=_(
            "For parts whose absence stops a covered customer, we can deliver inside the promise "
            "today."
        ),
        anchors=(
            _("not known which"),
            _("a list in heads"),
            _("a list, partly covered"),
            _("at least 95 % covered"),
            _("and what is not covered is accepted by a named leader, with a date"),
        ),
        cuts=(0.5, 0.75, 0.95, 0.95),
        evidence="critical_part_cover",
        shows=_("critical parts that can be delivered inside the promise today ÷ critical parts"),
        gap=_("Faith instead of stock"),
        keep=_("critical parts, their stock and lead times, and which assets wait for them"),
        conditions={
            4: _("every uncovered part is accepted by a named leader, with a date"),
        },
        number=NumberItem(
            _(
                "Of 100 parts whose absence stops a covered customer, how many could we deliver "
                "inside the promise today?"
            ),
            "%",
        ),
        short=True,
    ),
    Claim(
        id="V2",
        sentence=_("Stocking is decided by consequence, not by turnover alone."),
        anchors=(
            _("by turns or cash"),
            _("exceptions by shouting"),
            _("a critical flag exists"),
            _(
                "the stocking rule uses consequence, a quantile of lead time and the number "
                "installed for all critical parts"
            ),
            _("decisions are tested on the past"),
        ),
        cuts=(0.2, 0.5, 0.85, 0.85),
        evidence="stocked_by_consequence",
        shows=_(
            "critical parts whose minimum is at least that of the consequence rule, or has a "
            "reasoned override ÷ critical parts"
        ),
        gap=_("Likely beats consequential"),
        keep=_(
            "minimum levels of critical parts, with the rule or the reasoned override behind each"
        ),
        conditions={
            4: _("a test on the past is recorded"),
        },
    ),
    Claim(
        id="V3",
        sentence=_(
            "When a part is missing we know the machine that waits for it, its hours, and who is "
            "on it."
        ),
        anchors=(
            _("no"),
            _("by telephone"),
            _("a daily list"),
            _("a live list with owner and the history of the supplier's dates"),
            _("causes are analysed by part"),
        ),
        cuts=(0.3, 0.6, 0.9, 0.98),
        evidence="backorders_known",
        shows=_(
            "open backorder lines linked to asset, consequence, owner and supplier date ÷ open "
            "backorder lines"
        ),
        gap=_("Anonymous backorders"),
        keep=_(
            "open backorder lines: the asset that waits, its consequence, the owner, the "
            "supplier's dates"
        ),
    ),
    Claim(
        id="V4",
        sentence=_(
            "We know how long the worst five per cent of part requests waited, and nearly all "
            "arrive when they are needed."
        ),
        anchors=(
            _("not known"),
            _("known for some"),
            _("the average is known"),
            _("at least 93 % arrive by the date they are needed"),
            _("at least 97 %, and the longest waits are examined"),
        ),
        cuts=(0.6, 0.8, 0.93, 0.97),
        evidence="parts_in_time",
        shows=_(
            "part requests received by the date they were promised for ÷ part requests whose date "
            "has come, those still missing included"
        ),
        gap=_("Fill rate without the wait"),
        keep=_("for each part request: when it was made, by when it was needed, when it arrived"),
        number=NumberItem(
            _("How many days did the worst five of 100 part requests wait at least?"), "d", 10000.0
        ),
        short=True,
    ),
)
