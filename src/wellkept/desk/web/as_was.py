"""An asset as it was on a day, as it was known on a day: what stood, and when it changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.ways import Ways
from wellkept.record.access.wording import said
from wellkept.record.installed_base.models import Asset
from wellkept.record.installed_base.queries import HELD, Stood, What, life_of
from wellkept.record.installed_base.rules import (
    Change,
    Consequence,
    State,
    value_at,
    was_known,
    was_so,
)

SHOWN = 25
REVISIONS = ("hardware_revision", "software_revision")
CONSEQUENCE = "consequence"
STATES = frozenset(State)
BEGINS = {
    What.OPERATOR: gettext_noop("run by %(name)s"),
    What.HOLDS: gettext_noop("%(name)s put in"),
}
ENDS = {
    What.PLACE: gettext_noop("left %(name)s"),
    What.OWNER: gettext_noop("no longer of %(name)s"),
    What.OPERATOR: gettext_noop("no longer run by %(name)s"),
    What.HOLDS: gettext_noop("%(name)s taken out"),
}


@dataclass(frozen=True, slots=True)
class Days:
    """Which day is asked about, and on which it was known so; None: today, and now.

    A day is meant as it ended, in the zone of the asset's site.
    """

    now: datetime
    zone: ZoneInfo
    on: date | None
    known: date | None

    @property
    def today(self) -> date:
        """The day that it is there."""
        return self.now.astimezone(self.zone).date()

    @property
    def shown(self) -> date:
        """The day that is shown."""
        return self.on or self.today

    @property
    def moment(self) -> datetime:
        """The moment that is asked about."""
        return self._end(self.on)

    @property
    def known_at(self) -> datetime:
        """The moment of which the knowledge is meant."""
        return self._end(self.known)

    def _end(self, day: date | None) -> datetime:
        return datetime.combine(day, time.max, self.zone).astimezone(UTC) if day else self.now

    def to(self, day: date | None) -> str:
        """This will give the address of another day, as it is known on the same one."""
        asked = {"on": day, "known": self.known}
        return "?" + urlencode({name: str(one) for name, one in asked.items() if one})


class Fact(NamedTuple):
    """One thing that was so: its title, texts with their links, and a word beside them."""

    title: str
    values: tuple[tuple[str, str], ...]
    more: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which something changed, and what."""

    day: date
    said: str
    full: str


@dataclass(frozen=True, slots=True)
class AsWas:
    """What a page shows of an asset as it was: facts, and the ways to the next changes."""

    said: str
    known: str
    facts: tuple[Fact, ...]
    earlier: str
    later: str
    today: str
    known_now: str


def days_of(asking: Asking, zone: ZoneInfo) -> Days:
    """This will read which days are asked for; what is no day, or is to come, is today."""
    today = asking.now.astimezone(zone).date()

    def typed(name: str) -> date | None:
        try:
            day = date.fromisoformat(asking.address.get(name, ""))
        except ValueError:
            return None
        return day if day < today else None

    return Days(asking.now, zone, typed("on"), typed("known"))


def said_in_full(day: date) -> str:
    """This will say a day in words, as in "Mon 2 Mar 2026"."""
    words = times.words()
    return f"{words.days[day.weekday()]} {day.day} {words.months[day.month - 1]} {day.year:04d}"


def turns_of(life: Sequence[Stood], days: Days) -> list[Turn]:
    """This will give the days on which something changed, as it is known, each with its words."""
    known = [one for one in life if was_known(one, days.known_at)]
    begun = {(one.what, one.from_at) for one in known if one.what != What.HOLDS}
    found: dict[date, list[str]] = {}

    def turn(moment: datetime | None, words: str) -> None:
        if moment is not None and words:
            found.setdefault(moment.astimezone(days.zone).date(), []).append(words)

    for one in known:
        if one.what == What.CHANGE:
            turn(one.from_at, _change_said(one))
            continue
        what, name = What(one.what), {"name": one.name}
        turn(one.from_at, _(BEGINS[what]) % name if what in BEGINS else _name(one))
        if (one.what, one.until_at) not in begun:
            turn(one.until_at, _because(_(ENDS[what]) % name, one.reason))
    return [Turn(day, " · ".join(found[day]), said_in_full(day)) for day in sorted(found)]


def _because(ended: str, why: str) -> str:
    return f"{ended} ({why})" if why else ended


def _change_said(one: Stood) -> str:
    if one.word in STATES:
        return said(one.name)
    if one.word == CONSEQUENCE:
        return _("a stop means: %(consequence)s") % {"consequence": said(one.name)}
    return f"{said(one.word)} {one.name or '–'}" if one.word in REVISIONS else ""


