"""Every address of the desk. A page that is not listed here does not exist."""

from wellkept.desk.web.access_pages import OPEN
from wellkept.desk.web.gate import Page, address, deed, form
from wellkept.desk.web.pages import promise_deeds as deeds
from wellkept.desk.web.pages.patterns import patterns
from wellkept.desk.web.pages.promise import promise
from wellkept.desk.web.pages.promise_new import promise_new
from wellkept.desk.web.pages.promises import promises
from wellkept.desk.web.pages.today import today
from wellkept.record.access.rules import WRITERS

PROMISE = "promises/P-<int:pk>/"

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
    Page("patterns/", "patterns", patterns),
)

urlpatterns = [*OPEN, *(address(page) for page in PAGES)]
