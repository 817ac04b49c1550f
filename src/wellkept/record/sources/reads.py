"""How the texts of one column can be read as values: the answers, not the finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Precision = Literal["moment", "day", "week", "month"]


@dataclass(frozen=True, slots=True)
class MomentFormat:
    """One way in which a column writes moments."""

    pattern: str  # of strptime, or iso, iso_hhmm, words, epoch_s|ms|us, excel, native
    precision: Precision
    zone: str | None = None  # "+00:00" if the values carry an offset (any), else None


@dataclass(frozen=True, slots=True)
class TurnedDays:
    """Signs that a spreadsheet read dates in the other order: those that it could read are turned.

    It left as text what is possible in one order only, and made dates of its own of the rest.
    """

    made: int  # values of the sample in the spreadsheet's own form, all on the days 1 to 12
    left: int  # values that it left as text, all on the days 13 to 31
    formats: tuple[str, str]  # what a recipe would state: of the texts, of the turned ones


@dataclass(frozen=True, slots=True)
class Reads:
    """How a sample of texts reads as moments."""

    formats: tuple[MomentFormat, ...] = ()  # in the order in which they are tried
    share: float = 0.0  # of the non-blank sample
    ambiguous: bool = False
    ambiguity: str | None = None  # a sentence when ambiguous, or when a sibling column decided
    day_first: bool | None = None  # for 3/4/2016; None: no such values, or undecided
    guessed: bool = False  # only numbers that could be moments (epochs, serials): ask the header
    padded: bool = False  # blanks stand around some values: trim them
    unread: tuple[str, ...] = ()  # some values of the sample that are not moments
    turned: TurnedDays | None = None  # what a spreadsheet took for month/day, and was day/month


@dataclass(frozen=True, slots=True)
class NumberReads:
    """How a sample of texts reads as numbers."""

    share: float = 0.0
    decimal: Literal[".", ","] = "."
    grouping: str | None = None  # ",", ".", "'", " "
    currency: str | None = None  # as written: "$", "€", "EUR"; None when there are several
    currencies: tuple[str, ...] = ()  # all, the most frequent first
    unit: str | None = None  # as written, in small letters: "h", "kg", "%"
    whole: bool = False  # no value has decimals
    low: float | None = None
    high: float | None = None
    zero_led: bool = False  # "00042": a code rather than a number
    damaged: tuple[str, ...] = ()  # "6.37702E+15": an identifier that a spreadsheet rounded
    ambiguous: bool = False  # "1.234" only: thousands or decimals
    ambiguity: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DurationReads:
    """How a sample of texts reads as lengths of time."""

    share: float = 0.0
    form: Literal["clock", "days_clock", "iso", "units", "plain"] | None = None
    unit: Literal["s", "min", "h", "d"] | None = None  # of plain numbers, from the header
    numbers: NumberReads | None = None
    unread: tuple[str, ...] = ()


_NO_DAYS = (
    "0001-01-01", "1601-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01",
    "2999-12-31", "9999-12-31", "01/01/0001", "01/01/1753", "01/01/1900", "12/31/9999",
    "31/12/9999", "01.01.0001", "01.01.1900", "31.12.2999", "31.12.9999",
)  # fmt: skip
"""Days that stand for none in the systems that cannot leave a date blank: first and last days."""

_NO_CLOCKS = (
    " 00:00", " 00:00:00", " 23:59:59", " 00:00:00.000", "t00:00:00", "t00:00:00z", "t23:59:59",
    "t23:59:59z", "t00:00:00.000z", " 12:00:00 am",
)  # fmt: skip

BLANKS: frozenset[str] = frozenset(  # in small letters; compare with strip().casefold()
    {
        *("", "?", "??", "???", "-", "--", "---", "–", "—", ".", "..", "...", "…", "/", "\\", "_"),
        *("n/a", "na", "n.a.", "n.a", "n a", "#n/a", "#na", "#n/v", "#nv", "<na>", "nan", "-nan"),
        *("null", "(null)", "<null>", "\\n", "nil", "none", "(none)", "<none>", "[none]", "-none-"),
        *("(blank)", "(blanks)", "(empty)", "<empty>", "[]", "{}", '""', "''", "- none -"),
        *("#value!", "#ref!", "#div/0!", "#num!", "#name?", "#null!", "undefined", "--none--"),
        *("not available", "not applicable", "not set", "not specified", "not recorded"),
        *("not assigned", "unassigned", "unknown", "unspecified", "tbd", "tba", "nat"),
        *("leer", "unbekannt", "k.a.", "k. a.", "k.a", "nicht zugewiesen", "keine angabe"),
        *("vide", "aucun", "aucune", "inconnu", "inconnue", "s.o.", "s/o", "non défini"),
        *("vuoto", "nessuno", "nessuna", "sconosciuto", "n.d.", "n/d", "n.p.", "non assegnato"),
        *("vacío", "vacio", "ninguno", "ninguna", "desconocido", "s/d", "sin asignar"),
        *("leeg", "geen", "onbekend", "n.v.t.", "nvt", "n.b.", "niet toegewezen"),
        *("0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000", "00000000"),
        *("1/0/1900", "1/1/1900", "1970-01-01 00:00:00", "1970-01-01t00:00:00z"),
        *("1970-01-01 00:00:00+00:00", "1970-01-01", "1970-01-01 01:00:00", "1970-01-01 01:00"),
        *("01.01.1970", "01.01.1970 00:00", "01.01.1970 01:00", "01.01.1970 00:00:00"),
        *("01.01.1970 01:00:00", "01/01/1970", "01/01/1970 00:00", "01/01/1970 01:00", "1/1/1970"),
        *(
            written
            for day in _NO_DAYS
            for written in (day, *(day + clock for clock in _NO_CLOCKS if day[0] not in "2345678"))
        ),
    }
)
