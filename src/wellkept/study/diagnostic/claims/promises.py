"""P: promises and the tail."""

from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.measures.marking import marked as _

CLAIMS = (
    Claim(
        id="P1",
        sentence=_(
            "We know what share of the promises due last quarter we kept, by the date first given."
        ),
        anchors=(
            _("not known"),
            _("known for some"),
            _("known, by the last date"),
            _("known by the first date, for all classes"),
            _("and predicted before they are due"),
        ),
        cuts=(0.2, 0.5, 0.9, 0.9),
        evidence="first_dates_kept",
        shows=_(
            "promises with the date first given and a known end ÷ promises due, with or without a "
            "date"
        ),
        gap=_("Re-dated promises"),
        keep=_(
            "each promise with the date first given, the date as said today, and when it was "
            "fulfilled"
        ),
        conditions={
            3: _("the date first given is kept apart from the date as said today"),
            4: _("the share is predicted before the promises are due"),
        },
        number=NumberItem(
            _("What share of the promises due last quarter did we keep, by the date first given?"),
            "%",
        ),
        short=True,
    ),
    Claim(
        id="P2",
        sentence=_(
            "When a customer's production stops, we restore within the promise, also for the "
            "unluckiest one in twenty."
        ),
        anchors=(
            _("the tail is unknown"),
            _("usually"),
            _("the average lies inside the promise"),
            _("at least 95 % inside"),
            _("at least 98 % inside, and the longest ones are examined"),
        ),
        cuts=(0.7, 0.85, 0.95, 0.98),
        evidence="stopped_restored",
        shows=_(
            "cases in which production stopped or safety was at stake, restored within the "
            "promise ÷ all of them whose date has come, those still down included"
        ),
        gap=_("Average inside, tail outside"),
        keep=_(
            "for each case: when the function was lost, when it was back, and the promised date "
            "of that"
        ),
        number=NumberItem(
            _(
                "Within how many hours were 95 of 100 customers whose production stopped working "
                "again?"
            ),
            "h",
            10000.0,
        ),
        short=True,
    ),
    Claim(
        id="P3",
        sentence=_("We tell the customer before we are late."),
        anchors=(
            _("they call us"),
            _("good coordinators do"),
            _("a rule"),
            _("at least 80 % of late promises are announced before they are due, with a new date"),
            _("and new dates hold"),
        ),
        cuts=(0.2, 0.5, 0.8, 0.8),
        evidence="late_announced",
        shows=_(
            "late promises of which the customer was told, with a new date, before they were due "
            "÷ late promises"
        ),
        gap=_("Late news"),
        keep=_("for each moved date: when the customer was told of it"),
        conditions={
            4: _("at least 85 % of the second dates are kept"),
        },
    ),
    Claim(
        id="P4",
        sentence=_("The same fault does not come back without someone asking why."),
        anchors=(
            _("not visible"),
            _("after anger"),
            _("listed"),
            _("at least 80 % of third occurrences get a cause within 30 days"),
            _("and recurrence falls after it"),
        ),
        cuts=(0.2, 0.5, 0.8, 0.8),
        evidence="repeats_examined",
        shows=_(
            "assets with three or more failures of the same kind in 180 days whose cause was "
            "recorded within 30 days ÷ such assets"
        ),
        gap=_("Tolerated repeats"),
        keep=_("root causes: for which asset and failure, found when, and what was changed"),
        conditions={
            4: _("the rate of recurrence falls"),
        },
    ),
)
