"""One part, written in two ways: in other case, with leading noughts, as “[P-1] Seal”."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from wellkept.study.planning.cells import Complaints, Rows

ROLES = ("part", "new_part")
LISTS = ("part", "stock", "where_used", "supersession")
"""What such a file tells apart is apart; of these the first also says how a part is written."""
_LABELLED = re.compile(r"\[([^\[\]]+)\]\s*.*")
_NOUGHTS = re.compile(r"^0+(?=[\dA-Za-z])")


def one_spelling(rows: dict[str, list[Rows]], complaints: Complaints) -> None:
    """This will write each part in one way throughout, and say where it was written otherwise.

    Changes `rows`. Two spellings that one list holds side by side stay two parts.
    """
    same = _same(rows)
    for many in rows.values():
        for at, one in enumerate(many):
            texts = dict(one.text)
            for role in ROLES:
                if role in texts:
                    texts[role] = _written(one, role, same, complaints)
            many[at] = replace(one, text=texts)


def _written(rows: Rows, role: str, same: Mapping[str, str], complaints: Complaints) -> np.ndarray:
    old = rows.texts(role)
    new = np.array([*(same.get(text, text) if text else text for text in old), None], object)[:-1]
    changed = {text: same[text] for text in old if text in same}
    if changed:
        first, becomes = next(iter(changed.items()))
        complaints.say(
            f"{rows.file.name}: {len(changed):,} part numbers are written otherwise than in "
            f"another file (‘{first}’ and ‘{becomes}’): taken as the same part.",
            len(changed),
        )
    return new


def _same(rows: Mapping[str, list[Rows]]) -> dict[str, str]:
    """Spelling → the one that is used, for those that differ from it."""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    apart = set[str]()
    for table in (*LISTS, *(name for name in rows if name not in LISTS)):
        for one in rows.get(table, []):
            texts = {text for role in ROLES for text in one.texts(role) if text}
            keys = Counter(map(_key, texts))
            if table in LISTS:
                apart.update(key for key, many in keys.items() if many > 1)
            for text in sorted(texts):
                spelt[_key(text)][text] += 1
    found = {}
    for key, ways in spelt.items():
        if len(ways) > 1 and key not in apart:
            usual = next(iter(ways))  # the first list that names it
            found.update({way: usual for way in ways if way != usual})
    return found


def _key(text: str) -> str:
    """What two spellings of one part have in common.

    >>> _key("000000000100-001") == _key("100-001"), _key("[ab-1] Seal") == _key("AB-1")
    (True, True)
    """
    labelled = _LABELLED.fullmatch(text)
    bare = labelled[1] if labelled else text
    bare = re.sub(r"^(\d+)\.0$", r"\1", " ".join(bare.split()))
    return _NOUGHTS.sub("", bare.casefold())
