"""What may stand in the journal: keys, codes and figures, never a person's words."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+\-]{0,63}")
"""What a text in the journal looks like: a field's name, a state, a version; no blanks."""


class Refusal(Exception):
    """A verb says no, in one sentence: what happened, what it means, what to do.

    Each verb defines its refusals beside it; whoever called it shows the sentence.
    """


class NotForTheJournal(TypeError):
    """A detail of a journal row could be a person's words, which could never be erased again."""


def plain_details(details: Mapping[str, Any]) -> dict[str, Plain]:
    """This will give details as they are written; raises NotForTheJournal for free text.

    >>> plain_details({"fields": ["name", "region"], "merged": 3})
    {'fields': ['name', 'region'], 'merged': 3}
    """
    return {name: _plain(name, value) for name, value in details.items()}


def _plain(name: str, value: Any) -> Plain:
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        if CODE.fullmatch(value):
            return value
        raise NotForTheJournal(
            f"The detail {name!r} of a journal row is free text. Keep the text in a row of its "
            "noun, where it can be erased, and note the key of that row."
        )
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(name, inner) for inner in value]
    if isinstance(value, Mapping):
        return {str(_plain(name, key)): _plain(name, inner) for key, inner in value.items()}
    raise NotForTheJournal(f"The detail {name!r} of a journal row is a {type(value).__name__}.")
