"""The rows of the plan report: from fields of the document to words."""

from dataclasses import dataclass

from wellkept.desk.report.reading import Fields, block, count, items, number, text
from wellkept.desk.report.words import Mark, consequence
from wellkept.study.planning.speech import figure, money, share

UNITS_SHOWN = 1_500


@dataclass(frozen=True, slots=True)
class Standing:
    """One figure today and with the plan."""

    name: str
    now: str
    plan: str


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence with the consequence it is about, if any."""

    sentence: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract's danger."""

    name: str
    number: str
    allowed: str
    hours_now: str
    hours_plan: str
    risk_now: str
    risk_plan: str
    played: str
    at_risk: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class PartUnits:
    """The pieces of one part."""

    name: str
    number: str
    pieces: str
    units: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """One stock in a replay."""

    name: str
    fill: str
    hours: str
    cost: str
    stock: str


@dataclass(frozen=True, slots=True)
class Replay:
    """One stretch of the past, played again."""

    title: str
    expected: str
    caution: str
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was not used as written, with where."""

    what: str
    count: str
    where: tuple[str, ...]


def standings(document: Fields) -> tuple[Standing, ...]:
    """Return today against the plan, figure by figure."""
    now, plan = block(document, "now"), block(document, "plan")
    unit = text(document, "currency", 12) or None
    rows = (
        ("in stock", "stock_value", lambda v: money(v, unit)),
        ("pieces", "pieces", lambda v: f"{v:,.0f}"),
        ("requests met at once", "fill", share),
        ("asset hours lost a year", "standing_h", figure),
        ("asset time not lost to parts", "availability", share),
        ("waiting costs a year", "waiting", lambda v: money(v, unit)),
        ("penalties a year", "penalty", lambda v: money(v, unit)),
        ("shelf costs a year", "holding", lambda v: money(v, unit)),
        ("contracts at risk", "at_risk", lambda v: f"{v:,.0f}"),
    )

    def said(one: Fields, key: str, words: object) -> str:
        value = number(one, key)
        return "not known" if value is None or not callable(words) else str(words(value))

    return tuple(
        Standing(name, said(now, key, words), said(plan, key, words)) for name, key, words in rows
    )


def told(document: Fields, key: str) -> tuple[Told, ...]:
    """Return the sentences of a list, each with its consequence."""
    return tuple(_told(one) for one in items(document, key, 60))


def _told(one: Fields) -> Told:
    known = text(one, "consequence", 40)
    mark = consequence(known) if known and known != "unknown" else None
    return Told(text(one, "sentence", 700), mark)


def contracts(rows: list[Fields]) -> tuple[Contract, ...]:
    """Return the contracts with their dangers."""
    return tuple(_contract(one) for one in rows)


def _contract(one: Fields) -> Contract:
    years = count(one, "played_years")
    allowed = number(one, "allowance_h")
    return Contract(
        name=text(one, "customer", 90) or text(one, "contract", 60),
        number=text(one, "contract", 60),
        allowed="none agreed" if allowed is None else f"{figure(allowed)} h",
        hours_now=f"{figure(number(one, 'hours_now') or 0.0)} h",
        hours_plan=f"{figure(number(one, 'hours_plan') or 0.0)} h",
        risk_now=_risk(number(one, "risk_now")),
        risk_plan=_risk(number(one, "risk_plan")),
        played=f"{count(one, 'played_beyond'):,} of {years:,} years"
        if allowed is not None
        else "–",
        at_risk=one.get("at_risk") is True,
        sentence=text(one, "sentence", 700),
    )


def _risk(value: float | None) -> str:
    return "–" if value is None else share(value)


def part_units(document: Fields) -> tuple[tuple[PartUnits, ...], str]:
    """Return the pieces by part, those that save most first, and what is not shown."""
    rows = items(document, "units", UNITS_SHOWN)
    by_part: dict[str, list[Fields]] = {}
    for one in rows:
        by_part.setdefault(text(one, "part", 60), []).append(one)
    made = tuple(
        PartUnits(
            text(units[0], "name", 120),
            part,
            "1 piece" if len(units) == 1 else f"{len(units):,} pieces",
            tuple(_told(one) for one in sorted(units, key=_order)),
        )
        for part, units in by_part.items()
    )
    if document.get("unit_by_unit") is True and len(rows) < UNITS_SHOWN:
        return made, ""
    return made, "Only the last piece of each line, or the most valuable pieces, are shown here."


def _order(one: Fields) -> tuple[str, int]:
    return text(one, "place", 60), count(one, "nth")


def what_ifs(document: Fields) -> tuple[str, ...]:
    """Return the what-ifs in words."""
    unit = text(document, "currency", 12) or None
    return tuple(
        f"{text(one, 'asked', 120)}: {money(number(one, 'stock_value') or 0.0, unit)} in stock, "
        f"{count(one, 'lines_changed'):,} lines changed, "
        f"{money(number(one, 'total') or 0.0, unit)} a year, "
        f"{count(one, 'at_risk'):,} contracts at risk."
        for one in items(document, "what_if", 20)
    )


def assumptions(document: Fields) -> tuple[str, ...]:
    """Return what was assumed, and how much the plan leans on it."""
    unit = text(document, "currency", 12) or None
    return tuple(_assumed(one, unit) for one in items(document, "assumptions", 40))


def _assumed(one: Fields, unit: str | None) -> str:
    name = text(one, "field", 60).replace("_", " ")
    parts = [str(part) for part in one.get("parts") or () if isinstance(part, str)]
    who = f" ({', '.join(parts[:5])}{' …' if len(parts) > 5 else ''})" if parts else ""
    said = (
        f"{name} {figure(number(one, 'value') or 0.0)} {text(one, 'unit', 30)}, for "
        f"{count(one, 'count'):,}{who}: {text(one, 'why', 200)}."
    )
    low, high = number(one, "low"), number(one, "high")
    if low is None or high is None:
        return f"{said} It moves no stock."
    return (
        f"{said} Half of it moves {count(one, 'moved_low'):,} pieces, twice "
        f"{count(one, 'moved_high'):,}; stock {money(low, unit)} to {money(high, unit)}."
    )


def replays(document: Fields) -> tuple[Replay, ...]:
    """Return the stretches of the past that were played again."""
    unit = text(document, "currency", 12) or None
    return tuple(_replay(one, unit) for one in items(block(document, "proof"), "replays", 4))


def _replay(one: Fields, unit: str | None) -> Replay:
    low, high = number(one, "expected_low") or 0.0, number(one, "expected_high") or 0.0
    expected = number(one, "expected_fill") or 0.0
    return Replay(
        title=f"{text(one, 'from', 12)} to {text(one, 'until', 12)}, "
        f"{count(one, 'demands'):,} requests",
        expected=f"Promised was {share(expected)} at once, in such a stretch {share(low)} to "
        f"{share(high)}.",
        caution=text(one, "caution", 500),
        scores=tuple(
            Score(
                text(row, "name", 60),
                share(number(row, "fill") or 0.0),
                f"{figure(number(row, 'waiting_h') or 0.0)} h",
                money(number(row, "cost") or 0.0, unit),
                money(number(row, "stock_value") or 0.0, unit),
            )
            for row in items(one, "scored", 6)
        ),
    )


def notes(document: Fields) -> tuple[Note, ...]:
    """Return what was not used as written, with the places of the first."""
    return tuple(
        Note(
            text(one, "what", 400),
            f"{count(one, 'count'):,}",
            tuple(_where(example) for example in items(one, "examples", 5)),
        )
        for one in items(block(document, "understood"), "left_out", 60)
    )


def _where(example: Fields) -> str:
    line, column = count(example, "line"), text(example, "column", 60)
    place = text(example, "file", 120) + (f", line {line}" if line else "")
    place += f", column ‘{column}’" if column else ""
    value = text(example, "value", 120)
    return f"{place}: ‘{value}’" if value else place
