"""Every address of the desk. A page that is not listed here does not exist."""

from wellkept.desk.web.access_pages import OPEN
from wellkept.desk.web.gate import Page, address, deed, form
from wellkept.desk.web.pages import case_deeds, files, rewording
from wellkept.desk.web.pages import promise_deeds as deeds
from wellkept.desk.web.pages.asset import asset, asset_as_was
from wellkept.desk.web.pages.asset_record import asset_new, asset_record
from wellkept.desk.web.pages.at_risk import at_risk
from wellkept.desk.web.pages.case import case
from wellkept.desk.web.pages.case_new import case_new
from wellkept.desk.web.pages.cases import cases
from wellkept.desk.web.pages.customer_record import customer_new, customer_record
from wellkept.desk.web.pages.customers import customer, customers
from wellkept.desk.web.pages.digest import digest
from wellkept.desk.web.pages.exchange import (
    exchange,
    import_reading,
    import_run,
    take_back,
    try_again,
    write,
)
from wellkept.desk.web.pages.installed_base import installed_base
from wellkept.desk.web.pages.measures import cards_style, measure, measures
from wellkept.desk.web.pages.mirror import leading, results
from wellkept.desk.web.pages.mirror.by_name import answer_round
from wellkept.desk.web.pages.mirror.first import mirror, mirror_new
from wellkept.desk.web.pages.pattern_life import life_as_was
from wellkept.desk.web.pages.patterns import patterns
from wellkept.desk.web.pages.product_record import product_new, product_record
from wellkept.desk.web.pages.products import product, products
from wellkept.desk.web.pages.promise import promise
from wellkept.desk.web.pages.promise_new import promise_new
from wellkept.desk.web.pages.promises import promises
from wellkept.desk.web.pages.search import search
from wellkept.desk.web.pages.settings.background import background
from wellkept.desk.web.pages.settings.commitments import calendars, commitments
from wellkept.desk.web.pages.settings.first import settings
from wellkept.desk.web.pages.settings.people import people
from wellkept.desk.web.pages.settings.person import person
from wellkept.desk.web.pages.settings.roles import roles
from wellkept.desk.web.pages.settings.shape import LEADERS
from wellkept.desk.web.pages.settings.teams import teams
from wellkept.desk.web.pages.shift import shift
from wellkept.desk.web.pages.today import today
from wellkept.desk.web.pages.tour import report, tour
from wellkept.desk.web.pages.twins.showing import (
    asset_merge,
    asset_twins,
    customer_merge,
    customer_twins,
)
from wellkept.record.access.rules import WRITERS, Group
from wellkept.record.access.verbs import who_may
from wellkept.record.installed_base.actions import (
    add_assets,
    add_products,
    edit_asset,
    edit_product,
    merge_assets,
)
from wellkept.record.parties.actions import add_customers, merge_customers

PROMISE = "promises/P-<int:pk>/"
CASE = "cases/C-<int:pk>/"
IMPORT = "exchange/<int:pk>/"
ROUND = "mirror/<int:pk>/"
IMPORTERS = frozenset({Group.ADMINISTRATOR, Group.MANAGER})

