"""The measure document as a contract: names, types, no NaN, and a reason for every null."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from wellkept.study.measures.composing import Said

Json = Mapping[str, Any]
NUMBER = (int, float)
QUANTILES = ("p50", "p90", "p95", "p99")
CONSEQUENCES = {"safety", "production_stopped", "unknown", "degraded", "inconvenience", None}

MEASURE: dict[str, tuple[type, ...]] = {
    "n": (int,),
    "open": (int,),
    "excluded": (int,),
    "completeness": (dict, type(None)),
    "value": (dict, type(None)),
    "share_beyond": (dict, type(None)),
    "quantiles": (dict,),
    "max": (*NUMBER, type(None)),
    "customers_hit": (dict,),
    "worst": (list,),
    "worst_unit": (str, type(None)),
    "hit": (dict, type(None)),
    "method": (str,),
    "reasons": (dict,),
    "says": (str,),
    "beside": (list,),
    "trend": (dict, type(None)),
    "shape": (dict, type(None)),
    "curve": (dict, type(None)),
    "by": (dict, type(None)),
}
"""The fields that a card gives, with their types in Python."""
HEAD: dict[str, tuple[type, ...]] = {
    "name": (str,),
    "title": (str,),
    "question": (str,),
    "unit": (str,),
    "grain": (str,),
    "direction": (str,),
    "level": (float,),
    "definition_version": (str,),
}
"""The fields that the catalogue gives."""
WORST = {
    "id", "customer", "asset", "owner", "value", "open", "due", "consequence", "about", "file",
    "line",
}  # fmt: skip


def check_document(document: Json) -> None:
    """This will refuse a part of the document that `run` gives and that breaks the contract."""
    assert set(document) == {"measures", "absent", "letting_down"}
    for measure in document["measures"]:
        assert set(measure) == set(HEAD) | set(MEASURE)
        _typed(measure, HEAD)
        assert measure["grain"] in ("promise", "case", "asset", "customer")
        assert measure["direction"] in ("up", "down", "band")
        check_measure(measure)
    for row in document["absent"]:
        assert set(row) == {"name", "title", "needs"}
        assert "\n" not in row["needs"] and len(row["needs"]) > 10
    for row in document["letting_down"]:
        assert row["late_h"] >= 0 and row["consequence"] in CONSEQUENCES
        datetime.fromisoformat(row["due"])
    assert len(document["letting_down"]) <= 50


def check_measure(measure: Json) -> None:
    """This will refuse a measure that breaks the contract: names, types, numbers, reasons."""
    _typed(measure, MEASURE)
    _finite(measure, measure.get("name", "?"))
    _reasons(measure)
    _sound(measure)
    for row in measure["worst"]:
        assert set(row) == WORST and row["consequence"] in CONSEQUENCES
        assert isinstance(row["open"], bool) and isinstance(row["value"], NUMBER)
    assert len(measure["worst"]) <= 20
    for beside in measure["beside"]:
        assert set(beside) == {"title", "text", "n", "unit", "value", "quantiles", "max"}
    if measure["trend"]:
        for point in measure["trend"]["points"]:
            date.fromisoformat(point["start"])
            assert 0 <= point["k"] <= point["n"] and isinstance(point["signal"], bool)
    if measure["by"]:
        assert set(measure["by"]) >= {"column", "unit", "groups", "text"}
        for row in measure["by"]["groups"]:
            assert row.keys() >= {"group", "n", "k", "value", "low", "high", "signal", "open"}
            assert row.keys() >= {"limit_low", "limit_high"}


def _typed(block: Json, types: Mapping[str, tuple[type, ...]]) -> None:
    for name, wanted in types.items():
        assert name in block, f"{name} is missing"
        value = block[name]
        assert isinstance(value, wanted), f"{name} is {type(value)}"
        assert not isinstance(value, bool), name


def check_sentences(measure: Json) -> None:
    """This will refuse a measure, as `run` gives it, with a sentence that does not know its parts.

    It could not be said in another language.
    """
    beside = [text for one in measure["beside"] for text in (one["title"], one["text"])]
    drawn = [measure[name]["text"] for name in ("trend", "by") if measure[name]]
    texts = [measure["says"], measure["method"], *measure["reasons"].values(), *beside, *drawn]
    if measure["share_beyond"]:
        texts.append(measure["share_beyond"]["promise"])
    assert [text for text in texts if not isinstance(text, Said)] == []


def _finite(value: Any, where: str) -> None:
    """No NaN, no infinity, no number of NumPy, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            assert isinstance(name, str), where
            _finite(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for inner in value:
            _finite(inner, where)
    else:
        assert type(value) in (str, Said, int, float, bool, type(None)), f"{where}: {type(value)}"
        assert not isinstance(value, float) or math.isfinite(value), where


def _reasons(measure: Json) -> None:
    """Every null has its reason, and no reason stands where nothing is null."""
    nulls = {name for name in MEASURE if measure[name] is None and name != "worst_unit"}
    nulls |= {name for name in ("worst",) if not measure[name]}
    if None in measure["customers_hit"].values():
        nulls.add("customers_hit")
    done = measure["completeness"]
    if done is not None and None in done.values():
        nulls.add("completeness")
    if measure["value"] is not None and None in measure["value"].values():
        nulls.add("value")
    quantiles, reasons = measure["quantiles"], measure["reasons"]
    partial = {name for name in quantiles if None in quantiles[name].values()}
    gone = {name for name in QUANTILES if name not in quantiles and name in reasons}
    assert set(quantiles) <= set(QUANTILES)
    if len(quantiles) + len(gone) < len(QUANTILES):
        nulls.add("quantiles")
    assert set(reasons) == nulls | partial | gone, set(reasons) ^ (nulls | partial | gone)
    assert all(reasons.values())


def _sound(measure: Json) -> None:
    """Counts fit together, and an estimate lies in its interval."""
    assert 0 <= measure["open"] <= measure["n"]
    assert measure["excluded"] >= 0
    done = measure["completeness"]
    if done is not None:
        assert 0 <= done["used"] <= done["should"]
    beyond = measure["share_beyond"]
    if beyond is not None:
        assert 0 <= beyond["k"] <= beyond["n"] and beyond["n"] > 0
        assert 0 <= beyond["low"] <= beyond["share"] <= beyond["high"] <= 1
        assert beyond["promise"]
    for estimate in (measure["value"], *measure["quantiles"].values()):
        if estimate is not None and None not in estimate.values():
            assert estimate["low"] <= estimate["value"] <= estimate["high"]
    hit = measure["customers_hit"]
    if None not in hit.values():
        assert hit["1"] >= hit["2"] >= hit["3"] >= 0
    assert len(measure["says"]) < 400
