"""C: commercial."""

from wellkept.study.diagnostic.claim import Claim, NumberItem
from wellkept.study.measures.marking import marked as _

CLAIMS = (
    Claim(
        id="C1",
        sentence=_("No contract expires without a conversation started 90 days before."),
        anchors=(
            _("the invoice is the conversation"),
            _("large ones"),
            _("a list"),
            _("at least 90 %"),
            _("the conversation uses facts about promises, cost and usage"),
        ),
        cuts=(0.3, 0.6, 0.9, 0.9),
        evidence="renewals_begun",
        shows=_(
            "expiring contracts with a conversation about renewal at least 90 days before ÷ "
            "expiring contracts"
        ),
        gap=_("Lapsed by silence"),
        keep=_("contracts with their end, and contacts with the customer marked as about renewal"),
        conditions={
            4: _("a health sheet is attached"),
        },
        number=NumberItem(
            _("Of 100 contracts that expired, for how many had we begun to talk 90 days before?"),
            "%",
        ),
        short=True,
    ),
    Claim(
        id="C2",
        sentence=_("We know which contracts lose money and why."),
        anchors=(
            _("portfolio margin"),
            _("suspected"),
            _("yearly"),
            _("per contract, quarterly, with what is expected to its end"),
            _("acted upon: repriced, rescoped, fixed"),
        ),
        cuts=(0.3, 0.6, 0.9, 0.9),
        evidence="contract_results",
        shows=_("contracts with at least 90 % of their cost entries linked ÷ contracts"),
        gap=_("Cross-subsidy by average"),
        keep=_("cost entries linked to contract, case and job"),
        conditions={
            4: _("at least 80 % of the loss-makers have an action within 60 days"),
        },
    ),
    Claim(
        id="C3",
        sentence=_(
            "Prices for parts and work follow value and competition, and we know what we actually "
            "get."
        ),
        anchors=(
            _("cost plus, once"),
            _("a yearly uplift"),
            _("classes"),
            _("the pocket price is known by class, outliers explained"),
            _("tests and learns"),
        ),
        cuts=(0.3, 0.6, 0.9, 0.9),
        evidence="pocket_prices",
        shows=_("invoice lines with a complete price waterfall ÷ invoice lines"),
        gap=_("List-price illusion"),
        keep=_("for each invoice line: list price, each deduction, and its reason"),
        conditions={
            4: _("price tests are recorded"),
        },
    ),
    Claim(
        id="C4",
        sentence=_(
            "For each customer we know what is at stake over the machine's remaining life, and it "
            "changes what we do."
        ),
        anchors=(
            _("no"),
            _("a ranking by revenue"),
            _("lifetime value once"),
            _("lifetime value with an interval for at least 80 % of active customers, refreshed"),
            _("used in at least two kinds of decision: stock, priority, renewal"),
        ),
        cuts=(0.2, 0.5, 0.8, 0.8),
        evidence="lifetime_values",
        shows=_("customers with a lifetime value of the last 90 days ÷ active customers"),
        gap=_("Value blind"),
        keep=_(
            "orders, contracts and costs by customer, and the decisions that used a lifetime value"
        ),
        conditions={
            4: _("at least two kinds of decision use it"),
        },
        number=NumberItem(
            _("For how many of 100 active customers do we know the lifetime value?"), "%"
        ),
    ),
)
