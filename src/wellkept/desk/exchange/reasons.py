"""Why an import leaves a row, or takes it with a doubt: sentences for whoever has to mend the file.

Each names the roles of the columns that it is about, so that the row can be shown with what stands
there. A reason is kept with the run as its English text and said in the language of its reader.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from wellkept.record.cases import rules as of_cases
from wellkept.record.promises import rules as of_promises


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: its sentence, and the roles of the columns that it is about.

    `named_by` is the role of the column in which a row is found by its name, where that is another.
    """

    text: str
    roles: tuple[str, ...] = ()
    named_by: str = ""


REPORTED = ("reported", "occurred")
ENDS = ("responded", "restored", "resolved", "closed", "cancelled")

# Rows that are not taken

LONG_ASSET = Why(
    _("Its number is longer than 60 characters, more than the record holds."), ("asset",)
)
LONG_ASSET_OF = Why(
    _("The number of its asset is longer than 60 characters, more than the record holds."),
    ("asset",),
)
LONG_SERIAL = Why(_("Its serial is longer than 120 characters: it is left out."), ("asset",))
LONG_REVISION = Why(
    _("A revision is longer than 60 characters: it is left out."),
    ("software_revision", "hardware_revision"),
)
WARRANTY_BEFORE = Why(
    _("Its warranty ends before it was installed."), ("installed", "warranty_ends"), "asset"
)
SERIAL_TWICE = Why(
    _("Another asset of its product has its serial: both are kept, as suspected duplicates."),
    ("asset",),
)
LONG_REGION = Why(_("The region's name is longer than 120 characters."), ("region",))
LONG_TEAM = Why(_("The team's name is longer than 120 characters."), ("team",))
LONG_PERSON = Why(_("The person's name is longer than 200 characters."), ("owner",))
LONG_CUSTOMER = Why(_("The customer's name is longer than 200 characters."), ("customer",))
LONG_SITE = Why(_("The site's name is longer than 200 characters."), ("site",))
SEVERAL = Why(
    _("Several in the record have this name: none of them is taken, and no other one is made."),
    ("asset", "customer", "site"),
)
SEVERAL_PEOPLE = Why(
    _("Several people in the record have this name: what it owns comes in without an owner."),
    ("owner",),
)
SEVERAL_SITES = Why(
    _(
        "Several sites in the record have this name, and nothing says which is meant: what names "
        "it comes in without a site."
    ),
    ("site",),
)
NO_COUNTRY = Why(
    _("Its country is none that is known: it stands at the end of the address, as it is written."),
    ("region", "site"),
    "site",
)
ONLY_SITE = Why(
    _("No row says whose it is: it is taken for the only site of this name in the record."),
    ("site",),
)
LONG_PRODUCT = Why(
    _("Its number is longer than 60 characters, more than the record holds."), ("product_no",)
)
LONG_PRODUCT_NAME = Why(
    _("The product's name is longer than 200 characters."), ("product_no", "product")
)
NO_PRODUCT_NAME = Why(
    _("It has neither a number nor a name, so nobody could tell which product it is."),
    ("product_no", "product"),
)
NO_REPORT = Why(
    _("No moment says when it was reported, and a case begins with its report."), REPORTED
)
CASE_AHEAD = Why(_("It begins after now, so it has not happened yet."), REPORTED)
NO_ASSET = Why(_("It names no asset, so nobody could tell what was down."), ("asset",))
NO_BEGINNING = Why(_("No moment says when it began."), ("down_from",))
DOWN_AHEAD = Why(_("It begins after now, so it has not happened yet."), ("down_from",))
DOWN_BACKWARDS = Why(_("It ends before it begins."), ("down_from", "down_to"))
NO_DATE = Why(
    _("It has neither a date that can be read nor a verdict, so nothing was promised."),
    ("due", "first_due", "verdict"),
)

NO_PARENT = Why(
    _("The asset in which it is to stand is in no file and not in the record."), ("parent_asset",)
)
IN_CIRCLES = Why(
    _("It would stand in itself, through what stands in it. Correct one of the two in the file."),
    ("parent_asset",),
)

# Rows that are taken with a doubt

NO_CONSEQUENCE = Why(
    _("The word for what its stop means is not known: it stays open. Say it in the recipe."),
    ("consequence",),
    "asset",
)

