"""When a verb would merge a row or set it apart: the rules by which verbs refuse, for pages too.

Each reads the row in hand alone, a customer or an asset.
"""

from typing import Any

from wellkept.record.organisation.rules import Doer


def stands(one: Any, doer: Doer) -> bool:
    """This will tell whether it was not merged into another, so that it can be now."""
    return one.merged_into_id is None


def is_merged(one: Any, doer: Doer) -> bool:
    """This will tell whether it was merged into another, so that it can be split off again."""
    return one.merged_into_id is not None


def is_in_doubt(one: Any, doer: Doer) -> bool:
    """This will tell whether it may be another one, which somebody can deny."""
    return bool(one.doubt)
