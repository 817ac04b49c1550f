"""Measure documents for the report's tests: a believable company, and the awkward ones.

Alma dispatches, Bruno drives, Clinic Nord waits. Every number is drawn with a fixed seed.
"""

import math
import random
from datetime import datetime, timedelta, timezone
from typing import Any

Document = dict[str, Any]

ZONE = timezone(timedelta(hours=1))
UNTIL = datetime(2026, 3, 1, 0, 0, tzinfo=ZONE)
CUSTOMERS = (
    "Clinic Nord",
    "Polar Cold Chain",
    "St. Anna Hospital",
    "Kestrel Labs",
    "Nordwind Foods",
    "Baltic Paper",
    "Orchard Dairy",
    "Meridian Clinics",
    "Harbour Lifts",
    "Tarn Ferries",
)
OWNERS = ("Alma Brandt", "Bruno Ferrari", "Kofi Osei", "Jette Olsen", None)
KINDS = ("respond", "arrive", "restore", "resolve", "part delivered", "call back")
CONSEQUENCES = ("safety", "production_stopped", "unknown", "degraded", "inconvenience")
REGIONS = ("North", "South", "East", "West", "Islands", "Alps", "Coast", "Capital")


def an_interval(k: int, n: int) -> dict[str, float]:
    """A share with its score interval: near enough for a page."""
    share, z = k / n, 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return {"value": share, "low": max(0.0, middle - half), "high": min(1.0, middle + half)}


def a_worst_case(rank: int, value: float, **changes: Any) -> Document:
    """One named case of a tail; the higher the rank the milder."""
    case: Document = {
        "id": f"C-{4711 + 37 * rank}",
        "customer": CUSTOMERS[rank % len(CUSTOMERS)],
        "asset": f"A-{1040 + rank}",
        "owner": OWNERS[(rank * 3 + 4) % len(OWNERS)],
        "value": value,
        "open": rank % 3 == 0,
        "due": (UNTIL - timedelta(hours=value + 3)).isoformat(),
        "consequence": CONSEQUENCES[min(rank, 4)],
        "about": KINDS[rank % len(KINDS)],
        "file": "cases.csv",
        "line": 118 + 204 * rank,
    }
    return {**case, **changes}


def waits(n: int, seed: str, median_h: float = 6.0, spread: float = 1.15) -> list[float]:
    """How long each of n customers waited: a lognormal with a heavy tail."""
    draw = random.Random(seed)
    return sorted(median_h * math.exp(draw.gauss(0, spread)) for _ in range(n))


def quantiles_of(values: list[float]) -> Document:
    """p50 to p99 by order statistics, with no upper bound where there are too few."""
    n, found = len(values), {}
    for name, q, enough in (
        ("p50", 0.5, 6),
        ("p90", 0.9, 36),
        ("p95", 0.95, 72),
        ("p99", 0.99, 368),
    ):
        half = 1.96 * math.sqrt(n * q * (1 - q))
        low, high = max(0, int(n * q - half)), min(n - 1, int(n * q + half))
        found[name] = {
            "value": values[min(n - 1, int(n * q))],
            "low": values[low],
            "high": values[high] if n >= enough else None,
        }
    return found


def shape_of(values: list[float], promise: float | None, worst: list[Document]) -> Document:
    """A density over 48 bins of equal width in the logarithm, and the worst as points."""
    first, last = math.log(values[0]), math.log(values[-1] * 1.001)
    edges = [math.exp(first + (last - first) * i / 48) for i in range(49)]
    counts = [0] * 48
    for value in values:
        counts[min(47, max(0, int((math.log(value) - first) / (last - first) * 48)))] += 1
    points = [{"id": w["id"], "value": w["value"], "label": w["customer"]} for w in worst]
    return {
        "unit": "h", "scale": "log", "edges": edges, "counts": counts,
        "promise": promise, "points": points,
    }  # fmt: skip


