"""How a column writes its moments: formats, the order of day and month, what is in doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wellkept.record.sources.moment_text import Moment, Shape, shape_of
from wellkept.record.sources.reads import (
    BLANKS,
    MomentFormat,
    Precision,
    Reads,
    TurnedDays,
)

UNREAD_KEPT = 20
TURNED_FROM, TURNED_LEFT = 5, 2  # dates of a spreadsheet's own, and left as text
MIDNIGHTS = 3  # so many different days, all at midnight, are days and not moments

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_GUESSES: tuple[tuple[str, float, float], ...] = (
    ("epoch_s", 946684800, 4102444800),  # 2000 to 2100
    ("epoch_ms", 946684800e3, 4102444800e3),
    ("epoch_us", 946684800e6, 4102444800e6),
    ("excel", 25569, 73051),  # days since 1899-12-30: 1970 to 2100
)


@dataclass(frozen=True, slots=True)
class Order:
    """What the values say about day and month in 4/5/2016."""

    day_first: int  # values that can only be day/month
    month_first: int  # values that can only be month/day
    open: int  # values that can be both
    hint: bool  # the likelier order when nothing decides

    @property
    def decided(self) -> bool | None:
        """This will give the order when the values decide it."""
        if self.day_first or self.month_first:
            return self.day_first >= self.month_first
        return None


def moments_in(sample: Sequence[str], *, day_first: bool | None = None) -> Reads:
    """This will find how a sample of texts writes moments.

    `day_first` is what other columns of the file say; it decides only what this sample
    leaves open. Blank values do not count.
    """
    values = [value for value in sample if value.strip().casefold() not in BLANKS]
    if not values:
        return Reads()
    shapes = [shape_of(value) for value in values]
    order = order_of(shape for shape in shapes if shape is not None)
    settled = order.decided if order.decided is not None else day_first
    first = order.hint if settled is None else settled
    read = [None if shape is None else _settle(shape, first) for shape in shapes]
    if sum(moment is not None for moment in read) < 0.5 * len(values):
        guess = _guess(values)
        if guess is not None:
            return guess
    return replace(_reads(values, read, order, settled), turned=_turned(shapes, order))


def order_of(shapes: Iterable[Shape]) -> Order:
    """This will count what decides the order of day and month."""
    day = month = undecided = american = 0
    for shape in shapes:
        if not shape.order_open:
            continue
        if shape.first > 12 or shape.between == ".":
            day += 1
        elif shape.second > 12:
            month += 1
        elif shape.first != shape.second:
            undecided += 1
            short = shape.date_pattern is not None and shape.date_pattern.endswith("%y")
            american += short or "%p" in (shape.time_pattern or "")
    return Order(day, month, undecided, hint=american <= undecided / 2)


def _turned(shapes: Sequence[Shape | None], order: Order) -> TurnedDays | None:
    """Dates of which a spreadsheet turned those that it could read in its own order.

    All that is left as text is possible with the day first only, and all that it made is on one
    of the first twelve days, on which by chance two of five dates are.
    """
    left = [one for one in shapes if one is not None and one.order_open and one.between != "."]
    made = [one for one in shapes if one is not None and (one.date_pattern == "%Y-%m-%d")]
    days = {one.second for one in made}
    if order.open or order.month_first or len(left) < TURNED_LEFT:
        return None
    if any(one.first <= 12 for one in left) or len(made) < TURNED_FROM:
        return None
    if max(days) > 12 or len(days) < MIDNIGHTS:
        return None
    turned = f"%Y-%d-%m{made[0].time_pattern or ''}"
    return TurnedDays(len(made), len(left), (left[0].pattern(True), turned))


def _settle(shape: Shape, day_first: bool) -> Moment | None:
    found = shape.moment(day_first)
    if found is None and shape.order_open:
        return shape.moment(not day_first)
    return found


def _guess(values: Sequence[str]) -> Reads | None:
    """Numbers that may be epochs or spreadsheet serials; only a header can tell."""
    if not all(_NUMBER.fullmatch(value.strip()) for value in values):
        return None
    numbers = [float(value.replace(",", ".")) for value in values]
    comma = any("," in value for value in values)
    for pattern, low, high in _GUESSES:
        if comma and pattern != "excel":
            continue
        inside = sum(low <= number < high for number in numbers)
        if inside >= 0.95 * len(numbers):
            whole = pattern == "excel" and all(number == int(number) for number in numbers)
            zone = None if pattern == "excel" else "+00:00"
            form = MomentFormat(pattern, "day" if whole else "moment", zone)
            return Reads((form,), inside / len(numbers), guessed=True)
    return None


def _reads(
    values: Sequence[str], read: Sequence[Moment | None], order: Order, settled: bool | None
) -> Reads:
    unread = tuple(value for value, moment in zip(values, read, strict=True) if moment is None)
    share = 1 - len(unread) / len(values)
    if share == 0:
        return Reads(unread=unread[:UNREAD_KEPT])
    ambiguity = _ambiguity(order, settled)
    return Reads(
        formats=_formats([moment for moment in read if moment is not None]),
        share=share,
        ambiguous=ambiguity is not None,
        ambiguity=ambiguity,
        day_first=settled,
        padded=any(value != value.strip() for value in values),
        unread=unread[:UNREAD_KEPT],
    )


def _ambiguity(order: Order, settled: bool | None) -> str | None:
    if order.day_first and order.month_first:
        return (
            f"{order.day_first} values can only be day/month and {order.month_first} only "
            f"month/day; {order.open} could be either and were read as "
            f"{'day/month' if settled else 'month/day'}."
        )
    if order.open and settled is None:
        return (
            f"No value tells day/month from month/day; {order.open} were read as "
            f"{'day/month' if order.hint else 'month/day'}. Say it in the recipe."
        )
    return None


def _formats(moments: Sequence[Moment]) -> tuple[MomentFormat, ...]:
    """The formats by frequency, but two-digit years before four-digit ones."""
    groups: dict[tuple[str, Precision, bool], list[Moment]] = {}
    for moment in moments:
        key = (moment.pattern, moment.precision, moment.offset_min is not None)
        groups.setdefault(key, []).append(moment)
    formats = [
        MomentFormat(pattern, _precision(precision, group), "+00:00" if zoned else None)
        for (pattern, precision, zoned), group in sorted(groups.items(), key=_rank)
    ]
    return tuple(dict.fromkeys(formats))


def _rank(item: tuple[tuple[str, Precision, bool], list[Moment]]) -> tuple[bool, bool, int]:
    (pattern, _, _), group = item
    return pattern == "words", "%y" not in pattern, -len(group)


def _precision(precision: Precision, group: Sequence[Moment]) -> Precision:
    """Moments that all fall on midnight, on several days, are days."""
    if precision != "moment":
        return precision
    days = Counter(moment.civil.date() for moment in group)
    midnight = all(moment.civil.time().isoformat() == "00:00:00" for moment in group)
    return "day" if midnight and len(days) >= MIDNIGHTS else "moment"


def with_order(reads: Reads, day_first: bool, why: str) -> Reads:
    """This will settle an undecided order of day and month for a column."""
    one, other = ("%m", "%d") if day_first else ("%d", "%m")
    turned = re.compile(f"^{one}([-/. ]){other}")
    formats = tuple(
        replace(form, pattern=turned.sub(rf"{other}\1{one}", form.pattern))
        for form in reads.formats
    )
    return replace(reads, formats=formats, ambiguous=False, ambiguity=why, day_first=day_first)


def settle(columns: Sequence[tuple[str, Reads]]) -> list[Reads]:
    """This will let the columns of a file that decide the order decide it for the others.

    Each column comes as (header, reads). An order that was settled this way keeps a
    sentence in `ambiguity`, with `ambiguous` false.
    """
    deciding = [(header, reads) for header, reads in columns if _decides(reads)]
    orders = {reads.day_first for _, reads in deciding}
    if len(orders) != 1:
        return [reads for _, reads in columns]
    day_first = bool(orders.pop())
    why = f"Read as {'day/month' if day_first else 'month/day'}, as in “{deciding[0][0]}”."
    return [
        with_order(reads, day_first, why) if reads.ambiguous and reads.day_first is None else reads
        for _, reads in columns
    ]


def _decides(reads: Reads) -> bool:
    slashed = any(re.match(r"%[dm][-/ ]%[dm]", form.pattern) for form in reads.formats)
    return slashed and reads.day_first is not None and not reads.ambiguous and reads.share >= 0.5