PAGES: tuple[Page, ...] = (
    Page("", "today", today),
    Page("promises/", "promises", promises),
    form("promises/new/", "promise_new", promise_new, WRITERS),
    Page(PROMISE, "promise", promise),
    deed(f"{PROMISE}take/", "promise_take", deeds.take, WRITERS),
    deed(f"{PROMISE}accept/", "promise_accept", deeds.accept, WRITERS),
    deed(f"{PROMISE}decline/", "promise_decline", deeds.decline, WRITERS),
    deed(f"{PROMISE}offer/", "promise_offer", deeds.offer, WRITERS),
    deed(f"{PROMISE}assign/", "promise_assign", deeds.assign, WRITERS),
    deed(f"{PROMISE}unassign/", "promise_unassign", deeds.unassign, WRITERS),
    deed(f"{PROMISE}edit/", "promise_edit", rewording.edit_promise, WRITERS),
    deed(f"{PROMISE}remark/", "promise_remark", rewording.remark_promise, WRITERS),
    deed(f"{PROMISE}keep/", "promise_keep", deeds.keep, WRITERS),
    deed(f"{PROMISE}move/", "promise_move", deeds.move, WRITERS),
    deed(f"{PROMISE}tell/", "promise_tell", deeds.tell, WRITERS),
    deed(f"{PROMISE}end/", "promise_end", deeds.end, WRITERS),
    deed(f"{PROMISE}release/", "promise_release", deeds.release, WRITERS),
    deed(f"{PROMISE}take-back/", "promise_take_back", deeds.take_back, WRITERS),
    deed(f"{PROMISE}correct/", "promise_correct", deeds.correct, WRITERS),
    deed(f"{PROMISE}confirm/", "promise_confirm", deeds.confirm, WRITERS),
    deed(f"{PROMISE}refuse/", "promise_refuse", deeds.refuse, WRITERS),
    deed(f"{PROMISE}agree/", "promise_agree", deeds.agree, WRITERS),
    deed(f"{PROMISE}void/", "promise_void", deeds.void, WRITERS),
    deed(f"{PROMISE}cause/", "promise_cause", deeds.cause, WRITERS),
    deed(f"{PROMISE}attach/", "promise_attach", files.attach_promise, WRITERS),
    Page("cases/", "cases", cases),
    form("cases/new/", "case_new", case_new, WRITERS),
    Page(CASE, "case", case),
    *(
        deed(f"{CASE}{name}/", f"case_{name}", getattr(case_deeds, name), WRITERS)
        for name in (
            "take",
            "accept",
            "decline",
            "offer",
            "assign",
            "acknowledge",
            "start",
            "wait",
            "agree",
            "resume",
            "restore",
            "confirm",
            "refuse",
            "close",
            "cancel",
            "reopen",
            "contact",
            "code",
            "unassign",
        )
    ),
    deed(f"{CASE}edit/", "case_edit", rewording.edit_case, WRITERS),
    deed(f"{CASE}remark/", "case_remark", rewording.remark_case, WRITERS),
    deed(f"{CASE}attach/", "case_attach", files.attach_case, WRITERS),
    Page("installed-base/", "installed_base", installed_base),
    form("installed-base/new/", "asset_new", asset_new, who_may(add_assets)),
    Page("installed-base/products/", "products", products),
    form("installed-base/products/new/", "product_new", product_new, who_may(add_products)),
    Page("installed-base/products/<int:pk>/", "product", product),
    form(
        "installed-base/products/<int:pk>/record/",
        "product_record",
        product_record,
        who_may(edit_product),
    ),
    form("installed-base/twins/", "asset_twins", asset_twins, who_may(merge_assets)),
    Page("installed-base/<int:pk>/", "asset", asset),
    Page("installed-base/<int:pk>/as-was/", "asset_as_was", asset_as_was),
    form("installed-base/<int:pk>/twins/", "asset_merge", asset_merge, who_may(merge_assets)),
    form("installed-base/<int:pk>/record/", "asset_record", asset_record, who_may(edit_asset)),
    deed("installed-base/<int:pk>/attach/", "asset_attach", files.attach_asset, WRITERS),
    Page("files/<int:pk>/", "file", files.file),
    deed("files/<int:pk>/remove/", "file_remove", files.remove, WRITERS),
    Page("customers/", "customers", customers),
    form("customers/new/", "customer_new", customer_new, who_may(add_customers)),
    form("customers/twins/", "customer_twins", customer_twins, who_may(merge_customers)),
    Page("customers/<int:pk>/", "customer", customer),
    form("customers/<int:pk>/twins/", "customer_merge", customer_merge, who_may(merge_customers)),
    form("customers/<int:pk>/record/", "customer_record", customer_record, WRITERS),
    form("shift/", "shift", shift, WRITERS),
    form("exchange/", "exchange", exchange, IMPORTERS),
    Page("exchange/reading/<uuid:key>/", "import_reading", import_reading, IMPORTERS),
    Page(IMPORT, "import_run", import_run, IMPORTERS),
    deed(f"{IMPORT}write/", "import_write", write, IMPORTERS),
    deed(f"{IMPORT}again/", "import_again", try_again, IMPORTERS),
    deed(f"{IMPORT}undo/", "import_undo", take_back, IMPORTERS),
    form("measures/", "measures", measures),
    Page("measures/in-danger/", "at_risk", at_risk),
    Page("measures/cards.css", "measure_style", cards_style),
    Page("measures/<slug:name>/", "measure", measure),
    Page("mirror/", "mirror", mirror),
    form("mirror/new/", "mirror_new", mirror_new, LEADERS),
    Page("mirror/brief.css", "mirror_style", results.brief_style),
    Page(ROUND, "mirror_round", leading.mirror_round, LEADERS),
    deed(f"{ROUND}invite/", "mirror_invite", leading.invite, LEADERS),
    deed(f"{ROUND}link/", "mirror_link_new", leading.link, LEADERS),
    deed(f"{ROUND}link/end/", "mirror_link_end", leading.link_end, LEADERS),
    deed(f"{ROUND}lock/", "mirror_lock", leading.lock, LEADERS),
    deed(f"{ROUND}reveal/", "mirror_reveal", leading.reveal, LEADERS),
    form(f"{ROUND}answer/", "mirror_answer", answer_round),
    form(f"{ROUND}answer/<slug:step>/", "mirror_step", answer_round),
    Page(f"{ROUND}gaps/", "mirror_gaps", results.gaps),
    Page(f"{ROUND}confidence/", "mirror_confidence", results.confidence),
    Page(f"{ROUND}views/", "mirror_views", results.views),
    Page(f"{ROUND}normalised/", "mirror_wall", results.wall),
    Page(f"{ROUND}keep/", "mirror_keep", results.keep),
    Page(f"{ROUND}brief.pdf", "mirror_brief", results.brief_pdf),
    deed(f"{ROUND}choose/", "mirror_choose", results.choose, LEADERS),
    Page("search/", "search", search),
    Page("settings/", "settings", settings, LEADERS),
    form("settings/people/", "settings_people", people, LEADERS),
    form("settings/people/<int:pk>/", "settings_person", person, LEADERS),
    form("settings/roles/", "settings_roles", roles, LEADERS),
    form("settings/teams/", "settings_teams", teams, LEADERS),
    form("settings/commitments/", "settings_commitments", commitments, LEADERS),
    form("settings/calendars/", "settings_calendars", calendars, LEADERS),
    form("settings/background/", "settings_background", background, LEADERS),
    form("mail/", "digest", digest),
    Page("tour/", "tour", tour),
    Page("tour/report/", "tour_report", report),
    Page("patterns/", "patterns", patterns),
    Page("patterns/as-was/", "patterns_as_was", life_as_was),
)

urlpatterns = [*OPEN, *(address(page) for page in PAGES)]
