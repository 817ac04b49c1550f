"""One text into one moment: every way of writing one that is known here, told by its shape."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from wellkept.record.sources.calendar_words import ENGLISH, ENGLISH_SHORT, MONTHS, WEEKDAYS, ZONES
from wellkept.record.sources.reads import Precision

EARLIEST, LATEST = 1900, 2200  # years that a record can speak of
NOUGHT = tuple(map(dt.datetime.fromisoformat, ("1969-12-31 12:00", "1970-01-01 14:00")))
PIVOT = 69  # two-digit years from here on belong to the last century
WORDS = "words"  # the pattern of all that only Python reads

_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<Y>\d{4})(?P<s>[-/. ])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})",
        r"(?P<Y>\d{4})(?P<s>)(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<a>\d{1,2})(?P<s>[-/. ])(?P<b>\d{1,2})(?P=s)(?P<Y>\d{4}|\d{2})(?!\d)",
        r"(?P<d>\d{1,2})(?P<odd>st|nd|rd|th|er|[ºª.])?(?P<s>[-/ ]?\s*(?:de )?)"
        r"(?P<w>[^\W\d_]{3,}\.?)"
        r"(?P<s2>[-/ ,]?\s*(?:del? )?'?)(?P<Y>\d{4}|\d{2})(?!\d)",
        r"(?P<w>[^\W\d_]{3,}\.?)(?P<s>[-/ ])(?P<d>\d{1,2})(?P<odd>st|nd|rd|th)?(?P<s2>,?[-/ ])"
        r"(?P<Y>\d{4})",
        r"(?P<Y>\d{4})(?P<s>[-/ ])(?P<w>[^\W\d_]{3,}\.?)(?P<s2>[-/ ])(?P<d>\d{1,2})",
    )
)
_WEEK = r"(?:kw|cw|wk|week|woche|sem\.?|semaine|semana|sett\.?|settimana)"
_WEEKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<Y>\d{{4}})[-/ ]?(?:{_WEEK}|w)[-. ]?(?P<v>\d{{1,2}})",
        rf"{_WEEK}[-. ]?(?P<v>\d{{1,2}})(?: ?[-/.] ?| )(?P<Y>\d{{4}}|\d{{2}})",
        r"w(?P<v>\d{1,2})[/ ](?P<Y>\d{4})",
        r"(?P<v>\d{1,2})\. ?(?:kw|woche)[-/. ]+(?P<Y>\d{4}|\d{2})",
    )
)
_MONTHS_ALONE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<Y>\d{4})(?P<s>[-/])(?P<m>\d{2})",
        r"(?P<m>\d{2})(?P<s>[-/])(?P<Y>\d{4})",
        r"(?P<w>[^\W\d_]{3,}\.?)(?P<s>[- ])(?P<Y>\d{4})",
    )
)
_REST = re.compile(
    r"(?:(?P<ds>t|, ?| - |[-_: ]|(?:,? (?:at|um|à|alle|a las|om) )|(?=\d{4}(?:\d\d)?$))"
    r"(?:(?P<H>\d{1,2})(?:(?P<hs>[:.h])(?P<M>\d{2})(?:(?P=hs)(?P<S>\d{2})"
    r"(?:(?P<fs>[.,:])(?P<F>\d{1,12}))?)?)?(?P<uhr> ?(?:uhr|hrs?|h))?"
    r"(?:(?P<ps> ?)(?P<p>[ap])(?P<pd>(?:\. ?)?)m\.?)?"
    r"|(?P<cH>\d{2})(?P<cM>\d{2})(?P<cS>\d{2})?(?:\.(?P<cF>\d{1,12}))?))?"
    r"(?:(?P<zs> ?)(?P<z>z|(?:utc|gmt)?[-+]\d{2}:?\d{2}|(?:utc|gmt)?[-+]\d{1,2}|[a-z]{3,4})"
    r"(?P<zr> ?[\[(].*[\])])?)?"
)
_TIME_FIRST = re.compile(
    r"(\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap](?:\. ?)?m\.?)?),? (\d.*|[^\W\d_]{3,}.*)"
)
_YEAR_LAST = re.compile(r"([^\W\d_]{3,} {1,2}\d{1,2}) (\d{1,2}:\d{2}:\d{2})( [a-z]{3,4})? (\d{4})")
_WEEKDAY = re.compile(r"([^\W\d_]+)\.?,? (?=.*\d)(.*)")
_ANY_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


class Moment(NamedTuple):
    """A moment as written: civil time, and its offset when the text carries one."""

    civil: dt.datetime
    offset_min: int | None
    precision: Precision
    pattern: str  # for DuckDB: "iso", "iso_hhmm", a strptime pattern, or "words"


class Shape(NamedTuple):
    """A text taken apart; day and month may still be in doubt."""

    year: int
    first: int  # day or month where `order_open`, else the month
    second: int  # month or day where `order_open`, else the day
    order_open: bool
    between: str  # what stands between the parts of the date
    clock: tuple[int, int, int, int]  # hour, minute, second, microsecond
    offset_min: int | None
    precision: Precision
    date_pattern: str | None  # with {a} and {b} for open order; None: only Python reads it
    time_pattern: str | None
    zone_form: str  # "", "colon" (also Z), "hhmm", "other"

    def moment(self, day_first: bool) -> Moment | None:
        """This will settle the order of day and month; None when no such date exists."""
        month, day = self.first, self.second
        if self.order_open and day_first:
            month, day = day, month
        hour, minute, second, micro = self.clock
        try:
            civil = dt.datetime(self.year, month, day)  # noqa: DTZ001  (civil time as written)
            civil += dt.timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
        except (ValueError, OverflowError):
            return None
        if NOUGHT[0] <= civil <= NOUGHT[1]:
            return None
        return Moment(civil, self.offset_min, self.precision, self.pattern(day_first))

    def pattern(self, day_first: bool) -> str:
        """This will give the way in which DuckDB can read such texts."""
        if self.date_pattern is None or self.time_pattern is None or self.zone_form == "other":
            return WORDS
        if self.date_pattern in ("%Y-%m-%d", "%Y/%m/%d") and self.time_pattern in _ISO_TIMES:
            return "iso_hhmm" if self.zone_form == "hhmm" else "iso"
        if self.zone_form or self.clock[0] > 23:
            return WORDS
        first, second = ("%d", "%m") if day_first else ("%m", "%d")
        return self.date_pattern.replace("{a}", first).replace("{b}", second) + self.time_pattern


_ISO_TIMES = frozenset(
    [*(between + time for between in " T" for time in ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f"))]
)


def shape_of(text: str) -> Shape | None:
    """This will take a text apart as a moment, or give None when it is none."""
    plain = text.strip()
    if not 6 <= len(plain) <= 80 or not _ANY_DIGIT.search(plain):
        return None
    tidy = _SPACES.sub(" ", plain)
    shape = _shape(tidy)
    if shape is None:
        shape = _reordered(tidy) or _week(tidy.lower())
    elif tidy == plain:
        return shape
    return None if shape is None else _only_python(shape)


def _only_python(shape: Shape) -> Shape:
    return shape._replace(date_pattern=None)


def _reordered(tidy: str) -> Shape | None:
    """Weekday first, time first, or the year at the very end."""
    low = tidy.lower()
    day = _WEEKDAY.fullmatch(low)
    if day and day[1] in WEEKDAYS:
        low = day[2]
        if (shape := _shape(low)) is not None:
            return shape
    if year := _YEAR_LAST.fullmatch(low):
        return _shape(f"{_SPACES.sub(' ', year[1])} {year[4]} {year[2]}{year[3] or ''}")
    if time := _TIME_FIRST.fullmatch(low):
        return _shape(f"{time[2]} {time[1]}")
    return None


def _week(low: str) -> Shape | None:
    """A week by its number, as in 2024-W12 or KW 12/2024: it begins on its Monday."""
    found = next((one for form in _WEEKS if (one := form.fullmatch(low))), None)
    if found is None or not EARLIEST <= (year := _year(found["Y"])) < LATEST:
        return None
    try:
        monday = dt.date.fromisocalendar(year, int(found["v"]), 1)
    except ValueError:
        return None
    whole = monday.year, monday.month, monday.day, False, "", (0, 0, 0, 0), None
    return Shape(*whole, "week", None, "", "")


def _shape(text: str) -> Shape | None:
    low = text.lower()
    if len(low) != len(text):
        return None
    for date, rest, precision in _layouts(_DIGIT.sub("9", low)):
        shape = _built(text, _parts(low, date), _parts(low, rest), precision)
        if shape is not None:
            return shape
    return None


Parts = dict[str, str]
_DIGIT = re.compile(r"[0-9]")
Spans = tuple[tuple[str, int, int], ...]
Layout = tuple[Spans, Spans, Precision]


@lru_cache(maxsize=8192)
def _layouts(signature: str) -> tuple[Layout, ...]:
    """The ways in which a text may be taken apart; they depend on its digits' places only."""
    found: list[Layout] = []
    for pattern in _DATES:
        if (date := pattern.match(signature)) and (rest := _REST.fullmatch(signature, date.end())):
            if rest["ds"] == "" and date["s"]:
                continue
            found.append((_spans(date), _spans(rest), "day"))
    for pattern in _MONTHS_ALONE:
        if date := pattern.fullmatch(signature):
            found.append((_spans(date), (), "month"))
    return tuple(found)


