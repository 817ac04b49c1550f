"""A measure document for the report's tests: a believable company, every block filled."""

from datetime import datetime, timedelta
from typing import Any

from desk.report.draws import (
    CONSEQUENCES,
    CUSTOMERS,
    KINDS,
    OWNERS,
    UNTIL,
    ZONE,
    Document,
    a_worst_case,
    an_interval,
    curve_of,
    funnel_of,
    quantiles_of,
    shape_of,
    trend_of,
    waits,
)


def a_measure(name: str = "time_to_restore", *, n: int = 1_640, **changes: Any) -> Document:
    """A time to something, whole: every block of the tail card filled."""
    values, promise = waits(n, name), 24.0
    k = sum(value > promise for value in values)
    beyond = an_interval(k, n)
    worst = [a_worst_case(i, values[-1 - i]) for i in range(min(5, n))]
    measure: Document = {
        "name": name,
        "title": name.replace("_", " ").capitalize(),
        "question": "How long until the customer could work again?",
        "unit": "h",
        "grain": "case",
        "direction": "down",
        "level": 0.95,
        "n": n,
        "open": n // 50,
        "excluded": n // 90,
        "completeness": {
            "used": n,
            "should": n + 9,
            "share": n / (n + 9),
            "worst": None,
            "best": None,
        },
        "value": None,
        "share_beyond": {
            "k": k,
            "n": n,
            "share": beyond["value"],
            "low": beyond["low"],
            "high": beyond["high"],
            "promise": "restored within 24 h of the report",
        },
        "quantiles": quantiles_of(values),
        "max": values[-1],
        "customers_hit": {"1": min(k, 212), "2": min(k // 2, 61), "3": min(k // 4, 24)},
        "worst": worst,
        "method": "Kaplan–Meier over cases reported since the start, open ones censored; "
        "quantile intervals on the log–log scale; share by Jeffreys.",
        "definition_version": "1",
        "reasons": {},
        "worst_unit": None,
        "hit": {
            "who": "customer",
            "rows": [
                {"name": CUSTOMERS[i], "n": 90 - i, "k": 31 - 4 * i, "worst_h": 300.5 - 60 * i}
                for i in range(5)
            ],
        },
        "says": f"{k:,} of {n:,} customers waited longer than 24 h; the slowest twentieth waited "
        f"more than {values[int(n * 0.95)]:.0f} h, which a mean would hide.",
        "beside": [
            {
                "title": "Without the excluded",
                "value": an_interval(k - k // 30, n),
                "n": n,
                "unit": "share",
                "text": "18 cases carry a note of force majeure; they stay in the value.",
            }
        ],
        "trend": trend_of(beyond["value"], 60, name),
        "shape": shape_of(values, promise, worst),
        "curve": curve_of(values),
        "by": funnel_of(beyond["value"], name),
    }
    return {**measure, **changes}


def the_kept_rate(**changes: Any) -> Document:
    """The first measure: promises that fell due, and were they kept."""
    kept: Document = a_measure(
        "promise_kept_rate", n=4_339, unit="share", grain="promise", direction="up"
    )
    k, n = 597, 4_339
    beyond, kept_share = an_interval(k, n), an_interval(n - k, n)
    late = waits(k, "late", 9, 1.4)
    worst = [a_worst_case(i, late[-1 - i]) for i in range(5)]
    return {
        **kept,
        "title": "Promises kept",
        "worst_unit": "h",
        "question": "Of the promises that fell due, which did we keep by the judged date?",
        "value": kept_share,
        "share_beyond": {
            "k": k,
            "n": n,
            "share": beyond["value"],
            "low": beyond["low"],
            "high": beyond["high"],
            "promise": "kept by the judged date",
        },
        "completeness": {
            "used": n,
            "should": 4_351,
            "share": n / 4_351,
            "worst": (n - k) / 4_351,
            "best": (n - k + 12) / 4_351,
        },
        "quantiles": quantiles_of(late),
        "max": late[-1],
        "worst": worst,
        "shape": shape_of(late, None, worst),
        "curve": None,
        "trend": trend_of(beyond["value"], 104, "kept", 42),
        "by": funnel_of(beyond["value"], "kept"),
        "method": "Promises whose judged date falls in the period; still owed past it counts as "
        "broken; share by Jeffreys.",
        "says": "4,339 promises fell due; 597 were broken (13.8 %, 12.8–14.8 %). The mean lateness "
        "of 5 h hides that 31 customers waited more than 4 days.",
        "beside": [
            {
                "title": "Kept by the first date",
                "value": an_interval(3_390, n),
                "n": n,
                "text": "352 promises were kept only because the date was moved.",
            },
            {
                "title": "Without excluded promises",
                "value": an_interval(3_760, 4_310),
                "n": 4_310,
                "text": "29 promises carry a note of force majeure.",
            },
        ],
        **changes,
    }


def a_letting_down(rank: int, **changes: Any) -> Document:
    """A promise past its judged date and still owed."""
    late_h = 412.0 / (rank + 1) ** 0.8
    row: Document = {
        "id": f"P-{9001 + 13 * rank}",
        "what": f"{KINDS[rank % 6].capitalize()} within 24 h",
        "customer": CUSTOMERS[rank * 7 % 10],
        "asset": f"A-{1040 + rank * 3}",
        "owner": OWNERS[(rank + 4) % 5],
        "due": (UNTIL - timedelta(hours=late_h)).isoformat(),
        "late_h": late_h,
        "consequence": CONSEQUENCES[min(4, rank // 4)],
        "file": "promises.csv",
        "line": 2 + 31 * rank,
    }
    return {**row, **changes}


def an_understanding(**changes: Any) -> Document:
    """What was understood of the demo folder, with repairs and doubts."""
    columns = [
        {
            "header": header,
            "role": role,
            "how": how,
            "format": form,
            "filled": filled,
            "blank": 4_351 - filled,
        }
        for header, role, how, form, filled in (
            ("Promise No", "promise_id", "header", None, 4_351),
            ("Customer", "customer", "header", None, 4_351),
            ("Unit", "asset", "recipe", None, 4_320),
            ("Responsible", "owner", "values", None, 4_000),
            ("Given", "made", "values", "%d/%m/%Y %H:%M", 4_351),
            ("Due", "first_due", "header", "%d/%m/%Y %H:%M", 4_340),
            ("Due (2)", "due", "values", "%d/%m/%Y %H:%M", 4_340),
            ("Done", "done", "header", "%d/%m/%Y %H:%M", 3_742),
            ("Line of business", None, "segment", None, 4_112),
        )
    ]
    understood: Document = {
        "zone": {"name": "Europe/Rome", "how": "stated in the recipe"},
        "tables": [
            {
                "file": "promises.csv",
                "shape": "promise",
                "rows": 4_351,
                "used": 4_339,
                "columns": columns,
            },
            {
                "file": "cases.csv",
                "shape": "case",
                "rows": 1_658,
                "used": 1_640,
                "columns": columns[1:4],
            },
            {
                "file": "notes.csv",
                "shape": "none",
                "rows": 88,
                "used": 0,
                "columns": [],
                "why": ["No column of it is a date."],
            },
        ],
        "repaired": [
            {
                "what": "A decimal comma was read as a decimal point",
                "count": 214,
                "examples": [
                    {
                        "file": "promises.csv",
                        "line": 17,
                        "column": "Cost",
                        "value": "1.234,56",
                        "became": "1234.56",
                    }
                ],
            }
        ],
        "left_out": [
            {
                "why": "The due date could not be read as a moment",
                "count": 12,
                "examples": [
                    {
                        "file": "promises.csv",
                        "line": 981,
                        "column": "Due",
                        "value": "after the holidays",
                    }
                ],
            }
        ],
        "suspicions": [
            {
                "text": "Times are labelled +00 but cases open from 8 to 17 h.",
                "advice": "If they are local times, state their zone in wellkept.toml.",
            }
        ],
        "facts": {"promise": 4_339, "case": 1_640, "event": 9_120, "downtime": 0},
    }
    return {**understood, **changes}


OTHERS = (
    ("kept_when_it_mattered", "share"),
    ("promise_lateness", "h"),
    ("promise_slip_rate", "share"),
    ("response_time", "h"),
    ("time_to_resolve", "h"),
    ("backlog_age", "d"),
    ("ownerless_time", "h"),
    ("reopen_rate", "share"),
)


def a_document(**changes: Any) -> Document:
    """The demo company, as `wellkept measure --json` would print it."""
    others = [
        a_measure(name, unit=unit, n=420 + 90 * place, worst_unit="h" if unit == "share" else None)
        for place, (name, unit) in enumerate(OTHERS)
    ]
    document: Document = {
        "contract": 1,
        "wellkept": "0.1.0",
        "since": datetime(2024, 1, 1, tzinfo=ZONE).isoformat(),
        "until": UNTIL.isoformat(),
        "known_at": None,
        "source": {
            "folder": "alpine-cooling",
            "not_read": [
                {"name": "photo.jpg", "state": "refused", "why": "A picture is not a table."}
            ],
            "fingerprint": "sha256:" + "9f2c" * 16,
            "files": [
                {
                    "name": "promises.csv",
                    "format": "csv",
                    "encoding": "utf-8",
                    "separator": ";",
                    "rows": 4_351,
                    "bytes": 512_345,
                },
                {
                    "name": "cases.csv",
                    "format": "csv",
                    "encoding": "cp1252",
                    "separator": ",",
                    "rows": 1_658,
                    "bytes": 210_004,
                },
                {
                    "name": "notes.csv",
                    "format": "csv",
                    "encoding": "utf-8",
                    "separator": ",",
                    "rows": 88,
                    "bytes": 4_021,
                },
            ],
        },
        "understood": an_understanding(),
        "measures": [the_kept_rate(), others[0], a_measure(), *others[1:], a_count()],
        "absent": [
            {
                "name": "availability",
                "title": "Availability",
                "needs": "downtime intervals: asset, from, to",
            },
            {
                "name": "paused_share",
                "title": "Paused share",
                "needs": "case events with the state and who is waited for",
            },
        ],
        "letting_down": [a_letting_down(i) for i in range(23)],
    }
    return {**document, **changes}


def a_count(**changes: Any) -> Document:
    """A count a case: no promise line, no curve, no groups."""
    counted = a_measure(
        "handoffs_per_case",
        n=1_640,
        unit="count",
        share_beyond=None,
        shape=None,
        curve=None,
        by=None,
        question="How often did a case change hands?",
        max=14,
        value=None,
        trend=None,
        says="Half of the cases never changed hands; one in a hundred did so 6 times or more.",
        quantiles={
            "p50": {"value": 0, "low": 0, "high": 0},
            "p90": {"value": 2, "low": 2, "high": 2},
            "p95": {"value": 3, "low": 3, "high": 4},
            "p99": {"value": 6, "low": 5, "high": 8},
        },
        worst=[a_worst_case(i, 14 - i, due=None) for i in range(5)],
    )
    return {**counted, "reasons": {"share_beyond": "no promise is made about handoffs"}, **changes}
