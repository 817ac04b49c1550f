"""What somebody may not see is at no address: each says here what it gives to who sees no row.

One that is new and says nothing fails. That it is so is tried for everybody in `test_buttons.py`.
"""

from django.urls import get_resolver

from wellkept.desk.web.access_pages import OPEN
from wellkept.desk.web.addresses import PAGES

SECRET = (
    "Clinic Nord", "Imaging, floor 2", "S4-77-0091", "A-1040", "On site within four hours",
    "Second pressure sensor", "No picture on the console", "acceptance.pdf", "console.pdf",
    "wiring.pdf",
)  # fmt: skip
"""Words of rows that are in nobody's part."""

ROW, LIST, WHOLE, OURS, SAME = "a row", "a list", "the whole record", "our own house", "the same"
"""A row: as if it were not there. A list: without it. The whole record: all of it or nothing.
Our own house: who works here and how, no record of a customer. The same for everybody."""

PROMISE = (
    "take accept decline offer assign keep move tell end release take_back correct confirm refuse "
    "agree void cause attach unassign edit remark"
)
CASE = (
    "take accept decline offer assign acknowledge start wait agree resume restore confirm refuse "
    "close cancel reopen contact code attach unassign edit remark"
)
EXPECTED: dict[str, str] = {
    **dict.fromkeys(("promise", *(f"promise_{deed}" for deed in PROMISE.split())), ROW),
    **dict.fromkeys(("case", *(f"case_{deed}" for deed in CASE.split())), ROW),
    **dict.fromkeys(("asset", "asset_attach", "customer", "file", "file_remove"), ROW),
    "asset_record": ROW,
    "asset_as_was": ROW,
    **dict.fromkeys(("asset_merge", "customer_merge"), ROW),
    **dict.fromkeys(("asset_twins", "customer_twins"), LIST),
    "asset_new": OURS,
    **dict.fromkeys(("products", "product"), LIST),
    **dict.fromkeys(("product_new", "product_record"), OURS),
    "customer_record": ROW,
    "customer_new": OURS,
    "shift": OURS,
    **dict.fromkeys(
        ("import_run", "import_write", "import_again", "import_undo", "import_reading"), ROW
    ),
    **dict.fromkeys(("today", "promises", "cases", "installed_base", "customers"), LIST),
    **dict.fromkeys(("search", "promise_new", "case_new", "exchange", "tour"), LIST),
    **dict.fromkeys(("measures", "measure", "at_risk"), WHOLE),
    **dict.fromkeys(("mirror_gaps", "mirror_confidence", "mirror_views", "mirror_wall"), WHOLE),
    **dict.fromkeys(("mirror_keep", "mirror_brief", "mirror_choose", "mirror_round"), WHOLE),
    **dict.fromkeys(("mirror_invite", "mirror_link_new", "mirror_link_end"), WHOLE),
    **dict.fromkeys(("mirror_lock", "mirror_reveal", "mirror_answer", "mirror_step"), WHOLE),
    **dict.fromkeys(("settings", "settings_people", "settings_person", "settings_roles"), OURS),
    **dict.fromkeys(("settings_teams", "settings_commitments", "settings_calendars"), OURS),
    **dict.fromkeys(("settings_background", "digest", "mirror", "mirror_new"), OURS),
    **dict.fromkeys(("measure_style", "mirror_style", "patterns", "tour_report"), SAME),
    "patterns_as_was": SAME,
}
BEFORE_THE_GATE = frozenset(
    {"sign_in", "sign_out", "first_account", "demo_sign_in", "mirror_link", "mirror_link_step"}
    | {"digest_stop", "password", "password_sent", "password_new"}
)
"""Open to whoever holds a link or types a password; they show no list and no row of the record."""
GIVES = {ROW: {403, 404, 405}, LIST: {200, 403, 404, 405}, WHOLE: {403, 404, 405},
         OURS: {200, 403, 405}, SAME: {200, 404, 405}}  # fmt: skip


def test_every_address_says_what_it_gives_to_whoever_sees_no_row() -> None:
    names = {str(one.name) for one in get_resolver().url_patterns if hasattr(one, "name")}
    assert len(names) == len(get_resolver().url_patterns), "every address has a name of its own"
    assert {str(one.name) for one in OPEN} == BEFORE_THE_GATE
    assert names == EXPECTED.keys() | BEFORE_THE_GATE
    assert {page.name for page in PAGES} == EXPECTED.keys()
