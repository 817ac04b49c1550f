"""The codes of the record in the reader's language.

Rules are pure and know no language, so the words of their enumerations are marked here. A code
that is missing here is found by a test; the mirror says its own codes in whole sentences.
"""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

WORDS = frozenset(
    {
        # states of cases, assets, imports; standings and verdicts of promises
        _("reported"), _("acknowledged"), _("in work"), _("restored"), _("closed"), _("cancelled"),
        _("ordered"), _("delivered"), _("installed"), _("commissioned"), _("in use"), _("idle"),
        _("retired"), _("tried"), _("applying"), _("applied"), _("undone"), _("open"), _("broken"),
        _("kept"), _("late"), _("never"), _("released"), _("void"), _("moment"), _("day"),
        # consequences, costs, doubts, kinds of products
        _("safety"), _("production stopped"), _("unknown"), _("degraded"), _("inconvenience"),
        _("low"), _("medium"), _("high"), _("extreme"), _("number is serial"), _("same serial"),
        _("same name"),
        _("hardware"), _("software"), _("due before made"), _("fulfilled before made"),
        _("ended before made"), _("occurred after report"), _("ended before report"),
        _("end unknown"), _("end unsaid"), _("without date"), _("same date"), _("before made"),
        _("to come"), _("settled"), _("before report"),
        # kinds and sources of promises
        _("respond"), _("arrive"), _("restore"), _("resolve"), _("update customer"),
        _("visit window"), _("part delivery"), _("quote"), _("renewal offer"), _("callback"),
        _("report"), _("maintenance due"), _("installation"), _("commissioning"), _("acceptance"),
        _("handover"), _("uptime"), _("campaign"), _("said"), _("diagnostic"), _("review action"),
        _("commitment"), _("warranty"), _("plan"), _("appointment"), _("derived"),
        # who, for whom, how, why
        _("us"), _("ourselves"), _("customer"), _("nobody"), _("part"), _("supplier"),
        _("approval"), _("access"), _("phone"), _("mail"), _("portal"), _("visit"), _("machine"),
        _("message"), _("letter"), _("skill"), _("planning"), _("weather"), _("remote"),
        _("other"), _("given"), _("withdrawn"), _("shift"), _("imported"),
        # what happens to promises and cases
        _("made"), _("taken"), _("offered"), _("accepted"), _("declined"), _("assigned"),
        _("left"), _("moved"), _("told"), _("paused"), _("resumed"), _("fulfilled"),
        _("confirmed"), _("taken back"), _("ended"), _("correction asked"), _("corrected"),
        _("not corrected"), _("voided"), _("merged"), _("cause noted"), _("remarked"), _("rated"),
        _("work started"), _("waiting"), _("refused"), _("resolved"), _("reopened"),
        _("escalated"), _("owned"), _("ownerless"), _("coded"), _("reworded"),
        # nouns of an import, and what is due to one
        _("asset"), _("component"), _("case"), _("downtime"), _("person"), _("site"),
        _("product"), _("promise"),
        # fields that forms change, and rows that an import brought
        _("about"), _("number"), _("name"), _("serial"), _("hardware revision"),
        _("software revision"), _("installed on"), _("warranty until on"), _("detail"),
        _("channel"), _("asset is unknown"), _("consequence"), _("consequence asked"),
        _("occurred at"), _("failure mode"), _("failure mechanism"), _("failure cause"),
        _("remedy"), _("evidence"), _("not before"), _("penalty minor"),
        _("downtime minor per h"), _("at stake minor"), _("currency"), _("assets"), _("cases"),
        _("promises"), _("downtimes"), _("customers"), _("sites"), _("products"), _("people"),
        _("teams"), _("regions"),
        # what columns and rows of files mean
        _("case id"), _("promise id"), _("parent asset"), _("zone"), _("owner"), _("actor"),
        _("kind"), _("state"), _("substate"), _("reason"), _("event at"), _("occurred"),
        _("responded"), _("changed"), _("first due"), _("due"), _("done"), _("respond due"),
        _("responded after"), _("resolved after"), _("target"), _("verdict"), _("respond verdict"),
        _("reopen count"), _("handoff count"), _("move count"), _("old due"), _("new due"),
        _("moved at"), _("moved by"), _("told at"), _("down from"), _("down to"), _("lasted"),
        _("planned"), _("stood still"), _("money"), _("event rows"), _("case rows"),
        _("promise rows"), _("downtime rows"), _("asset state rows"), _("move rows"),
        _("asset rows"), _("customer rows"), _("site rows"), _("product rows"), _("none rows"),
        _("product no"), _("family"), _("product kind"), _("launched"), _("sale ends"),
        _("support ends"), _("expected life"), _("released on"), _("sale ends on"),
        _("support ends on"), _("expected life years"),
        # what may be attached
        _("PDF, PNG, JPEG, GIF, WebP, HEIC, MP4, ZIP, Word, Excel, PowerPoint, text, CSV or JSON"),
        # access groups and scopes
        _("administrator"), _("manager"), _("coordinator"), _("planner"), _("engineer"),
        _("parts"), _("sales"), _("read only"), _("own"), _("team"), _("region"), _("all"),
    }
)  # fmt: skip


def said_each(codes: Iterable[str]) -> str:
    """This will say several codes, in their order, as a sentence lists them."""
    return ", ".join(said(code) for code in codes)


def said(code: str) -> str:
    """This will say a code in the reader's language, as "in work" for in_work."""
    return gettext(code.replace("_", " ")) if code else ""
