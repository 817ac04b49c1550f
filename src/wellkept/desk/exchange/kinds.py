"""What a person says that the rows of a file are, where its heads do not say it."""

from collections.abc import Mapping
from glob import escape
from typing import Any

from wellkept.desk.exchange.opening import Wanted
from wellkept.record.sources.recipe import Recipe
from wellkept.record.sources.recipe_reading import read_recipe
from wellkept.record.sources.recipe_writing import quoted

KINDS = ("customer", "site", "asset", "product", "case", "promise", "downtime")
"""Shapes that a person may choose from."""


def without_kind(plan: Mapping[str, Any]) -> list[str]:
    """This will list the files that were read, have rows, and that nothing was taken from.

    A file of which the recipe says what it is keeps what is said there.
    """
    stated = plan.get("stated")
    recipe = Recipe() if stated is None else read_recipe(stated)
    tables = plan.get("understood", {}).get("tables", ())
    unused = [one["file"] for one in tables if one["shape"] == "none" and one["rows"]]
    return [file for file in unused if recipe.for_table(file) is None]


def saying(wanted: Wanted, kinds: Mapping[str, str], stated: str | None) -> str | None:
    """This will give the recipe with what was chosen: file → one of KINDS."""
    if not kinds:
        return wanted.recipe
    entries = [
        f"[[table]]\nfile = {quoted(escape(file))}\nshape = {quoted(kind)}\n"
        for file, kind in kinds.items()
    ]
    return "\n".join([*([stated] if stated else []), *entries])
