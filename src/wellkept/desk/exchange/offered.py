"""What a folder offers to the record: one table per noun, each row with its key of the source.

The folder is understood once, as for measures: these tables are made of what staging and merging
left (`case_rows`, `pledge`, `outages_once`: as written) and of what registers know. `n` numbers
the rows of a table in an order that is the same for the same files. `said` is what the source says
of a row, in short: an import compares it with what it said last.
"""

import duckdb

from wellkept.desk.exchange.catalogue import offer_products
from wellkept.desk.exchange.offered_cards import CARD, offer_cards
from wellkept.desk.exchange.offered_places import said_of_places
from wellkept.desk.exchange.standing import PARTED, site_of, stand, stands
from wellkept.study.facts.source import quoted
from wellkept.study.facts.staged import count

LONGEST = 200
"""Characters of a source's key; a longer one is cut, and told apart by its hash."""
SORTS = {0: "case due", 1: "case answer", 2: "outage due", 3: "promise"}
OUTAGE = 2
"""What a promise's key names: a date on a case, its answer, a date of an outage, a listed row."""
NAMES = ("customer", "site", "asset", "region", "owner", "team")


def offer(con: duckdb.DuckDBPyConnection, *, now_s: int) -> None:
    """This will make the tables `offered_*` beside the facts of a folder."""
    con.execute(
        f"CREATE MACRO key_of(t) AS CASE WHEN length(t) > {LONGEST} "
        "THEN concat(left(t, 160), ' #', md5(t)) ELSE t END"
    )
    con.execute("CREATE TABLE IF NOT EXISTS recalled_said (noun VARCHAR, id VARCHAR, said VARCHAR)")
    con.execute("CREATE MACRO told(t) AS coalesce(CAST(t AS VARCHAR), '')")
    con.execute(f"CREATE MACRO happened(t) AS CASE WHEN t <= {now_s} THEN t END")
    _called(con)
    stand(con)
    _cases(con)
    _events(con)
    _promises(con, now_s)
    _downtimes(con)
    _names(con)
    _places(con)
    offer_products(con)
    _assets(con)


def forget_facts(con: duckdb.DuckDBPyConnection) -> None:
    """This will let go of what no import reads: of many rows more than half of the memory."""
    kept = "table_name LIKE 'offered_%' OR table_name LIKE 'raw%'"
    small = "table_name IN ('snapshot', 'tells_moves')"
    tables = con.execute(f"SELECT table_name FROM duckdb_tables() WHERE NOT ({kept} OR {small})")
    for (name,) in tables.fetchall():
        con.execute(f"DROP TABLE {quoted(name)}")


def _numbered(con: duckdb.DuckDBPyConnection, name: str, rows: str, order: str) -> None:
    con.execute(
        f"CREATE TABLE offered_{name} AS SELECT row_number() OVER (ORDER BY {order}) AS n, * "
        f"FROM ({rows}) d ORDER BY n"
    )


def _placed(con: duckdb.DuckDBPyConnection, name: str, order: str, within: str) -> None:
    """Number the rows of a long table by one of its columns, and those that repeat a name.

    Only what is sorted is touched: whole rows of a million would fill the memory. The table
    `<name>_place` has `n` and `nth`, which is empty for the first of its name.
    """
    nth = f"row_number() OVER (PARTITION BY {within} ORDER BY {order})"
    twice = f"SELECT hash({within}) FROM {name}_offer GROUP BY 1 HAVING count(*) > 1"
    con.execute(f"""
      CREATE TABLE {name}_place AS SELECT a.*, CAST(b.nth AS VARCHAR) AS nth FROM
        (SELECT {order}, row_number() OVER (ORDER BY {order}) AS n FROM {name}_offer) a
        LEFT JOIN (SELECT {order}, nullif({nth}, 1) AS nth FROM {name}_offer
          WHERE hash({within}) IN ({twice})) b USING ({order})""")
    if count(con, f"SELECT count(nth) FROM {name}_place"):
        _see_not_taken(con, name, order, within)


def _see_not_taken(con: duckdb.DuckDBPyConnection, name: str, order: str, within: str) -> None:
    """Where the source itself has what would tell a repeated name apart, a hash is put behind."""
    like = " AND ".join(f"o.{one} = t.{one}" for one in within.split(", ") if one != "name")
    con.execute(f"""
      UPDATE {name}_place SET nth = concat(nth, ' ', left(md5(nth), 8)) WHERE n IN (
        SELECT t.n FROM (SELECT * FROM {name}_offer JOIN (SELECT {order}, n, nth FROM {name}_place
          WHERE nth IS NOT NULL) p USING ({order})) t JOIN {name}_offer o
          ON o.name = concat(t.name, ' #', t.nth){f" AND {like}" if like else ""})""")