def others(life: Iterable[Stood]) -> list[tuple[str, int | None]]:
    """This will name the assets that it stood in, or that stood in it, for `Ways.ask`."""
    return [("asset", one.other) for one in life]


def as_was(
    asset: Asset, life: Sequence[Stood], turns: Sequence[Turn], days: Days, ways: Ways
) -> AsWas:
    """This will say what stood on the day that is asked for; links lead where one may go."""
    earlier = [one.day for one in turns if one.day < days.shown]
    later = [one.day for one in turns if days.on and one.day > days.on]
    return AsWas(
        said=said_in_full(days.shown),
        known=said_in_full(days.known) if days.known else "",
        facts=_facts(asset, life, days, ways),
        earlier=days.to(earlier[-1]) if earlier else "",
        later=days.to(later[0]) if later else "",
        today=days.to(None) if days.on else "",
        known_now=Days(days.now, days.zone, days.on, None).to(days.on) if days.known else "",
    )


def _facts(asset: Asset, life: Sequence[Stood], days: Days, ways: Ways) -> tuple[Fact, ...]:
    so = [one for one in life if was_so(one, days.moment, days.known_at)]
    held = _held(so, days)
    place, owner, operator = (held.get(what) for what in HELD)
    parts = [one for one in so if one.what == What.HOLDS]
    places = _places(so, place)
    ways.ask((), *others([*places, *parts]))
    facts = [
        Fact(_("Where"), _named(places, ways)),
        Fact(_("Whose"), _named([owner] if owner else [], ways)),
        *([Fact(_("Who runs it"), _named([operator], ways))] if operator else []),
        *_values(asset, life, days),
    ]
    if parts:
        more = _("and %(more)s more") % {"more": len(parts) - SHOWN} if parts[SHOWN:] else ""
        facts.append(Fact(_("In it"), _named(parts[:SHOWN], ways), more, wide=True))
    return tuple(facts)


def _held(so: Iterable[Stood], days: Days) -> dict[str, Stood]:
    """Place, owner and operator: its own, else those of what it stood in, and so on upwards."""
    held = {one.what: one for one in so if one.what in HELD}
    seen: set[int] = set()
    while (place := held.get(What.PLACE)) is not None and place.other is not None:
        if place.other in seen:
            break
        seen.add(place.other)
        above = [one for one in life_of(place.other, HELD)
                 if was_so(one, days.moment, days.known_at)]  # fmt: skip
        del held[What.PLACE]
        held = {one.what: one for one in above} | held
    return held


def _places(so: Iterable[Stood], place: Stood | None) -> list[Stood]:
    """In what it stood, and where that was."""
    own = [one for one in so if one.what == What.PLACE]
    return own if place is None or place in own else [*own, place]


def _named(rows: Iterable[Stood], ways: Ways) -> tuple[tuple[str, str], ...]:
    return tuple((_name(one), ways.to("asset", one.other)) for one in rows)


def _name(one: Stood) -> str:
    named = {"name": one.name, "slot": one.word}
    if one.what != What.PLACE or one.other is None:
        return one.name
    return _("in %(name)s, %(slot)s") % named if one.word else _("in %(name)s") % named


def _values(asset: Asset, life: Sequence[Stood], days: Days) -> list[Fact]:
    """Its state, what a stop meant, its revisions: none before it began, or was kept at all."""
    begun = min((one.from_at for one in life if one.from_at), default=asset.recorded_at)
    kept = asset.recorded_at <= days.known_at
    alive = kept and min(begun, asset.recorded_at) <= days.moment

    def at(words: frozenset[str], now: str) -> str:
        changes = [Change(one.from_at, one.recorded_at, one.old, one.name) for one in life
                   if one.what == What.CHANGE and one.word in words and one.from_at]  # fmt: skip
        return value_at(changes, now, days.moment, days.known_at) if alive else ""

    state = at(STATES, asset.state)
    stop = at(frozenset({CONSEQUENCE}), Consequence(asset.consequence).word)
    revised = [(name, at(frozenset({name}), getattr(asset, name))) for name in REVISIONS]
    return [
        Fact(_("State"), _text(said(state) if state else "")),
        Fact(_("What a stop meant"), _text(said(stop) if stop else "")),
        *(Fact(said(name).capitalize(), _text(value)) for name, value in revised if value),
    ]


def _text(text: str) -> tuple[tuple[str, str], ...]:
    return ((str(text), ""),) if text else ()
