"""The cast of the report's tests, and blocks of a measure drawn by chance with a fixed seed.

Alma dispatches, Bruno drives, Clinic Nord waits.
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
        "unit": "h",
        "scale": "log",
        "edges": edges,
        "counts": counts,
        "promise": promise,
        "points": points,
    }


def curve_of(values: list[float]) -> Document:
    """Still waiting after t, with a pointwise band, in 120 steps."""
    n = len(values)
    t = [0.0] + [values[int(n * i / 120)] for i in range(120)]
    s = [1.0] + [1 - i / 120 for i in range(120)]
    half = [1.96 * math.sqrt(max(1e-9, p * (1 - p)) / n) for p in s]
    return {
        "unit": "h",
        "t": t,
        "s": s,
        "low": [max(0.0, p - h) for p, h in zip(s, half, strict=True)],
        "high": [min(1.0, p + h) for p, h in zip(s, half, strict=True)],
        "at_risk": [round(n * p) for p in s],
    }


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
        points.append(
            {
                "start": start,
                "k": k,
                "n": n,
                "low": low,
                "high": high,
                "centre": share,
                "signal": not low <= k / n <= high,
            }
        )
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
        groups.append(
            {
                "group": region,
                "n": n,
                "k": k,
                **an_interval(k, n),
                "open": draw.randint(0, 9),
                "limit_low": max(0.0, share - half),
                "limit_high": min(1.0, share + half),
                "signal": abs(k / n - share) > half,
            }
        )
    return {
        "column": "region",
        "groups": groups,
        "text": "Islands break more promises than chance explains.",
    }
