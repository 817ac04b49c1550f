"""The slider of a life: which day stands where, and where something changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from wellkept.desk.web import times
from wellkept.desk.web.as_was import Days, Turn, said_in_full
from wellkept.desk.web.timeline import WIDTH, Picture


@dataclass(frozen=True, slots=True)
class Slider:
    """What moves through a life, by days from the first one: `last` is today, `at` is shown."""

    first: str
    first_said: str
    last: int
    at: int
    turns: tuple[tuple[int, float, str], ...]
    days: str
    months: str

    @property
    def x(self) -> float:
        """Where the day that is shown stands on the axis of its life."""
        return round(WIDTH * self.at / self.last, 1)


def slider(drawn: Picture, turns: Sequence[Turn], days: Days) -> Slider:
    """This will lay the slider on the axis of a life: from the first day drawn until today."""
    first, words = drawn.begin.astimezone(days.zone).date(), times.words()
    last = max((days.today - first).days, 1)
    ahead = [((turn.day - first).days, f"{turn.full}: {turn.said}") for turn in turns]
    return Slider(
        first=first.isoformat(),
        first_said=said_in_full(first),
        last=last,
        at=min(max((days.shown - first).days, 0), last) if days.on else last,
        turns=tuple((at, round(WIDTH * at / last, 1), text) for at, text in ahead if at >= 0),
        days="|".join(words.days),
        months="|".join(words.months),
    )
