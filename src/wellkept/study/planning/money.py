"""Money in one currency: rates are given, never guessed."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.recipe import FILE_NAME
from wellkept.study.planning.cells import Rows, code_of
from wellkept.study.planning.folder import PlanFolder


class Purse:
    """Turns money as written into the plan's currency."""

    def __init__(self, currency: str | None, rates: dict[str, float]) -> None:
        """Take the plan's currency and the rates of the others into it."""
        self.currency = currency
        self.rates = {**rates, **({currency: 1.0} if currency else {})}

    def amounts(self, rows: Rows, role: str) -> NDArray[np.float64]:
        """This will give a role's money in the plan's currency, nan where none is written.

        Raises Unreadable, with the first row, for a currency without a rate.
        """
        values = rows.numbers(role)
        if not rows.has(role):
            return values
        stated = rows.currency.get(role)
        own = rows.texts("currency")
        codes = [code_of(text) if text else stated for text in own]
        if self.currency is None or all(code in (None, self.currency) for code in codes):
            return values
        factors = np.ones(len(rows))
        for at in np.flatnonzero(~np.isnan(values)):
            code = codes[at]
            if code is not None and code != self.currency:
                factors[at] = self._rate(rows, role, int(at), code)
        return np.asarray(values * factors)

    def _rate(self, rows: Rows, role: str, at: int, code: str) -> float:
        if code in self.rates:
            return self.rates[code]
        line = rows.lines([int(rows.row[at])]).get(int(rows.row[at]))
        where = f"{rows.file.name}, line {line}, column ‘{rows.header[role]}’"
        raise Unreadable(
            f"{where}: {rows.numbers(role)[at]:g} {code}, while the plan is in {self.currency}, "
            f"and no rate of {code} is given. Give it in {FILE_NAME} ([plan.rates] {code} = …, "
            f"one {code} in {self.currency}) or in a file with the columns currency and rate."
        )


def purse(folder: PlanFolder) -> Purse:
    """This will choose the plan's currency: the recipe's, else that of most prices."""
    recipe = folder.recipe
    rates = {code_of(code): rate for code, rate in recipe.plan.rates.items()}
    for rows in folder.of("rate"):
        for code, rate in zip(rows.texts("currency"), rows.numbers("rate"), strict=True):
            if code and rate > 0:
                rates.setdefault(code_of(code), float(rate))
    return Purse(code_of(recipe.currency) if recipe.currency else _usual(folder, rates), rates)


def _usual(folder: PlanFolder, rates: dict[str, float]) -> str | None:
    """The currency of most prices; one that has rates of its own is not the plan's."""
    seen: Counter[str] = Counter()
    for table in ("part", "purchase", "stock", "demand", "contract", "asset"):
        for rows in folder.of(table):
            seen.update(code_of(text) for text in rows.texts("currency") if text)
            seen.update(code for code in rows.currency.values() if "/" not in code)
    for code, _ in seen.most_common():
        if code not in rates or rates[code] == 1.0:
            return code
    return seen.most_common(1)[0][0] if seen else None
