"""Cutting the record back to a moment: what had happened, and what was known of it."""

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Cut:
    """`until_s` cuts when things happened, `known_s` when they were written down (None: all).

    `replays`: the moments lie in the past, so columns that tell the present are not believed.
    """

    until_s: int
    known_s: int | None
    replays: bool

    @property
    def known(self) -> str:
        """The condition on `recorded_s`. A replay without `known_s` takes late entries in.

        For the present it is `until`: tables that are read a little later know no more.
        """
        known_s = self.known_s if self.replays else self.until_s
        return "true" if known_s is None else f"recorded_s <= {known_s}"


HAPPENED = {
    "r_case": "reported_s",
    "r_case_event": "at_s",
    "r_assignment": "from_s",
    "r_downtime": "from_s",
    "r_move": "at_s",
    "r_promise": "made_s",
    "r_pause": "from_s",
}
"""When a row of each table happened; where that is not recorded, the row stays."""


def apply(con: duckdb.DuckDBPyConnection, cut: Cut) -> None:
    """This will leave out what had not happened, or was not known."""
    for table, moment in HAPPENED.items():
        con.execute(f"DELETE FROM {table} WHERE {moment} > {cut.until_s} OR NOT ({cut.known})")
    told_s = cut.until_s if cut.known_s is None else min(cut.until_s, cut.known_s)
    con.execute(f"DELETE FROM r_notice WHERE at_s > {told_s}")
    con.execute(f"UPDATE r_move SET told_s = NULL WHERE told_s > {told_s}")
    con.execute(f"DELETE FROM r_import WHERE at_s > {cut.until_s} OR at_s IS NULL")
    con.execute(f"UPDATE r_assignment SET until_s = NULL WHERE until_s > {cut.until_s}")
