"""Who works for the company, and who takes what."""

from wellkept.desk.demo.company import PEOPLE, SOFTWARE, TECHNICAL
from wellkept.desk.demo.dice import Dice
from wellkept.desk.demo.records import DAY, HOUR, Person


class Staff:
    """The people of the company, by team and by day."""

    def __init__(self, monday_s: int) -> None:
        """Hire everybody; some have left by the Monday, at noon of some day."""
        self.people = [
            Person(name, role, team, left and monday_s - left * DAY + 12 * HOUR)
            for name, role, team, left in PEOPLE
        ]
        self._teams: dict[str, list[Person]] = {}
        for person in self.people:
            self._teams.setdefault(person.team, []).append(person)

    def one_of(self, team: str, at_s: int, dice: Dice, *, but: str | None = None) -> str:
        """This will name somebody of a team who is there at a moment, if possible another one."""
        here = [person.name for person in self._teams[team] if person.here(at_s)]
        others = [name for name in here if name != but]
        return dice.pick(others or here)

    def team_of(self, name: str) -> str:
        """This will give the team of a person."""
        return next(person.team for person in self.people if person.name == name)

    def gone(self) -> list[tuple[Person, int]]:
        """This will list who has left, and when."""
        return [(person, person.left_s) for person in self.people if person.left_s is not None]


PING_PONG = (TECHNICAL, SOFTWARE)
"""The two teams that hand the same cases to each other."""