def curve_of(values: list[float]) -> Document:
    """Still waiting after t, with a pointwise band, in 120 steps."""
    n = len(values)
    t = [0.0] + [values[int(n * i / 120)] for i in range(120)]
    s = [1.0] + [1 - i / 120 for i in range(120)]
    half = [1.96 * math.sqrt(max(1e-9, p * (1 - p)) / n) for p in s]
    return {
        "unit": "h", "t": t, "s": s,
        "low": [max(0.0, p - h) for p, h in zip(s, half, strict=True)],
        "high": [min(1.0, p + h) for p, h in zip(s, half, strict=True)],
        "at_risk": [round(n * p) for p in s],
    }  # fmt: skip


def trend_of(share: float, weeks: int, seed: str, a_week: int = 80) -> Document:
    """Tail counts a week with limits; near the end the share doubles and signals."""
    draw, points = random.Random(seed), []
    for week in range(weeks):
        n = a_week + draw.randint(-15, 15)
        now = share * 2.2 if week > weeks - 6 else share
        k = sum(draw.random() < now for _ in range(n))
        half = 3 * math.sqrt(share * (1 - share) / n)
        low, high = max(0.0, share - half), min(1.0, share + half)
        start = (UNTIL - timedelta(weeks=weeks - week)).date().isoformat()
        points.append({
            "start": start, "k": k, "n": n, "low": low, "high": high,
            "centre": share, "signal": not low <= k / n <= high,
        })  # fmt: skip
    signals = sum(bool(point["signal"]) for point in points)
    text = f"{signals} of {weeks} weeks lie beyond what chance explains; the last ones together."
    return {"period": "week", "unit": "share", "points": points, "text": text}