NTH = "key_of(CASE WHEN nth IS NULL THEN name ELSE concat(name, ' #', nth) END)"
"""A key that comes twice is told apart by its place among its like."""


AT_SITE = "* EXCLUDE (stands) REPLACE (stands AS site)"
"""A row points to its site by the site's key, while what it says of it goes by the name."""


def _told(*parts: str, hashed: tuple[str, ...] = ()) -> str:
    """What the source says of a row: dates as they are, the rest as a hash."""
    rest = f"left(md5(concat_ws('|', {', '.join(f'told({one})' for one in hashed)})), 12)"
    every = [*(f"told({one})" for one in parts), *([rest] if hashed else [])]
    return f"concat_ws('|', {', '.join(every)})"


def _natural(*parts: str) -> str:
    """The key of a row whose source numbers nothing: what it says, without dates that move."""
    return f"concat('row ', md5(concat_ws('|', {', '.join(f'told({one})' for one in parts)})))"


def _cases(con: duckdb.DuckDBPyConnection) -> None:
    natural = _natural("about", "customer", "asset", "site", "reported_s")
    con.execute(f"""
      CREATE TABLE case_offer AS SELECT *, coalesce(key, {natural}) AS name FROM (
        SELECT r.case_no, r.key, c.about, c.customer, c.site, c.asset, c.region, r.owner,
          coalesce(r.team, c.team) AS team, c.consequence, r.means, r.occurred_s,
          coalesce(r.reported_s, r.occurred_s, w.w_first_s) AS reported_s,
          r.reported_s IS NOT NULL OR coalesce(w.w_begins_reported, true) AS report_said,
          happened(r.responded_s) AS responded_s, happened(r.restored_s) AS restored_s,
          happened(r.resolved_s) AS resolved_s,
          CASE WHEN coalesce(r.means, '') <> 'cancelled' OR r.cancelled_s IS NOT NULL
            THEN happened(r.closed_s) END AS closed_s,
          happened(coalesce(r.cancelled_s,
            CASE WHEN r.means = 'cancelled' THEN coalesce(r.closed_s, r.resolved_s) END))
            AS cancelled_s,
          happened(r.reopened_s) AS reopened_s, w.w_last_s AS last_s, r.src, r.row,
          CAST(r.reopen_count AS INTEGER) AS reopen_count,
          CAST(r.handoff_count AS INTEGER) AS handoff_count,
          coalesce(w.w_handed, false) AS handed, c.case_no IS NOT NULL AS begun,
          coalesce(c.ended_unknown, false)
            AND coalesce(r.means, '') NOT IN ('resolved', 'closed', 'cancelled') AS end_unsaid
        FROM case_rows r LEFT JOIN "case" c USING (case_no)
          LEFT JOIN walked w USING (case_no)) d""")
    con.execute(
        "CREATE TABLE case_told AS SELECT case_no, count(*) AS events FROM event GROUP BY 1"
    )
    said = _told(
        "reported_s", "responded_s", "restored_s", "resolved_s", "closed_s", "cancelled_s",
        "means", "events", "last_s",
        hashed=("about", "customer", "site", "asset", "consequence", "team", "owner"),
    )  # fmt: skip
    said = (
        f"concat({said}, CASE WHEN coalesce(reopen_count, handoff_count, reopened_s) IS NOT NULL "
        "THEN concat_ws('|', '', told(reopen_count), told(handoff_count), told(reopened_s)) END)"
    )
    _placed(con, "case", "case_no", "name")
    at_site, joined = stands(con, "o")
    con.execute(
        f"CREATE TABLE offered_case AS SELECT {AT_SITE}, {said} AS said, {NTH} AS id FROM ("
        f"SELECT p.n, p.nth, o.*, coalesce(t.events, 0) AS events, {at_site} FROM case_offer o "
        "JOIN case_place p USING (case_no) LEFT JOIN case_told t USING (case_no) "
        f"{joined}) d"
    )