def _spans(match: re.Match[str]) -> Spans:
    return tuple(
        (name, *match.span(name)) for name in match.re.groupindex if match[name] is not None
    )


def _parts(text: str, spans: Spans) -> Parts:
    return {name: text[start:end] for name, start, end in spans}


def _built(text: str, date: Parts, rest: Parts, precision: Precision) -> Shape | None:
    year = _year(date["Y"])
    month = _month(date)
    clock = _clock(rest)
    offset, zone_form = _offset(rest)
    if month is None or clock is None or not EARLIEST <= year < LATEST or zone_form is None:
        return None
    order_open = date.get("a") is not None
    first = int(date["a"]) if order_open else month
    second = int(date["b"]) if order_open else int(date.get("d", "1"))
    if not _possible(first, second, order_open):
        return None
    timed = _has_time(rest)
    return Shape(
        year=year,
        first=first,
        second=second,
        order_open=order_open,
        between=date.get("s") or "",
        clock=clock,
        offset_min=offset,
        precision="moment" if timed else precision,
        date_pattern=None if precision == "month" else _date_pattern(text, date),
        time_pattern=_time_pattern(text, rest) if timed else "",
        zone_form=zone_form,
    )


def _has_time(rest: Parts) -> bool:
    return rest.get("H") is not None or rest.get("cH") is not None


