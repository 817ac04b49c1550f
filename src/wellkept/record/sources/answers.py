"""Yes and no, in the languages that exports come in."""

from __future__ import annotations

from collections.abc import Sequence

from wellkept.record.sources.load import literal
from wellkept.record.sources.reads import BLANKS

_YES = "yes y true t 1 on ok ja j wahr oui o vrai sì si s vero sí verdadero waar sim ✓ ✔ x"
_NO = "no n false f 0 off nein falsch non faux falso nee onwaar não nao ✗ ✘ ×"
YES: frozenset[str] = frozenset(_YES.split())
NO: frozenset[str] = frozenset(_NO.split())


def yes_no_in(sample: Sequence[str]) -> float:
    """This will give the share of a sample that says yes or no. Blank values do not count."""
    values = [value.strip().casefold() for value in sample]
    values = [value for value in values if value not in BLANKS]
    return sum(value in YES or value in NO for value in values) / len(values) if values else 0.0


def yes_no_sql(expr: str) -> str:
    """This will write the expression that turns a column into BOOLEAN, NULL for other words."""
    text = f"lower(trim(cast({expr} as varchar)))"
    yes = ", ".join(literal(word) for word in sorted(YES))
    no = ", ".join(literal(word) for word in sorted(NO))
    return f"(case when {text} in ({yes}) then true when {text} in ({no}) then false end)"
