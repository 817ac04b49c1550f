"""Every address of the desk. A page that is not listed here does not exist."""

from wellkept.desk.web.access_pages import OPEN
from wellkept.desk.web.gate import Page, address, deed, form
from wellkept.desk.web.pages import case_deeds
from wellkept.desk.web.pages import promise_deeds as deeds
from wellkept.desk.web.pages.asset import asset
from wellkept.desk.web.pages.case import case
from wellkept.desk.web.pages.case_new import case_new
from wellkept.desk.web.pages.cases import cases
from wellkept.desk.web.pages.customers import customer, customers
from wellkept.desk.web.pages.installed_base import installed_base
from wellkept.desk.web.pages.measures import cards_style, measure, measures
from wellkept.desk.web.pages.patterns import patterns
from wellkept.desk.web.pages.promise import promise
from wellkept.desk.web.pages.promise_new import promise_new
from wellkept.desk.web.pages.promises import promises
from wellkept.desk.web.pages.search import search
from wellkept.desk.web.pages.today import today
from wellkept.record.access.rules import WRITERS

PROMISE = "promises/P-<int:pk>/"
CASE = "cases/C-<int:pk>/"

PAGES: tuple[Page, ...] = (
    Page("", "today", today),
    Page("promises/", "promises", promises),
    form("promises/new/", "promise_new", promise_new, WRITERS),
    Page(PROMISE, "promise", promise),
    deed(f"{PROMISE}take/", "promise_take", deeds.take, WRITERS),
    deed(f"{PROMISE}accept/", "promise_accept", deeds.accept, WRITERS),
    deed(f"{PROMISE}decline/", "promise_decline", deeds.decline, WRITERS),
    deed(f"{PROMISE}offer/", "promise_offer", deeds.offer, WRITERS),
    deed(f"{PROMISE}keep/", "promise_keep", deeds.keep, WRITERS),
    deed(f"{PROMISE}move/", "promise_move", deeds.move, WRITERS),
    deed(f"{PROMISE}tell/", "promise_tell", deeds.tell, WRITERS),
    deed(f"{PROMISE}end/", "promise_end", deeds.end, WRITERS),
    deed(f"{PROMISE}release/", "promise_release", deeds.release, WRITERS),
    deed(f"{PROMISE}take-back/", "promise_take_back", deeds.take_back, WRITERS),
    deed(f"{PROMISE}correct/", "promise_correct", deeds.correct, WRITERS),
    deed(f"{PROMISE}void/", "promise_void", deeds.void, WRITERS),
    deed(f"{PROMISE}cause/", "promise_cause", deeds.cause, WRITERS),
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
            "acknowledge",
            "start",
            "wait",
            "resume",
            "restore",
            "confirm",
            "refuse",
            "close",
            "cancel",
            "reopen",
            "contact",
        )
    ),
    Page("installed-base/", "installed_base", installed_base),
    Page("installed-base/<int:pk>/", "asset", asset),
    Page("customers/", "customers", customers),
    Page("customers/<int:pk>/", "customer", customer),
    Page("measures/", "measures", measures),
    Page("measures/cards.css", "measure_style", cards_style),
    Page("measures/<slug:name>/", "measure", measure),
    Page("search/", "search", search),
    Page("patterns/", "patterns", patterns),
)

urlpatterns = [*OPEN, *(address(page) for page in PAGES)]
