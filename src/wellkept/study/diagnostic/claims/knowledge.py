"""I: knowledge of the installed base."""

from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.measures.marking import marked as _

CLAIMS = (
    Claim(
        id="I1",
        sentence=_("We know where the machines are and who runs them."),
        anchors=(
            _("the shipping list"),
            _("contract customers only"),
            _("the larger part"),
            _("at least 85 % of the units in use were confirmed in the last 24 months"),
            _(
                "including resold ones and those sold through others, with an estimate of the "
                "unseen"
            ),
        ),
        cuts=(0.4, 0.65, 0.85, 0.93),
        evidence="seen_in_24_months",
        shows=_(
            "units in use whose place and customer were confirmed in the last 24 months ÷ units "
            "in use"
        ),
        gap=_("Lost machines"),
        keep=_(
            "each unit's place and customer, with the date on which somebody last confirmed them"
        ),
        conditions={
            4: _("resold units and the unseen are estimated"),
        },
        number=NumberItem(
            _("Of 100 machines in use, how many were seen or heard of in the last 24 months?"), "%"
        ),
        short=True,
    ),
    Claim(
        id="I2",
        sentence=_("What the record says is what the engineer finds."),
        anchors=(
            _("discovered on site"),
            _("engineers' notebooks"),
            _("corrected when a wrong part was shipped"),
            _("each visit verifies, and at least 95 % of the fields checked are right"),
            _("the causes of errors are removed"),
        ),
        cuts=(0.7, 0.85, 0.95, 0.98),
        evidence="fields_confirmed",
        shows=_("fields that a visit confirmed ÷ fields that visits checked, from 200 checks on"),
        gap=_("Paper machines"),
        keep=_(
            "at each visit: which fields of the asset's record were checked, and whether they "
            "were right"
        ),
    ),
    Claim(
        id="I3",
        sentence=_("We know how the machine is used and what its stop costs the customer."),
        anchors=(
            _("no"),
            _("key accounts"),
            _("usage for some"),
            _(
                "usage and consequence are recorded for at least 80 % of covered critical assets, "
                "agreed with the customer"
            ),
            _("and used in stocking, planning and pricing"),
        ),
        cuts=(0.1, 0.4, 0.8, 0.8),
        evidence="usage_known",
        shows=_(
            "covered assets with a usage reading of the last 90 days and a consequence stated by "
            "the customer ÷ covered assets"
        ),
        gap=_("Blind to consequence"),
        keep=_("usage readings, and what a stop costs, with who said so and when"),
        conditions={
            4: _("at least one decision rule uses it"),
        },
    ),
    Claim(
        id="I4",
        sentence=_("Every change at the site reaches the record within a week."),
        anchors=(
            _("no"),
            _("large projects"),
            _("our own work"),
            _("our own work and reported relocations, updates and removals"),
            _("plus signals of unreported ones"),
        ),
        cuts=(0.4, 0.65, 0.85, 0.95),
        evidence="changes_recorded",
        shows=_("changes of configuration or place recorded within 7 days ÷ changes"),
        gap=_("Drifting record"),
        keep=_("for each change at a site: when it happened, and when it was recorded"),
    ),
)