NO_LIFE = Why(
    _("The word for its state is none that is known: its state stays. Say it in the recipe."),
    ("state",),
    "asset",
)
OTHER_LIFE = Why(_("The record says otherwise of its state, and that stays."), ("state",), "asset")
NO_WAY = Why(
    _("An asset does not go to this state from the one that it has in the record: that stays."),
    ("state",),
    "asset",
)
NO_KIND = Why(
    _(
        "The word for its kind means neither hardware nor software: it stays open. Say it in the "
        "recipe."
    ),
    ("product_kind",),
)
ONE_NUMBER_TWICE = Why(
    _("Several rows give this number other names: they are one product, and the last one counts."),
    ("product_no", "product"),
)
ALIKE_NUMBER = Why(
    _(
        "Another row has its number with other zeros at the head, as in 0123 and 123: both are "
        "kept. If they are one, correct the number in the file."
    ),
    ("product_no", "product"),
)
NAMELESS = Why(_("It has a number and no name: it is called by its number."), ("product_no",))
SEVERAL_PRODUCTS = Why(
    _(
        "Several products have this name: it is kept as one of its own, until a file gives its "
        "number."
    ),
    ("product",),
    "product",
)
OTHER_NUMBER = Why(
    _("The record has this product under the number and another name; the name there stays."),
    ("product_no", "product"),
)
UNNAMED_TOO = Why(
    _(
        "The record has another product that is known by this name alone: both are kept. Give the "
        "assets of that one this product."
    ),
    ("product_no", "product"),
)
LIFE = Why(
    _("Its expected life is no number of whole years from 1 to 200: it was left out."),
    ("expected_life",),
)
SUPPORT_BEFORE_LAUNCH = Why(
    _("Its support would end before it was released: both dates were left out."),
    ("launched", "support_ends"),
)
OTHER_WORD = {
    "kind": Why(_("The record says otherwise of its kind, and that stays."), ("product_kind",)),
    "family": Why(_("The record says otherwise of its family, and that stays."), ("family",)),
    "released_on": Why(
        _("The record says otherwise of its launch, and that stays."), ("launched",)
    ),
    "sale_ends_on": Why(
        _("The record says otherwise of the end of its sale, and that stays."), ("sale_ends",)
    ),
    "support_ends_on": Why(
        _("The record says otherwise of the end of its support, and that stays."),
        ("support_ends",),
    ),
    "expected_life_years": Why(
        _("The record says otherwise of its expected life, and that stays."), ("expected_life",)
    ),
}
"""What a list says first of a product that the record knew already, by the field."""

DONE_AND_OVER = Why(
    _("It is said to be both fulfilled and given up: fulfilled counts."),
    ("done", "ended", "released"),
)
OVER_SOME_DAY = Why(
    _("It is said to be over, but not when and how: it is kept as void, and judged by nobody."),
    ("state", "done", "ended"),
)
MOVE_LEFT = Why(_("A move of its date was left out"), ("old_due", "new_due", "due"))
OTHER_FIRST = Why(
    _("The file gives another first date; the one in the record stays. Correct it by hand."),
    ("first_due", "due"),
)
OTHER_VERDICT = Why(
    _("The file gives another verdict; the one in the record stays. Void it and import again."),
    ("verdict",),
)
NOT_TAKEN_BACK = Why(
    _("The file no longer says when it was fulfilled; in the record it is void and stays so."),
    ("done",),
)
ENDS_BEFORE_DOWN = Why(
    _("The file ends it before it began by the record; it stays without an end."), ("down_to",)
)
OTHER_END = Why(_("The file gives another end; the one in the record stays."), ("down_to",))
CLOSED_AT_RESOLUTION = Why(
    _("It is said to be closed, but not when: its solution counts as its end."),
    ("state", "resolved", "closed"),
)
AFTER_END = Why(
    _("It was answered, or worked again, only after it was over: that is kept, and it stays over."),
    ("responded", "restored", "down_to", "closed", "cancelled"),
)
BUT_FOR_ZEROS = Why(
    _(
        "Its number came before with other zeros at its head, as in 0123 and 123: it is taken for "
        "another one. If a spreadsheet took the zeros away, export the column as text."
    ),
    ("case_id", "promise_id", "asset", "product_no"),
)
EVENT_LEFT = Why(_("An event of its log was left out"), ("event_at", "state"))
SAME_NUMBER = Why(
    _("The record has this customer's number under another name: both are taken for one."),
    ("customer",),
)
SAME_KEY = Why(
    _("The record has this site's number under another name or customer: that one is changed."),
    ("site",),
)
_MERGED = _(
    "It was merged into another one in the record, and counts as that one. It is kept under the "
    "name that the files give, so that the merge can still be undone."
)
MERGED = {
    "customer": Why(_MERGED, ("customer", "name")),
    "asset": Why(_MERGED, ("asset",)),
}
CALLED_ALIKE = Why(
    _(
        "It is new, and called like a customer that the record has, or that these files name "
        "otherwise. Both stand among the duplicates once it is written: merge them there if they "
        "are one, or write the name in the file as the record has it."
    ),
    ("customer", "name"),
)
NUMBER_TAKEN = Why(
    _("The number that the file gives is another customer's in the record; the old one stays."),
    ("customer",),
)
NUMBER_ELSEWHERE = Why(
    _("Its number is another customer's in the record: it comes in, and has no number there."),
    ("customer",),
)