def _possible(first: int, second: int, order_open: bool) -> bool:
    if not order_open:
        return 1 <= first <= 12 and 1 <= second <= 31
    low, high = sorted((first, second))
    return 1 <= low <= 12 and high <= 31


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) == 2:
        return number + (1900 if number >= PIVOT else 2000)
    return number


def _month(date: Parts) -> int | None:
    if (word := date.get("w")) is not None:
        return MONTHS.get(word.rstrip("."))
    return int(date.get("m") or 1)


def _clock(rest: Parts) -> tuple[int, int, int, int] | None:
    """Hour, minute, second, microsecond; None when there is no such time of day."""
    hour = int(rest.get("H") or rest.get("cH") or 0)
    minute = int(rest.get("M") or rest.get("cM") or 0)
    second = int(rest.get("S") or rest.get("cS") or 0)
    fraction = rest.get("F") or rest.get("cF") or ""
    if (half := rest.get("p")) is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif rest.get("H") is not None and rest.get("M") is None:
        return None
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    return hour, minute, second, int(f"{fraction:0<6}"[:6])


def _offset(rest: Parts) -> tuple[int | None, str | None]:
    """Minutes east of Greenwich, and how they are written; the form is None for nonsense."""
    zone = rest.get("z")
    if zone is None:
        return None, ""
    if not _has_time(rest):
        return None, None
    if zone in ZONES:
        return ZONES[zone], "colon" if zone in ("z", "utc") and not rest.get("zr") else "other"
    bare = zone.removeprefix("utc").removeprefix("gmt")
    if bare[:1] not in ("+", "-"):
        return None, None
    digits = bare[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 15 or minutes > 59:
        return None, None
    offset = (hours * 60 + minutes) * (-1 if bare[0] == "-" else 1)
    if bare != zone or rest.get("zr") or len(digits) == 1:
        return offset, "other"
    return offset, "hhmm" if len(bare) == 5 or rest.get("zs") else "colon"


def _date_pattern(text: str, date: Parts) -> str | None:
    """The strptime pattern of the date with {a} and {b} where the order is open."""
    between, year = date["s"], "%Y" if len(date["Y"]) == 4 else "%y"
    if date.get("a") is not None:
        return f"{{a}}{between}{{b}}{between}{year}"
    if (word := date.get("w")) is None:
        return f"%Y{between}%m{between}%d"
    name = _english(word)
    after = date["s2"]
    if name is None or date.get("odd") or "de" in between + after or "'" in after:
        return None
    if text[:4].isdigit():
        return f"%Y{between}{name}{after}%d"
    if text[:1].isdigit():
        return f"%d{between}{name}{after}{year}"
    return f"{name}{between}%d{after}%Y"


def _english(word: str) -> str | None:
    if word in ENGLISH_SHORT:
        return "%b"
    return "%B" if word in ENGLISH else None


def _time_pattern(text: str, rest: Parts) -> str | None:
    between = rest["ds"]
    if between == "t":
        between = "T"
        if "T" not in text:
            return None
    if len(between.strip()) > 1 or rest.get("uhr") or rest.get("pd"):
        return None
    if rest.get("cH") is not None:
        return (
            between + "%H%M" + ("%S" if rest.get("cS") else "") + (".%f" if rest.get("cF") else "")
        )
    if rest.get("M") is None or (len(rest.get("F", "")) > 6 and rest["hs"] != ":"):
        return None
    mark = rest["hs"]
    hour = "%I" if rest.get("p") else "%H"
    seconds = f"{mark}%S" if rest.get("S") else ""
    fraction = f"{rest['fs']}%f" if rest.get("F") else ""
    half = f"{rest['ps']}%p" if rest.get("p") else ""
    return f"{between}{hour}{mark}%M{seconds}{fraction}{half}"


def parse_moment(text: str, *, day_first: bool = True) -> Moment | None:
    """This will read one text as a moment, or give None.

    `day_first` decides 4/5/2016 where both orders are possible; a date that is possible in
    one order only is read in that order.
    """
    shape = shape_of(text)
    if shape is None:
        return None
    return shape.moment(day_first) or (shape.moment(not day_first) if shape.order_open else None)
