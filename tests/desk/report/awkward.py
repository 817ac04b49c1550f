"""Measure documents that are rare and awkward: too few, nothing, hostile, endless."""

from typing import Any

from desk.report.documents import a_document, a_letting_down, a_measure, an_understanding
from desk.report.draws import Document, a_worst_case, trend_of


def a_tiny_measure(**changes: Any) -> Document:
    """Forty-one cases: no upper bound for p95 and p99, no trend, nobody to name."""
    tiny = a_measure("first_answer_on_islands", n=41)
    tiny["reasons"] = {
        "p95": "no upper bound: n is 41; p95 needs n = 72",
        "p99": "no upper bound: n is 41; p99 needs n = 368",
        "trend": "41 cases in 60 weeks are too few for a chart",
        "by": "no column was asked for",
    }
    tiny["shape"]["points"] = []
    return {**tiny, "trend": None, "by": None, "curve": None, "worst": [], "beside": [], **changes}


def an_unmeasurable(**changes: Any) -> Document:
    """A measure in which every number is missing, each with its reason."""
    names = ("value", "share_beyond", "quantiles", "max", "trend", "shape", "curve", "by")
    nothing = {name: None for name in names}
    return {
        **a_measure("reopen_rate"),
        **nothing,
        "n": 0,
        "open": 0,
        "excluded": 0,
        "worst": [],
        "beside": [],
        "customers_hit": None,
        "completeness": None,
        "says": "",
        "reasons": {name: f"no case has closed yet ({name})" for name in names},
        **changes,
    }


def groups_without_promises() -> Document:
    """Groups of a duration nobody promised anything about: no share, percentiles alone."""
    groups = [
        {
            "group": f"Depot {i}",
            "n": 40 + i,
            "k": None,
            "value": None,
            "low": None,
            "high": None,
            "signal": False,
            "open": i,
            "quantiles": {"p50": {"value": 3.0 + i}, "p95": {"value": 30.0 + i}},
        }
        for i in range(12)
    ]
    return {"column": "depot", "unit": "h", "groups": groups, "text": "slowest by p50: Depot 11"}


def an_empty_document() -> Document:
    """A folder in which nothing could be measured."""
    absent = [
        {
            "name": "promise_kept_rate",
            "title": "Promises kept",
            "needs": "a due date and a done date",
        }
    ]
    understood = an_understanding(
        zone={"name": None, "how": "unknown"},
        tables=[],
        repaired=[],
        suspicions=[],
        facts={"promise": 0, "case": 0, "event": 0, "downtime": 0},
    )
    return a_document(
        measures=[], letting_down=[], absent=absent, since=None, understood=understood
    )


HOSTILE = '<script>alert("x")</script>'
RIGHT_TO_LEFT = "مستشفى الشمال \u202egnp.exe"
VERY_LONG = "Consortium of the Northern Cold Chain and Refrigerated Transport Operators " * 6


def a_hostile_document() -> Document:
    """Every free text is an attack, runs right to left, or never ends."""
    rows = [
        a_letting_down(
            0, customer=HOSTILE, what=HOSTILE, asset=RIGHT_TO_LEFT, owner="\x00\x1b[31m"
        ),
        a_letting_down(1, customer=VERY_LONG, what=VERY_LONG, id="A" * 300, asset=None),
        a_letting_down(2, customer=None, owner="\ud800 broken", due="not a date", late_h=None),
    ]
    worst = [
        a_worst_case(0, 99.0, customer=HOSTILE, id='"><img src=x onerror=alert(1)>'),
        a_worst_case(1, 98.0, customer=RIGHT_TO_LEFT, owner=VERY_LONG, file="../../etc/<b>.csv"),
        a_worst_case(2, 97.0, customer=None, line=None, consequence="unheard of"),
    ]
    measure = a_measure(
        title=HOSTILE, says=HOSTILE, worst=worst, method=VERY_LONG, name='x" onload="y'
    )
    measure["shape"]["points"] = [
        {"id": w["id"], "value": w["value"], "label": w["customer"]} for w in worst
    ]
    measure["by"]["groups"][0]["group"] = HOSTILE
    measure["by"]["column"] = RIGHT_TO_LEFT
    source: Document = {"folder": "it's; rm -rf <b>", "files": [], "fingerprint": None}
    zone = {"name": "../../etc/passwd", "how": HOSTILE}
    return a_document(
        source=source,
        measures=[measure, a_measure()],
        letting_down=rows,
        understood=an_understanding(zone=zone),
    )


def a_huge_document() -> Document:
    """More of everything than a page can hold."""
    measures = []
    for place in range(20):
        measure = a_measure(f"measure_{place}", n=3_000)
        measure["worst"] = [a_worst_case(i, 500.0 - i, customer=VERY_LONG) for i in range(20)]
        measure["trend"] = trend_of(0.1, 900, str(place))
        groups = measure["by"]["groups"]
        measure["by"]["groups"] = [{**groups[i % 8], "group": f"Team {i}"} for i in range(3_000)]
        measures.append(measure)
    understood = an_understanding()
    table = understood["tables"][0]
    wide = {**table, "columns": [{**table["columns"][0], "header": VERY_LONG}] * 1_200}
    note = understood["left_out"][0]
    crowd = {**note, "examples": note["examples"] * 400}
    understood |= {
        "tables": [wide] * 90,
        "left_out": [crowd] * 300,
        "repaired": [crowd | {"what": "x"}] * 300,
    }
    return a_document(
        measures=measures,
        letting_down=[a_letting_down(i) for i in range(900)],
        understood=understood,
    )
