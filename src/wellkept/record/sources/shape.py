"""What one row of a table is: an event, a case, a promise, an outage, or a register's entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wellkept.record.sources.evidence import (
    STRONG,
    best_of,
    filled,
    is_moment,
    is_unique,
    looks_like_id,
    repeats,
)
from wellkept.record.sources.heading import bag, heading
from wellkept.record.sources.lexicon_products import LISTS, PARTS
from wellkept.record.sources.machine_states import states_of_assets, stretches_of_states
from wellkept.record.sources.profile import ColumnProfile
from wellkept.record.sources.shape_evidence import Evidence, ShapeChoice

_CASE_POINTS = {
    "reported": 2.0,
    "created": 1.0,
    "closed": 3.0,
    "resolved": 3.0,
    "restored": 2.0,
    "responded": 2.0,
    "arrived": 2.0,
    "finished": 1.0,
    "work_started": 1.0,
    "started": 0.5,
    "not_before": 1.0,
    "occurred": 1.0,
    "cancelled": 0.5,
    "due": 1.0,
    "promised": 0.5,
    "scheduled": 0.5,
    "respond_due": 2.0,
    "event_at": 0.5,
    "changed": 0.5,
    "down_from": 1.0,
    "state": 1.5,
    "owner": 1.0,
    "team": 0.5,
    "consequence": 1.0,
    "kind": 0.5,
    "about": 0.5,
    "asset": 1.0,
    "channel": 0.5,
    "reopen_count": 1.0,
    "handoff_count": 1.0,
    "resolved_after": 2.0,
    "target": 1.0,
}
_PROMISE_POINTS = {
    "promised": 3.0,
    "due": 2.0,
    "first_due": 2.0,
    "delivery": 1.5,
    "scheduled": 1.0,
    "done": 3.0,
    "shipped": 1.0,
    "finished": 1.0,
    "received": 1.0,
    "verdict": 2.0,
    "made": 1.5,
    "promise_id": 2.0,
    "order": 1.0,
    "move_count": 1.0,
    "target": 0.5,
}
LEAST_CASE = 2.5  # points from which rows with moments are work
_WHEN_OF_CASE = (
    *("reported", "created", "closed", "resolved", "finished", "started", "occurred", "responded"),
    *("restored", "due", "not_before", "event_at", "received", "down_from", "arrived"),
)
_ENDS_OF_PROMISE = ("done", "finished", "shipped", "received", "verdict", "delivery")
_DUE = ("promised", "due", "first_due", "scheduled", "delivery", "requested")
_PLACES = bag(
    """address street city zip postal postcode postleitzahl plz cap cp latitude longitude lat
    lon lng timezone zone country state ort via adresse indirizzo direccion"""
)
_PARTIES = bag(
    """phone email industry segment address vat contact sector tier branche telefon telefono
    website account since contract strasse plz ort street city zip postleitzahl land pstlz stras
    telf regio sortl ktokd umsatz"""
)
_THINGS = bag(
    """manufacturer warranty installed installation commissioned commissioning purchase serial
    model vendor firmware revision software hersteller garantie baujahr fabricant marque
    garanzia produttore fabricante garantia bouwjaar eol supplier tag delivered year make
    serialnummer inbetriebnahme inbetriebnahmedatum typbezeichnung herst typbz sernr inbdt baujj
    ansdt eqktx eqtyp gewrk"""
)
_OUTAGE = bag(
    """outage outages downtime downtimes stoppage stillstand stillstande ausfall ausfalle storung
    storungen fermi fermo guasto panne averia storing
    arrets panne pannes paradas averias storingen stops stoppages unavailability interruptions"""
)
_STOCK = bag("qty quantity stock reorder min minimum bestand menge quantite giacenza")


def _case_number(evidence: Evidence) -> ColumnProfile | None:
    """The column that says to which case a row belongs, in a table where cases repeat."""
    named: list[tuple[int, ColumnProfile]] = []
    for notion in ("case_id", "id", "order"):
        for profile in evidence.profiles:
            for match in evidence.candidates.get(profile.key, ()):
                if match.notion == notion and match.score >= 60 and repeats(profile):
                    named.append((match.score, profile))
    own = evidence.best("case_id")
    if own is not None and own[0] >= STRONG and is_unique(own[1]):
        return None
    if named:
        return max(named, key=lambda pair: pair[0])[1]
    if not evidence.has("event_at", STRONG) or evidence.has("case_id", STRONG):
        return None
    if evidence.words & _OUTAGE:
        return None
    nameless = (p for p in evidence.profiles if not evidence.candidates.get(p.key))
    return best_of([p for p in nameless if repeats(p) and looks_like_id(p)])


def _varies(evidence: Evidence, case_key: str, notions: Sequence[str]) -> bool:
    for profile in evidence.profiles:
        mine = evidence.candidates.get(profile.key, ())
        if profile.key == case_key or case_key in profile.constant_within:
            continue
        if any(match.notion in notions and match.score >= 60 for match in mine):
            return True
    return False


def _lines(evidence: Evidence, case_key: str) -> bool:
    """Each row of a case with a date and an end of its own: promises on it, not events of it."""
    if not any(evidence.has(notion) for notion in _DUE):
        return False
    ends = evidence.has("finished") or evidence.has("verdict")
    return evidence.has("done") or (ends and _varies(evidence, case_key, _DUE))


def _own_moment(evidence: Evidence, case_key: str) -> bool:
    """A moment of the event itself, not the start or the end of something."""
    for profile in evidence.profiles:
        mine = evidence.candidates.get(profile.key, ())
        edges = any(match.notion in ("started", "finished") for match in mine)
        says = any(match.notion == "event_at" and match.score >= STRONG for match in mine)
        if says and not edges and case_key not in profile.constant_within:
            return True
    return False


def _event(evidence: Evidence) -> ShapeChoice | None:
    number = _case_number(evidence)
    if number is None:
        return None
    when = ("event_at", "changed", "created", "started", "finished")
    what = ("state", "activity", "owner", "user", "team", "substate", "actor")
    if not _varies(evidence, number.key, when) or not _varies(evidence, number.key, what):
        return None
    if _lines(evidence, number.key) and not _own_moment(evidence, number.key):
        return None
    if evidence.has("down_from") and evidence.has("asset"):
        return None
    why = f"‘{number.header}’ comes back on many rows and a moment differs among them"
    return ShapeChoice("event", number.key, why)


def _downtime(evidence: Evidence) -> ShapeChoice | None:
    if not evidence.has("asset", 60) or not (evidence.has("down_from") or _outages(evidence)):
        return None
    cases = evidence.has("case_id", STRONG) and (
        evidence.has("reported") or (evidence.has("created") and evidence.has("state"))
    )
    if cases:
        return None
    return ShapeChoice("downtime", None, "it has an asset and the start of an outage")


def _outages(evidence: Evidence) -> bool:
    """Assets with a start and an end or a length, in a file or with headers that say outage."""
    begins = evidence.has("started") or evidence.has("event_at")
    ends = evidence.has("finished") or evidence.has("lasted") or evidence.has("restored")
    file = heading(evidence.name.rsplit("/", 1)[-1]).words
    return begins and ends and bool(_OUTAGE & (evidence.words | frozenset(file)))


def _numbered_promises(evidence: Evidence) -> ShapeChoice | None:
    """Several promises of one case, each with its own number, its date and its end."""
    own = evidence.best("promise_id")
    if own is None or own[0] < 95 or not is_unique(own[1]) or _case_number(evidence) is None:
        return None
    due = any(evidence.has(notion) for notion in _DUE)
    end = any(evidence.has(notion) for notion in _ENDS_OF_PROMISE)
    if not (due and end):
        return None
    return ShapeChoice("promise", None, f"‘{own[1].header}’ numbers promises, several to a case")


def _fits_case(evidence: Evidence) -> float:
    if not any(evidence.has(notion, 60) for notion in _WHEN_OF_CASE):
        return 0.0
    number = evidence.best("case_id")
    nouns = 2.0 if number is not None and number[0] >= 90 and is_unique(number[1], 0.9) else 0.0
    return evidence.points(_CASE_POINTS) + nouns


def _fits_promise(evidence: Evidence) -> float:
    due = any(evidence.has(notion) for notion in _DUE)
    end = any(evidence.has(notion) for notion in _ENDS_OF_PROMISE)
    if not (due and end) and not evidence.has("verdict"):
        return 0.0
    return evidence.points(_PROMISE_POINTS)


def _visits(evidence: Evidence) -> ShapeChoice | None:
    """Visits with a planned day and an arrival, and no word of what they were called for."""
    ends = ("reported", "created", "resolved", "closed", "restored", "finished", "responded")
    planned = any(evidence.has(notion) for notion in ("due", "promised", "scheduled"))
    if not (planned and evidence.has("arrived", STRONG)) or any(map(evidence.has, ends)):
        return None
    return ShapeChoice("promise", None, "it has the planned day of each visit, and the arrival")


def _register_key(evidence: Evidence, notion: str) -> bool:
    for profile in evidence.profiles:
        mine = {match.notion for match in evidence.candidates.get(profile.key, ())}
        if mine & {notion, "id", "name", "case_id"} and is_unique(profile, 0.85):
            return True
    return False


def lists_stock(headers: Iterable[str]) -> bool:
    """This will say whether a table lists stock, by its headers."""
    return any(_STOCK & frozenset(heading(header).words) for header in headers)


def _numbered_work(evidence: Evidence) -> bool:
    """Whether each row has a number of work of its own (a return, a claim), and not of a thing."""
    number = evidence.best("case_id")
    return number is not None and number[0] >= 95 and is_unique(number[1], 0.9)


def _products(evidence: Evidence) -> float:
    """How much speaks for a list of products: models, each once, and no installed things."""
    if evidence.has("asset") or evidence.has("customer", 90):
        return 0.0
    if not any(_register_key(evidence, notion) for notion in _PRODUCT_KEYS):
        return 0.0
    file = frozenset(heading(evidence.name.rsplit("/", 1)[-1]).words)
    hint = bool(file & LISTS)
    if not hint and PARTS & (evidence.words | file):
        return 0.0  # spare parts are kept elsewhere
    called = any(evidence.has(one) for one in ("product_name", "product", "name", "about"))
    return evidence.points(_PRODUCT_POINTS) + called + 2.0 * hint


def _register(evidence: Evidence) -> ShapeChoice | None:
    words, products = evidence.words, _products(evidence)
    stock = lists_stock(evidence.headers) and products < SURE_PRODUCTS
    if stock or evidence.people:
        return None
    # By header words only: a register with unknown headers is found by the values that it shares
    # with the other tables (registers.py).
    things = len(words & _THINGS) + evidence.has("product")
    points = {
        "asset": 2.0 * evidence.has("asset") + things,
        "customer": 2.5 * evidence.has("customer", 90)
        + 0.5 * len(words & _PARTIES)
        - evidence.has("asset", 60),
        "site": 2.0 * evidence.has("site", 80) + 0.75 * len(words & _PLACES),
        "product": products,
    }
    hint = heading(evidence.name.rsplit("/", 1)[-1]).words
    for shape, names in _FILE_HINTS.items():
        points[shape] += 2.0 if names & frozenset(hint) else 0.0
    if products >= 3.0 and any(evidence.has(one) for one in _PRODUCT_NUMBERS):
        points["asset"] = 0.0
    shape = max(points, key=lambda one: points[one])
    if shape != "product" and not _register_key(evidence, shape):
        shape = "product"
    if points[shape] < 3.0:
        return None
    return ShapeChoice(shape, None, f"it lists {_LISTED[shape]}, one a row, and no work or promise")


_LISTED = {
    "asset": "installed things",
    "customer": "customers",
    "site": "places",
    "product": "products",
}
_PRODUCT_NUMBERS = ("product_no", "catalogue_no")
_PRODUCT_KEYS = (*_PRODUCT_NUMBERS, "product", "product_name")
_PRODUCT_POINTS = {
    "product_no": 2.0,
    "catalogue_no": 2.0,
    "family": 1.0,
    "product_kind": 1.0,
    "launched": 0.5,
    "sale_ends": 1.0,
    "support_ends": 1.0,
    "expected_life": 0.5,
}
SURE_PRODUCTS = 5.5
"""From so much on a list of products may say how many are in stock, too."""
_FILE_HINTS = {
    "asset": bag(
        """asset assets equipment equipments machines machine devices elevators elevator anlagen
    impianti equipos cmdb ci installed registry register"""
    ),
    "customer": bag("customer customers clients accounts kunden clienti clientes"),
    "site": bag("site sites location locations standorte sedi sitios plants stores stations"),
}


def _move(evidence: Evidence) -> ShapeChoice | None:
    if not (evidence.has("old_due") and (evidence.has("new_due") or evidence.has("due"))):
        return None
    if not any(evidence.has(notion) for notion in ("promise_id", "case_id", "order", "id")):
        return None
    return ShapeChoice("move", None, "it has a date before and a date after each move")


def shape_of(evidence: Evidence) -> ShapeChoice:
    """This will decide what one row of the table is, with a sentence that says why."""
    for decide in DECIDERS:
        found = decide(evidence)
        if found is not None:
            return found
    case, promise = _fits_case(evidence), _fits_promise(evidence)
    register = _register(evidence)
    works = (
        "closed",
        "resolved",
        "reported",
        "done",
        "verdict",
        "responded",
        "arrived",
        "due",
        "promised",
    )
    works_on = _numbered_work(evidence) and case >= LEAST_CASE
    if register is not None and not works_on and not any(map(evidence.has, works)):
        return register
    if evidence.people:
        return ShapeChoice("none", None, _why_none(evidence))
    if promise > 0 and promise >= case:
        return ShapeChoice("promise", None, "it has a promised date and what became of it")
    if case >= LEAST_CASE:
        return ShapeChoice("case", None, "each row is one case with its moments")
    if register is not None:
        return register
    return ShapeChoice("none", None, _why_none(evidence))


DECIDERS = (
    states_of_assets,
    _move,
    _event,
    _downtime,
    stretches_of_states,
    _numbered_promises,
    _visits,
)
"""Who is asked first; the first that is sure decides."""


def _one_column_each(evidence: Evidence) -> bool:
    """A moment, and beside it nothing but answers of yes and no under names that are not known."""
    others = [one for one in evidence.profiles if not is_moment(one)]
    answers = [one for one in others if one.yes_no > 0.9 and not evidence.candidates.get(one.key)]
    return len(answers) == len(others) >= 2 and len(others) < len(evidence.profiles)


def _why_none(evidence: Evidence) -> str:
    if not any(profile.rows for profile in evidence.profiles):
        return "it has no rows"
    if lists_stock(evidence.headers):
        return "it lists stock or quantities, which none of these measures reads"
    if evidence.people:
        return "it lists people, which none of these measures reads"
    if _one_column_each(evidence):
        return (
            "its columns look like one asset each, with yes and no in them; put them one below the "
            "other, with the columns asset, moment and state"
        )
    if not any(is_moment(profile) and filled(profile) > 0 for profile in evidence.profiles):
        return (
            "no column holds moments, so nothing in it can be timed, and the heads do not say what "
            'it lists; if it lists customers, say so in the recipe: shape = "customer" (or "site", '
            '"asset", "product")'
        )
    return "its dates do not say what was promised, reported, ended or out of service"