IN_TEAMS = """
  SELECT case_no, event_s AS from_s, lead(event_s) OVER w AS to_s, CAST(NULL AS VARCHAR) AS owner,
    team, seq FROM (SELECT *, lag(team) OVER (PARTITION BY case_no ORDER BY seq) AS before
      FROM event WHERE team IS NOT NULL) t
  WHERE team IS DISTINCT FROM before WINDOW w AS (PARTITION BY case_no ORDER BY seq)"""
"""Logs that name no people tell through which teams cases went, to the last event of each."""


def _events(con: duckdb.DuckDBPyConnection) -> None:
    """Events and stretches of ownership, in the order of their cases."""
    con.execute("""
      CREATE TABLE offered_event AS
      SELECT o.n, e.seq, e.event_s, e.word, e.state, e.waiting_on,
        CASE WHEN coalesce(m.queued, false) THEN NULL ELSE e.owner END AS owner,
        e.owner AS named, e.team, e.src, e.row
      FROM event e JOIN offered_case o USING (case_no)
        LEFT JOIN (SELECT DISTINCT w.text, m.queued FROM word_number w JOIN word_means m USING (no)
          ) m ON m.text = e.word ORDER BY o.n, e.seq""")
    held = "(SELECT *, 0 AS seq FROM holding)"
    if not count(con, "SELECT count(owner) FROM offered_event"):
        held = f"({IN_TEAMS})"
    con.execute(f"""
      CREATE TABLE offered_holding AS
      SELECT o.n, h.seq, h.from_s, h.to_s, h.owner, h.team
      FROM {held} h JOIN offered_case o USING (case_no) ORDER BY o.n, h.seq, h.from_s, h.to_s""")


def _promises(con: duckdb.DuckDBPyConnection, now_s: int) -> None:
    """Promises and their moves. While one is owed, its date judges it, whatever a word says.

    Moves that come after a promise was settled are counted, although the ledger takes none.
    """
    natural = _natural("kind", "case_id", "customer", "site", "asset", "about", "made_s")
    con.execute(
        "CREATE TABLE moves_counted AS SELECT promise_no, our_moves FROM promise WHERE promise_no "
        "IN (SELECT promise_no FROM moved WHERE late = 0)"
    )
    con.execute(f"""
      CREATE VIEW promise_offer AS SELECT *, coalesce(key, join_key, {natural}) AS name FROM (
        SELECT p.promise_no, p.promise_no % 4 AS sort, p.key, p.join_key, p.kind, p.about,
          p.case_id, p.customer, p.site, p.asset, p.region, p.owner, p.team, p.consequence,
          p.made_s, p.first_due_s, coalesce(p.due_s, p.first_due_s) AS due_s,
          coalesce(p.due_is_day, false) AS due_is_day, happened(p.done_s) AS done_s,
          happened(p.ended_s) AS ended_s, happened(p.released_s) AS released_s,
          p.kept AS kept_said,
          CASE WHEN p.first_due_s IS NULL OR NOT coalesce(p.open OR p.done_s > {now_s}, false)
            THEN p.kept END AS kept,
          nullif(CAST(greatest(p.move_count, p.due_s_changes, m.our_moves) AS INTEGER), 0)
            AS moves_told,
          p.moved_by, coalesce(p.end_unknown, false) AND p.done_s IS NULL AS end_unknown,
          p.closed_s, p.case_no,
          p.src, p.row
        FROM pledge p LEFT JOIN moves_counted m ON m.promise_no = p.promise_no) d""")
    con.execute("""
      CREATE TABLE offered_move AS
      SELECT p.promise_no, m.old_due_s, m.new_due_s, m.moved_s, m.asked, m.src, m.row
      FROM listed_moves m JOIN promise_offer p ON p.join_key = m.join_key
      WHERE m.new_due_s IS NOT NULL ORDER BY p.promise_no, m.moved_s, m.row""")
    con.execute(
        "CREATE TABLE move_told AS SELECT promise_no, count(*) AS moves FROM offered_move "
        "GROUP BY 1"
    )
    said = _told(
        "first_due_s", "due_s", "done_s", "ended_s", "released_s", "kept_said",
        "concat(moves, '+' || moves_told)",
        hashed=("owner", "made_s", "about", "kind", "customer", "site", "asset", "team",
                "consequence", "end_unknown"),
    )  # fmt: skip
    _placed(con, "promise", "promise_no", "sort, name")
    at_site, joined = stands(con, "o")
    con.execute(
        f"CREATE TABLE offered_promise AS SELECT {AT_SITE.replace('(', '(nth, name, ', 1)}, "
        f"{said} AS said, {NTH} AS id FROM (SELECT p.n, p.nth, o.* EXCLUDE (key, join_key), "
        f"coalesce(t.moves, 0) AS moves, c.id AS of_case, {at_site} "
        "FROM promise_offer o JOIN promise_place p USING (promise_no) "
        "LEFT JOIN move_told t USING (promise_no) LEFT JOIN offered_case c USING (case_no) "
        f"{joined}) d"
    )


