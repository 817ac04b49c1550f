"""How a column writes its numbers, and the SQL that reads them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from wellkept.record.sources.load import literal
from wellkept.record.sources.reads import BLANKS, NumberReads

Decimal = Literal[".", ","]
UNREAD_KEPT = 20
LONGEST = 60  # signs of a number with its currency and unit

_CODES = (
    "EUR USD GBP CHF JPY CNY INR AUD CAD NZD SEK NOK DKK ISK PLN CZK HUF RON BGN RUB UAH TRY BRL "
    "MXN ARS CLP COP ZAR KRW SGD HKD TWD THB MYR IDR PHP VND AED SAR ILS EGP"
)
_CURRENCIES = (
    *("US$", "R$", "A$", "C$", "$", "€", "£", "¥", "₹", "₽", "₺", "₩", "₪", "฿", "₫", "₴"),
    *(*_CODES.split(), "kr.", "kr", "zł", "Kč", "Ft", "Fr.", "Euro", "euro", "Rs."),
)
_UNITS = (
    "% ‰ h hr hrs hour hours std stunde stunden heure heures ora ore hora horas uur uren "
    "min mins minute minutes minuten minuti minutos s sec secs second seconds sekunden secondes "
    "secondi segundos d day days tag tage tagen jour jours giorno giorni dia día dias días dag "
    "dagen w wk week weeks woche wochen semaine semaines settimane semanas weken mo month months "
    "monat monate mois mese mesi mes meses maand maanden y yr year years jahr jahre an ans anno "
    "anni año años jaar ms kg g mg t lb lbs oz km m cm mm mi ft in m2 m³ m3 l ml gal kwh mwh wh kw "
    "mw w v a hz khz mhz ghz bar psi pa kpa mpa °c °f c f rpm pcs pc ea stk stück st pz ud x units "
    "unit items kb mb gb tb times mal"
)
_GAPS = " \u00a0\u202f\u2009'’_"  # that group digits beside . and ,
_SIGN = "[-+−–]"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace("\\ ", " ") for word in sorted(words, key=len)[::-1])


def _whole(digits: str) -> str:
    """The full pattern around a pattern for digits; works in Python and in DuckDB.

    Groups: 1 bracket, 2 sign, 3 currency, 4 sign, 5 digits, 6 exponent, 7 sign, 8 currency,
    9 unit.
    """
    currency, unit = _any_of(_CURRENCIES), _any_of(_UNITS.split())
    return (
        rf"(\()?\s?({_SIGN})?\s?({currency})?\s?({_SIGN})?({digits})([eE][-+]?\d{{1,3}})?"
        rf"\s?([-−])?\s?({currency})?\s?((?i:{unit}))?\.?\)?"
    )


_LOOSE = re.compile(_whole(rf"\d[\d.,{_GAPS}]*\d|\d|[.,]\d+"))


@lru_cache(maxsize=2)
def _strict(decimal: Decimal) -> str:
    """The full pattern once it is known which sign parts the decimals."""
    group = "," if decimal == "." else "."
    return _whole(
        rf"(?:\d{{1,3}}(?:[{group}{_GAPS}]\d{{2,3}})*[{group}{_GAPS}]\d{{3}}|\d+)"
        rf"(?:[{decimal}]\d*)?|[{decimal}]\d+"
    )


@dataclass(frozen=True, slots=True)
class _Convention:
    """What one value says about the sign of decimals."""

    decimal: Decimal | None  # None: it does not say
    open: Decimal | None  # the one sign that may part thousands or decimals: "1.234"
    grouping: str | None


def numbers_in(sample: Sequence[str], decimal: Decimal | None = None) -> NumberReads:
    """This will find how a sample of texts writes numbers. Blank values do not count.

    `decimal` is what other columns of the file say; it decides only what this sample leaves open.
    """
    values = [value.strip() for value in sample if value.strip().casefold() not in BLANKS]
    loose = [_LOOSE.fullmatch(value) if len(value) <= LONGEST else None for value in values]
    said = [_convention(match[5]) for match in loose if match is not None]
    if not values or not said:
        return NumberReads(unread=tuple(values[:UNREAD_KEPT]))
    decimal, ambiguity = _decide(said, decimal)
    strict = re.compile(_strict(decimal))
    matches = [None if one is None else _one_sign(strict.fullmatch(one.string)) for one in loose]
    read = [match for match in matches if match is not None]
    if not read:
        return NumberReads(unread=tuple(values[:UNREAD_KEPT]))
    numbers = [_number(match, decimal) for match in read]
    currencies = _ranked(match[3] or match[8] for match in read)
    grouping = _ranked(one.grouping for one in said)
    units = _ranked(match[9].lower() if match[9] else None for match in read)
    return NumberReads(
        share=len(read) / len(values),
        decimal=decimal,
        grouping=grouping[0] if grouping else None,
        currency=currencies[0] if len(currencies) == 1 else None,
        currencies=tuple(currencies),
        unit=units[0] if units else None,
        whole=all(number.is_integer() for number in numbers),
        low=min(numbers),
        high=max(numbers),
        zero_led=any(
            len(match[5]) > 1 and match[5].isdigit() and match[5][0] == "0" for match in read
        ),
        damaged=tuple(match[0] for match in read if _is_damaged(match))[:UNREAD_KEPT],
        ambiguous=ambiguity is not None,
        ambiguity=ambiguity,
        unread=tuple(v for v, m in zip(values, matches, strict=True) if m is None)[:UNREAD_KEPT],
    )


def _one_sign(match: re.Match[str] | None) -> re.Match[str] | None:
    """A bracket or one sign makes a number negative; more than one makes no number."""
    if match is None or sum(match[place] is not None for place in (1, 2, 4, 7)) > 1:
        return None
    return match


def _ranked(found: Iterable[str | None]) -> list[str]:
    return [one for one, _ in Counter(one for one in found if one).most_common()]


def _convention(digits: str) -> _Convention:
    points, commas = digits.count("."), digits.count(",")
    gap = next((one for one in _GAPS if one in digits), None)
    if points and commas:
        decimal: Decimal = "." if digits.rindex(".") > digits.rindex(",") else ","
        return _Convention(decimal, None, "," if decimal == "." else ".")
    if points > 1:
        return _Convention(",", None, ".")
    if commas > 1:
        return _Convention(".", None, ",")
    if not points and not commas:
        return _Convention(None, None, gap)
    mark: Decimal = "." if points else ","
    before, after = digits.split(mark)
    if gap or len(after) != 3 or not 1 <= len(before) <= 3 or before == "0":
        return _Convention(mark, None, gap)
    return _Convention(None, mark, None)


def _decide(
    said: Sequence[_Convention], settled: Decimal | None = None
) -> tuple[Decimal, str | None]:
    """The sign of decimals by what most values say, and a sentence when none says it."""
    points = sum(one.decimal == "." for one in said)
    commas = sum(one.decimal == "," for one in said)
    open_points = sum(one.open == "." for one in said)
    open_commas = sum(one.open == "," for one in said)
    decimal: Decimal = "," if commas > points else "."
    if points and commas:
        return decimal, (
            f"{points} values have a decimal point and {commas} a decimal comma; the numbers "
            f"were read with a decimal {'point' if decimal == '.' else 'comma'}."
        )
    if points or commas:
        return decimal, None
    if settled is not None:
        return settled, None
    if open_points:
        return ".", "No value tells whether 1.234 is more than a thousand; it was read as 1.234."
    if open_commas:
        return ".", "No value tells whether 1,234 is more than a thousand; it was read as 1234."
    return ".", None


def decimal_of(columns: Sequence[NumberReads]) -> Decimal | None:
    """This will say which sign parts the decimals of a file, by the columns that leave no doubt.

    None: they contradict each other, or none says it.
    """
    said = {
        one.decimal
        for one in columns
        if one.share >= 0.5 and not one.ambiguous and (not one.whole or one.grouping in (".", ","))
    }
    return said.pop() if len(said) == 1 else None


def _number(match: re.Match[str], decimal: Decimal) -> float:
    bare = re.sub(rf"[{',' if decimal == '.' else '.'}{_GAPS}]", "", match[5])
    number = float(bare.replace(",", ".") + (match[6] or ""))
    signs = [match[2], match[4], match[7]]
    return -number if match[1] or any(sign and sign != "+" for sign in signs) else number


def _is_damaged(match: re.Match[str]) -> bool:
    """A spreadsheet writes 6.37702E+15 for a serial number and loses its last digits."""
    exponent = (match[6] or "").upper()
    return exponent.startswith("E+") and int(exponent[2:]) >= 8


def number_sql(expr: str, reads: NumberReads) -> str:
    """This will write the expression that turns a column into DOUBLE.

    It is NULL where the text is no number in the column's own way of writing. Percentages
    keep their number (5 for "5 %"); a value with another unit than the column's is NULL.
    """
    pattern = literal(f"^(?:{_strict(reads.decimal)})$")
    text = f"trim(cast({expr} as varchar))"
    group = "," if reads.decimal == "." else "."
    drop = literal(f"[{group}{_GAPS}]")

    def part(number: int) -> str:
        return f"regexp_extract({text}, {pattern}, {number})"

    bare = f"replace(regexp_replace({part(5)}, {drop}, '', 'g'), ',', '.') || {part(6)}"
    signs = f"{part(1)} || {part(2)} || {part(4)} || {part(7)}"
    minus = f"case when {signs} in ('', '+') then 1 else -1 end"
    unit = f"lower({part(9)}) in ('', {literal(reads.unit or '')})"
    careful = (
        f"case when {part(5)} <> '' and length({signs}) <= 1 and {unit} "
        f"then try_cast({bare} as double) * {minus} end"
    )
    if reads.decimal == ",":
        return f"({careful})"
    plain = f"case when isfinite(try_cast({expr} as double)) then try_cast({expr} as double) end"
    return f"coalesce({plain}, {careful})"