DOUBTS = {
    of_promises.Contradiction.DUE_BEFORE_MADE: Why(
        _("It falls due before it was made. Correct one of the two dates in the file."),
        ("made", "first_due", "due"),
    ),
    of_promises.Contradiction.FULFILLED_BEFORE_MADE: Why(
        _("It was fulfilled before it was made. Correct one of the two moments in the file."),
        ("made", "done"),
    ),
    of_promises.Contradiction.ENDED_BEFORE_MADE: Why(
        _("It ended before it was made. Correct one of the two moments in the file."),
        ("made", "ended", "released"),
    ),
    of_cases.Contradiction.OCCURRED_AFTER_REPORT: Why(
        _("It happened after it was reported. Correct one of the two moments in the file."),
        ("occurred", "reported"),
    ),
    of_cases.Contradiction.ENDED_BEFORE_REPORT: Why(
        _("A moment of its course lies before its report. Correct one of them in the file."),
        ("reported", *ENDS),
    ),
    of_cases.Contradiction.END_UNKNOWN: Why(
        _("It is over, but nothing says since when: no time is reckoned from its end."),
        ("state", "closed", "cancelled"),
    ),
    of_cases.Contradiction.END_UNSAID: Why(
        _("No column says when a case like it ends, so whether it is open is not known."), ENDS
    ),
}
"""What a row that contradicts itself is kept with, by the code in its `doubt`."""


MOVED = ("old_due", "new_due", "due")
MOVES = {
    of_promises.Unmoved.WITHOUT_DATE: Why(
        _("A move was left out: the promise has no date that could be moved."), MOVED
    ),
    of_promises.Unmoved.SAME_DATE: Why(
        _("A move was left out: it leads to the date that the promise has."), MOVED
    ),
    of_promises.Unmoved.BEFORE_MADE: Why(
        _("A move was left out: it leads to a date before the promise was made."),
        ("made", *MOVED),
    ),
    of_promises.Unmoved.TO_COME: Why(
        _("A move was left out: it is said to be made after now."), ("moved_at", *MOVED)
    ),
    of_promises.Unmoved.SETTLED: Why(
        _("A move was left out: it came after the promise was settled."), ("moved_at", *MOVED)
    ),
}
ENDS_SAID = ("done", "ended", "released")
SETTLINGS = {
    of_promises.Unsettled.SETTLED: Why(
        _("The file gives another end; in the record it is settled already, and stays so."),
        ENDS_SAID,
    ),
    of_promises.Unsettled.TO_COME: Why(_("Its end was left out: it lies after now."), ENDS_SAID),
    of_promises.Unsettled.BEFORE_MADE: Why(
        _("Its end was left out: it lies before the promise was made."), ("made", *ENDS_SAID)
    ),
}
EVENTS = {
    of_cases.Unrecorded.TO_COME: Why(
        _("An event of its log was left out, for it lies after now"), ("event_at", "state")
    ),
    of_cases.Unrecorded.BEFORE_REPORT: Why(
        _("An event of its log was left out, for it lies before the report"),
        ("event_at", "state", *REPORTED, *ENDS),
    ),
}
"""What of a row the verbs would refuse, by what their rules say of it."""


def doubts_of(codes: str) -> list[Why]:
    """This will give the reasons of a row's `doubt`; raises KeyError for a code without one."""
    known: dict[str, Why] = {str(code): why for code, why in DOUBTS.items()}
    return [known[code] for code in codes.split(",") if code]
