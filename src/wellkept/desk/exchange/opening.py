"""A folder opened for an import: understood as for measures, with what it offers to the record."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from wellkept.desk.exchange.earlier import UNSAID, Earlier, anything_before
from wellkept.desk.exchange.offered import forget_facts, offer
from wellkept.record.sources.recipe import FILE_NAME, Recipe
from wellkept.record.sources.recipe_reading import read_recipe
from wellkept.study.facts.folder import Asked, FolderFacts, open_folder

MEMORY = "350MB"
"""What the engine may use while files are read: beside it stand the web and the record."""
MEMORY_AFTER = "150MB"
"""What it may use while what was read is written, when the database needs room for its pages."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked of an import: where the files lie, what wrote them, who answers for them.

    `recipe` is the text of a recipe that wins over one in the folder. A `system` of None was not
    said: it is told by what came before. `keys` names for customers and sites the system whose
    numbers the files use, or none. `run` is the import that is gone on with.
    """

    folder: Path
    system: str | None = None
    zone: str | None = None
    recipe: str | None = None
    role: str = "Imported, unassigned"
    keys: Mapping[str, str] = field(default_factory=dict)
    run: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """The folder's facts, and the connection that holds what it offers."""

    wanted: Wanted
    facts: FolderFacts
    con: duckdb.DuckDBPyConnection
    stated: str | None
    earlier: Earlier

    @property
    def system(self) -> str:
        """Which system the files are taken for."""
        return self.earlier.system or UNSAID

    @property
    def zone(self) -> str:
        """The zone in which times without one were read."""
        return self.facts.zone.key

    @property
    def fingerprint(self) -> str:
        """One hash over all files that were read."""
        return str(self.facts.source_document["fingerprint"])

    def tells(self) -> dict[str, Any]:
        """This will say what the files can tell at all: moves; when their feed was silent."""
        moves = self.con.execute("SELECT 1 FROM tells_moves LIMIT 1").fetchone()
        return {"moves": moves is not None, "silences": [list(one) for one in self.facts.silences]}

    def files(self) -> list[dict[str, Any]]:
        """This will list the files: number, name, hash, rows, headers, and how they rank in time.

        `last_s` and `latest` say what a file knows: its last moment, and that no later one of its
        list was read.
        """
        snapshots = {
            src: (last, latest)
            for src, last, latest in self.con.execute("SELECT * FROM snapshot").fetchall()
        }
        found = []
        for src, table in self.facts.where.tables.items():
            last_s, latest = snapshots.get(src, (None, True))
            with table.origin.path.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            found.append(
                {
                    "file": src,
                    "name": table.name,
                    "sha256": digest,
                    "rows": table.rows,
                    "headers": [column.header for column in table.columns],
                    "last_s": last_s,
                    "latest": latest,
                }
            )
        return found


@contextmanager
def opened(wanted: Wanted, now: datetime, *, keeps_facts: bool = False) -> Iterator[Opened]:
    """This will read a folder, understand it by its recipe, and make what it offers.

    What claims to have happened after `now` has not happened. The facts themselves are let go
    unless `keeps_facts`, since an import does not read them. Raises Unreadable, BadRecipe,
    NoSuchSystem.
    """
    now_s = int(now.timestamp())
    stated = wanted.recipe if wanted.recipe is not None else stated_in(wanted.folder)
    with tempfile.TemporaryDirectory(prefix="wellkept-") as place:
        recipe = None
        if stated is not None:
            recipe = Path(place) / FILE_NAME
            recipe.write_text(stated, encoding="utf-8")
        earlier = _earlier(wanted, stated)
        asked = Asked(
            now_s=now_s, until_s=now_s, zone=wanted.zone, recipe=recipe, memory=MEMORY,
            recall=earlier if anything_before() else None,
        )  # fmt: skip
        with open_folder(wanted.folder, asked) as facts:
            con = facts.source.con
            offer(con, now_s=now_s)
            if not keeps_facts:
                forget_facts(con)
            con.execute(f"SET memory_limit = '{MEMORY_AFTER}'")
            yield Opened(wanted, facts, con, stated, earlier)


def _earlier(wanted: Wanted, stated: str | None) -> Earlier:
    """What was asked for wins over the recipe, the recipe over what is guessed."""
    recipe = Recipe() if stated is None else read_recipe(stated)
    return Earlier(wanted.system or recipe.system, {**recipe.keys, **wanted.keys}, wanted.run)


def stated_in(folder: Path) -> str | None:
    """This will give the text of the recipe beside the files, if there is one."""
    file = (folder if folder.is_dir() else folder.parent) / FILE_NAME
    return file.read_text(encoding="utf-8") if file.is_file() else None
