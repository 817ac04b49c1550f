"""T: customer trust. Conversations are not recorded; whom to ask is."""

from wellkept.study.diagnostic.evidence.finding import NoRecord, Records, Touched
from wellkept.study.measures.card import Named
from wellkept.study.measures.customers import failed_of
from wellkept.study.measures.selections import MOST_HIT

FIVE = 5


def five_most_hurt(records: Records) -> NoRecord:
    """This will name the five customers with most failed promises: nobody recorded asking them."""
    hit = [row for row in records.rows(MOST_HIT.format(who="customer")) if row["k"] > 0][:FIVE]
    named = tuple(
        Named(row["name"], float(row["k"]), customer=row["name"],
              about=failed_of(f"{row['k']:,}", int(row["n"])))
        for row in hit
    )  # fmt: skip
    return NoRecord(cases=named, case_unit="failed", touched=Touched(len(named)))
