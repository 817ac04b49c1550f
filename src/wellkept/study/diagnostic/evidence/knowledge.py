"""I: the installed base, as far as anything was heard of its assets."""

from wellkept.study.diagnostic.evidence import due
from wellkept.study.diagnostic.evidence.finding import Found, NoRecord, Records, Touched
from wellkept.study.measures.card import Named
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.window import DAY

MONTHS_24 = 730
HEARD = """
SELECT asset, max(heard_s) AS last_s FROM (
  SELECT asset, reported_s AS heard_s FROM "case" WHERE asset IS NOT NULL
  UNION ALL SELECT asset, done_s AS heard_s FROM promise WHERE asset IS NOT NULL
  UNION ALL SELECT asset, from_s AS heard_s FROM downtime WHERE asset IS NOT NULL) h
WHERE heard_s <= $until GROUP BY asset
"""
ASSETS = f"""
SELECT count(*) AS n, count(*) FILTER (WHERE last_s >= $since) AS k,
  count(DISTINCT customer) FILTER (WHERE last_s IS NULL OR last_s < $since) AS customers,
  count(*) FILTER (WHERE customer IS NULL) AS nobodys
FROM asset a LEFT JOIN ({HEARD}) h USING (asset) WHERE in_register
"""
SILENT = f"""
SELECT asset, customer, last_s FROM asset a LEFT JOIN ({HEARD}) h USING (asset)
WHERE in_register AND (last_s IS NULL OR last_s < $since)
ORDER BY last_s IS NOT NULL, last_s, asset LIMIT 5
"""


def seen_in_24_months(records: Records) -> Found | NoRecord:
    """This will count the registered assets that were heard of in the last 24 months."""
    assets = records.row(ASSETS, MONTHS_24)
    if not assets["n"] or records.scope.region is not None:
        return NoRecord((_("there is no list of assets, or it says nothing of regions"),))
    return Found(
        k=int(assets["k"]),
        n=int(assets["n"]),
        unit="assets in the register",
        should=int(assets["n"]),
        ceiling=3,
        conditions={4: None},
        cases=tuple(_named(records, row) for row in records.rows(SILENT, MONTHS_24)),
        case_unit="d",
        touched=Touched(int(assets["customers"])),
        number=due.per_cent(int(assets["k"]), int(assets["n"])),
        notes=(_("confirmed is here: named in a case, a fulfilled promise or a downtime; units in "
                 "use that stand in no list are not estimated"),),
    )  # fmt: skip


def _named(records: Records, row: dict[str, object]) -> Named:
    last = row["last_s"]
    days = (records.as_of.until_s - last) / DAY if isinstance(last, int) else float("nan")
    never, long = _("never heard of in these records"), _("last heard of so long ago")
    told = never if last is None else long
    asset, customer = row["asset"], row["customer"]
    return Named(str(asset), days, customer=None if customer is None else str(customer),
                 asset=str(asset), about=told)  # fmt: skip