def _downtimes(con: duckdb.DuckDBPyConnection) -> None:
    natural = _natural("o.asset", "o.about", "o.from_s")
    con.execute(
        "CREATE TABLE downtime_offer AS SELECT row_number() OVER (ORDER BY o.src, o.row) AS place, "
        f"coalesce(o.key, {natural}) AS name, o.asset, o.about, o.from_s, "
        "happened(o.to_s) AS to_s, f.censored_s, o.planned, c.id AS of_case, "
        "p.id AS of_promise, o.src, o.row "
        "FROM outages_once o LEFT JOIN downtime f ON f.src = o.src AND f.row = o.row "
        "LEFT JOIN offered_promise p ON p.src = o.src AND p.row = o.row AND p.sort = 2 "
        "LEFT JOIN offered_case c ON c.src = o.src AND c.row = o.row"
    )
    said = _told("from_s", "to_s", "planned", "censored_s", hashed=("asset", "about"))
    _placed(con, "downtime", "place", "name")
    con.execute(
        f"CREATE TABLE offered_downtime AS SELECT *, {said} AS said, {NTH} AS id FROM ("
        "SELECT p.n, p.nth, o.* FROM downtime_offer o JOIN downtime_place p USING (place)) d "
        "ORDER BY n"
    )


def _called(con: duckdb.DuckDBPyConnection) -> None:
    """What registers of customers and sites call those that others name by their keys."""
    con.execute(
        "CREATE TABLE called AS SELECT key, label FROM known_customer "
        "WHERE label IS NOT NULL AND label <> key"
    )
    con.execute(
        "CREATE VIEW whose_site AS SELECT k.* REPLACE (coalesce(c.label, k.customer) AS customer) "
        "FROM known_site k LEFT JOIN called c ON c.key = k.customer"
    )
    con.execute(
        "CREATE VIEW whose_asset AS SELECT k.* REPLACE (coalesce(c.label, k.customer) AS customer, "
        "coalesce(s.label, k.site) AS site) FROM known_asset k "
        "LEFT JOIN called c ON c.key = k.customer LEFT JOIN known_site s ON s.key = k.site"
    )


def _names(con: duckdb.DuckDBPyConnection) -> None:
    facts = ("offered_case", "offered_promise")
    people = [f"SELECT owner AS id FROM {one}" for one in facts]
    people += ["SELECT named AS id FROM offered_event"]
    teams = [f"SELECT team AS id FROM {one}" for one in (*facts, "offered_event")]
    regions = [f"SELECT region AS id FROM {one}" for one in facts]
    regions += [f"SELECT region AS id FROM known_{one}" for one in ("asset", "site", "customer")]
    for noun, parts in (("person", people), ("team", teams), ("region", regions)):
        rows = " UNION ".join(parts)
        _numbered(con, noun, f"SELECT id FROM ({rows}) u WHERE id IS NOT NULL", "id")
    _numbered(
        con,
        "customer",
        "SELECT key_of(n.customer) AS id, n.customer AS name, coalesce(k.key, '') AS number, "
        "coalesce(k.key, '') AS said, coalesce(k.keys, []) AS numbers FROM "
        "(SELECT customer FROM customer_number WHERE customer NOT IN (SELECT key FROM called) "
        "UNION SELECT label FROM called) n "
        "LEFT JOIN (SELECT label, min(key) AS key, list_sort(list(DISTINCT key)) AS keys "
        "FROM called GROUP BY label) k ON k.label = n.customer",
        "id",
    )


def _places(con: duckdb.DuckDBPyConnection) -> None:
    """A site is what a register or a row calls one, and whose it is."""
    said = f"concat({_told('zone', hashed=('customer', 'region'))}, {said_of_places()})"
    _numbered(
        con,
        "site",
        f"SELECT d.*, {_as_before('site', said)} AS said FROM (SELECT c.id, "
        "any_value(s.name) AS name, any_value(c.home) AS customer, "
        "arg_max(s.region, s.rows) AS region, any_value(s.zone) AS zone, "
        "any_value(s.address) AS address, any_value(s.country) AS country, "
        "coalesce(list_sort(list(DISTINCT s.number) FILTER (WHERE s.number IS NOT NULL)), []) "
        "AS numbers FROM site_called c JOIN site_said s ON s.name = c.name "
        "AND s.customer IS NOT DISTINCT FROM c.customer GROUP BY c.id) d",
        "id",
    )


