"""What is true of imports: their states, and keys written short."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

RAW_DAYS = 400
"""How long raw rows are kept, unless somebody says otherwise: a year, and time to look."""


class RunState(StrEnum):
    """Where an import is: only looked through, being written, written, or taken back."""

    TRIED = "tried"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDONE = "undone"


def quoting_none(plan: Mapping[str, Any]) -> dict[str, Any]:
    """This will give what a dry run found, and what was written, without the rows that it quotes.

    >>> quoting_none({"problems": {"skipped": [{"count": 1, "rows": [{"name": "Alma"}]}]}})
    {'problems': {'skipped': [{'count': 1, 'rows': []}]}}
    >>> quoting_none({"understood": {"left_out": [{"count": 1, "examples": [{"line": 5}]}]}})
    {'understood': {'left_out': [{'count': 1, 'examples': []}]}}
    """
    told = {
        part: {kind: _blank(some, "rows") for kind, some in plan[part].items()}
        for part in ("problems", "applied")
        if part in plan
    }
    read = plan.get("understood", {})
    read = read | {
        part: _blank(read[part], "examples") for part in ("left_out", "repaired") if part in read
    }
    return {**plan, **told} | ({"understood": read} if read else {})


def _blank(told: Iterable[Mapping[str, Any]], quoted: str) -> list[dict[str, Any]]:
    return [{**one, quoted: []} for one in told]


def spans_of(keys: Iterable[int]) -> list[list[int]]:
    """This will write keys as spans from first to last.

    >>> spans_of([5, 1, 2, 3])
    [[1, 3], [5, 5]]
    """
    spans: list[list[int]] = []
    for key in sorted(set(keys)):
        if spans and spans[-1][1] == key - 1:
            spans[-1][1] = key
        else:
            spans.append([key, key])
    return spans


def keys_of(spans: Sequence[Sequence[int]]) -> list[int]:
    """This will give the keys that spans stand for.

    >>> keys_of([[1, 3], [5, 5]])
    [1, 2, 3, 5]
    """
    return [key for first, last in spans for key in range(first, last + 1)]