def funnel_of(share: float, seed: str) -> Document:
    """Eight regions of unlike size; the Islands stand out."""
    draw, groups = random.Random(seed), []
    for place, region in enumerate(REGIONS):
        n = int(60 * 1.7**place)
        k = sum(draw.random() < share * (2.0 if region == "Islands" else 1.0) for _ in range(n))
        half = 3 * math.sqrt(share * (1 - share) / n)
        groups.append({
            "group": region, "n": n, "k": k, **an_interval(k, n), "open": draw.randint(0, 9),
            "limit_low": max(0.0, share - half), "limit_high": min(1.0, share + half),
            "signal": abs(k / n - share) > half,
        })  # fmt: skip
    return {
        "column": "region",
        "groups": groups,
        "text": "Islands break more promises than chance explains.",
    }


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
        "unit": "h", "grain": "case", "direction": "down", "level": 0.95,
        "n": n, "open": n // 50, "excluded": n // 90,
        "completeness": {"used": n, "should": n + 9, "share": n / (n + 9),
                         "worst": (k + 9) / (n + 9), "best": k / (n + 9)},
        "value": None,
        "share_beyond": {"k": k, "n": n, "share": beyond["value"], "low": beyond["low"],
                         "high": beyond["high"], "promise": "restored within 24 h of the report"},
        "quantiles": quantiles_of(values), "max": values[-1],
        "customers_hit": {"1": min(k, 212), "2": min(k // 2, 61), "3": min(k // 4, 24)},
        "worst": worst,
        "method": "Kaplan–Meier over cases reported since the start, open ones censored; "
                  "quantile intervals on the log–log scale; share by Jeffreys.",
        "definition_version": "1", "reasons": {},
        "says": f"{k:,} of {n:,} customers waited longer than 24 h; the slowest twentieth waited "
                f"more than {values[int(n * 0.95)]:.0f} h, which a mean would hide.",
        "beside": [{"title": "Without the excluded", "value": an_interval(k - k // 30, n), "n": n, "unit": "share",
                    "text": "18 cases carry a note of force majeure; they stay in the value."}],
        "trend": trend_of(beyond["value"], 60, name), "shape": shape_of(values, promise, worst),
        "curve": curve_of(values), "by": funnel_of(beyond["value"], name),
    }  # fmt: skip
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
        **kept, "title": "Promises kept", "amount_unit": "h",
        "question": "Of the promises that fell due, which did we keep by the judged date?",
        "value": kept_share,
        "share_beyond": {"k": k, "n": n, "share": beyond["value"], "low": beyond["low"],
                         "high": beyond["high"], "promise": "kept by the judged date"},
        "completeness": {"used": n, "should": 4_351, "share": n / 4_351,
                         "worst": (k + 12) / 4_351, "best": k / 4_351},
        "quantiles": quantiles_of(late), "max": late[-1], "worst": worst,
        "shape": shape_of(late, None, worst), "curve": None,
        "trend": trend_of(beyond["value"], 104, "kept", 42), "by": funnel_of(beyond["value"], "kept"),
        "method": "Promises whose judged date falls in the period; still owed past it counts as "
                  "broken; share by Jeffreys.",
        "says": "4,339 promises fell due; 597 were broken (13.8 %, 12.8–14.8 %). The mean lateness "
                "of 5 h hides that 31 customers waited more than 4 days.",
        "beside": [
            {"title": "Kept by the first date", "value": an_interval(3_390, n), "n": n,
             "text": "352 promises were kept only because the date was moved."},
            {"title": "Without excluded promises", "value": an_interval(3_760, 4_310), "n": 4_310,
             "text": "29 promises carry a note of force majeure."},
        ],
        **changes,
    }  # fmt: skip


def a_letting_down(rank: int, **changes: Any) -> Document:
    """A promise past its judged date and still owed."""
    late_h = 412.0 / (rank + 1) ** 0.8
    row: Document = {
        "id": f"P-{9001 + 13 * rank}", "what": f"{KINDS[rank % 6].capitalize()} within 24 h",
        "customer": CUSTOMERS[rank * 7 % 10], "asset": f"A-{1040 + rank * 3}",
        "owner": OWNERS[(rank + 4) % 5], "due": (UNTIL - timedelta(hours=late_h)).isoformat(),
        "late_h": late_h, "consequence": CONSEQUENCES[min(4, rank // 4)],
        "file": "promises.csv", "line": 2 + 31 * rank,
    }  # fmt: skip
    return {**row, **changes}


def an_understanding(**changes: Any) -> Document:
    """What was understood of the demo folder, with repairs and doubts."""
    columns = [
        {"header": header, "role": role, "how": how, "format": form, "filled": filled, "blank": 4_351 - filled}
        for header, role, how, form, filled in (
            ("Promise No", "promise_id", "header", None, 4_351),
            ("Customer", "customer", "header", None, 4_351),
            ("Unit", "asset", "recipe", None, 4_320),
            ("Given", "made", "values", "%d/%m/%Y %H:%M", 4_351),
            ("Due", "first_due", "header", "%d/%m/%Y %H:%M", 4_340),
            ("Due (2)", "due", "values", "%d/%m/%Y %H:%M", 4_340),
            ("Done", "done", "header", "%d/%m/%Y %H:%M", 3_742),
            ("Line of business", None, "segment", None, 4_112),
        )
    ]  # fmt: skip
    understood: Document = {
        "zone": {"name": "Europe/Rome", "how": "stated in the recipe"},
        "tables": [
            {"file": "promises.csv", "shape": "promise", "rows": 4_351, "used": 4_339, "columns": columns},
            {"file": "cases.csv", "shape": "case", "rows": 1_658, "used": 1_640, "columns": columns[1:4]},
            {"file": "notes.csv", "shape": "none", "rows": 88, "used": 0, "columns": []},
        ],
        "repaired": [{
            "what": "A decimal comma was read as a decimal point", "count": 214,
            "examples": [{"file": "promises.csv", "line": 17, "column": "Cost", "value": "1.234,56", "became": "1234.56"}],
        }],
        "left_out": [{
            "why": "The due date could not be read as a moment", "count": 12,
            "examples": [{"file": "promises.csv", "line": 981, "column": "Due", "value": "after the holidays"}],
        }],
        "suspicions": [{
            "text": "Times are labelled +00 but cases open from 8 to 17 h.",
            "advice": "If they are local times, state the zone in wellkept.toml: zone = \"Europe/Rome\".",
        }],
        "facts": {"promise": 4_339, "case": 1_640, "event": 9_120, "downtime": 0},
    }  # fmt: skip
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
        a_measure(name, unit=unit, n=420 + 90 * place, amount_unit="h" if unit == "share" else unit)
        for place, (name, unit) in enumerate(OTHERS)
    ]
    document: Document = {
        "contract": 1, "wellkept": "0.1.0",
        "since": datetime(2024, 1, 1, tzinfo=ZONE).isoformat(), "until": UNTIL.isoformat(), "known_at": None,
        "source": {"folder": "alpine-cooling", "fingerprint": "sha256:" + "9f2c" * 16, "files": [
            {"name": "promises.csv", "format": "csv", "encoding": "utf-8", "separator": ";", "rows": 4_351, "bytes": 512_345},
            {"name": "cases.csv", "format": "csv", "encoding": "cp1252", "separator": ",", "rows": 1_658, "bytes": 210_004},
            {"name": "notes.csv", "format": "csv", "encoding": "utf-8", "separator": ",", "rows": 88, "bytes": 4_021},
        ]},
        "understood": an_understanding(),
        "measures": [the_kept_rate(), others[0], a_measure(), *others[1:], a_count(), a_tiny_measure()],
        "absent": [
            {"name": "availability", "title": "Availability", "needs": "downtime intervals: asset, from, to"},
            {"name": "paused_share", "title": "Paused share", "needs": "case events with the state and who is waited for"},
        ],
        "letting_down": [a_letting_down(i) for i in range(23)],
    }  # fmt: skip
    return {**document, **changes}


def a_count(**changes: Any) -> Document:
    """A count a case: no promise line, no curve, no groups."""
    counted = a_measure(
        "handoffs_per_case", n=1_640, unit="count", share_beyond=None, shape=None, curve=None, by=None,
        question="How often did a case change hands?", max=14, value=None, trend=None,
        says="Half of the cases never changed hands; one in a hundred did so 6 times or more.",
        quantiles={"p50": {"value": 0, "low": 0, "high": 0}, "p90": {"value": 2, "low": 2, "high": 2},
                   "p95": {"value": 3, "low": 3, "high": 4}, "p99": {"value": 6, "low": 5, "high": 8}},
        worst=[a_worst_case(i, 14 - i, due=None) for i in range(5)],
    )  # fmt: skip
    return {**counted, "reasons": {"share_beyond": "no promise is made about handoffs"}, **changes}


def a_tiny_measure(**changes: Any) -> Document:
    """Forty-one cases: no upper bound for p95 and p99, no trend, nobody to name."""
    tiny = a_measure("first_answer_on_islands", n=41)
    tiny["reasons"] = {
        "quantiles.p95.high": "no upper bound: n is 41, p95 needs 72",
        "quantiles.p99.high": "no upper bound: n is 41, p99 needs 368",
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
        **a_measure("reopen_rate"), **nothing, "n": 0, "open": 0, "excluded": 0, "worst": [], "beside": [],
        "customers_hit": None, "completeness": None, "says": "",
        "reasons": {name: f"no case has closed yet ({name})" for name in names}, **changes,
    }  # fmt: skip


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
        zone={"name": None, "how": "unknown"}, tables=[], repaired=[], suspicions=[],
        facts={"promise": 0, "case": 0, "event": 0, "downtime": 0},
    )  # fmt: skip
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
    worst = [a_worst_case(0, 99.0, customer=HOSTILE, id='"><img src=x onerror=alert(1)>'),
             a_worst_case(1, 98.0, customer=RIGHT_TO_LEFT, owner=VERY_LONG, file="../../etc/<b>.csv"),
             a_worst_case(2, 97.0, customer=None, line=None, consequence="unheard of")]  # fmt: skip
    measure = a_measure(
        title=HOSTILE, says=HOSTILE, worst=worst, method=VERY_LONG, name='x" onload="y'
    )
    measure["shape"]["points"] = [
        {"id": w["id"], "value": w["value"], "label": w["customer"]} for w in worst
    ]
    measure["by"]["groups"][0]["group"] = HOSTILE
    measure["by"]["column"] = RIGHT_TO_LEFT
    source = {"folder": "it's; rm -rf <b>", "files": [], "fingerprint": None}
    zone = {"name": "../../etc/passwd", "how": HOSTILE}
    return a_document(source=source, measures=[measure, a_measure()], letting_down=rows,
                      understood=an_understanding(zone=zone))  # fmt: skip


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