def _as_before(noun: str, said: str) -> str:
    """What a register said before of what these files only name, it says still."""
    before = f"SELECT r.said FROM recalled_said r WHERE r.noun = '{noun}' AND r.id = d.id"
    return f"coalesce(({before}), {said})"


WHERE_AND_WHAT = ("site", "customer", "called", "parent")


def _assets(con: duckdb.DuckDBPyConnection) -> None:
    _parents(con)
    named = f"split_part(site, {PARTED}, 1) AS site"
    parts = [
        "SELECT key AS asset, site, customer, m.id AS product, consequence, 0 AS said_by, "
        f"nullif(concat_ws({PARTED}, k.product_no, k.product), '') AS called FROM whose_asset k "
        "LEFT JOIN product_meant m ON m.product_no IS NOT DISTINCT FROM k.product_no "
        "AND m.product IS NOT DISTINCT FROM k.product",
        f"SELECT asset, {named}, customer, NULL, NULL, 1, NULL FROM offered_case",
        f"SELECT asset, {named}, customer, NULL, NULL, 1, NULL FROM offered_promise",
        "SELECT asset, site, customer, NULL, NULL, 1, NULL FROM downtime",
    ]
    guessed = "CASE WHEN customer IS NOT NULL AND NOT customer_said THEN '|?' END"
    said = f"concat({_told('consequence', hashed=WHERE_AND_WHAT)}, {offer_cards(con)}, {guessed})"
    # Of what is said equally often the first in order is taken: the same of the same files.
    best = "mode({0} ORDER BY {0}) FILTER (WHERE said_by = 0), mode({0} ORDER BY {0})"
    _numbered(
        con,
        "asset",
        f"SELECT d.* EXCLUDE (stands) REPLACE (stands AS site), p.parent, "
        f"coalesce(l.numbers, []) AS numbers, {', '.join(f'c.{one}' for one in (*CARD, 'life'))}, "
        "c.serial IS NOT NULL AND count(*) OVER (PARTITION BY d.product, c.serial) > 1 "
        "AS serial_twice, "
        f"{_as_before('asset', said)} AS said FROM (SELECT key_of(asset) AS id, "
        "any_value(asset) AS name, "
        + ", ".join(
            f"coalesce({best.format(one)}) AS {name}"
            for one, name in (("u.site", "site"), ("u.customer", "customer"), ("s.id", "stands"))
        )
        + ", count(u.customer) FILTER (said_by = 0) > 0 AS customer_said"
        ", any_value(product) AS product, any_value(called) AS called, "
        "any_value(consequence) AS consequence "
        f"FROM ({' UNION ALL '.join(parts)}) u {site_of('u')} WHERE asset IS NOT NULL "
        "GROUP BY key_of(asset)) d LEFT JOIN parent_of p ON p.asset = d.id "
        "LEFT JOIN asset_card c ON c.key = d.name LEFT JOIN "
        "(SELECT key_of(key) AS key, list_sort(list(name)) AS numbers FROM asset_alias GROUP BY 1) "
        "l ON l.key = d.id",
        "id",
    )
    _numbered(
        con, "component", "SELECT id, parent FROM offered_asset WHERE parent IS NOT NULL", "id"
    )


def _parents(con: duckdb.DuckDBPyConnection) -> None:
    """In which asset another one stands, where a register says so."""
    con.execute("CREATE TABLE parent_of (asset VARCHAR, parent VARCHAR)")
    staged = con.execute(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'parent_asset' "
        "AND table_name LIKE 'staged_%'"
    ).fetchall()
    for (name,) in staged:
        con.execute(
            "INSERT INTO parent_of SELECT key_of(asset), max(key_of(parent_asset)) "
            f'FROM "{name}" WHERE asset IS NOT NULL AND parent_asset IS NOT NULL '
            "AND asset <> parent_asset GROUP BY 1"
        )


def how_many(con: duckdb.DuckDBPyConnection, noun: str) -> int:
    """This will count the rows that a folder offers of a noun."""
    return count(con, f"SELECT count(*) FROM offered_{noun}")
