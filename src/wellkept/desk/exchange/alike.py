"""New customers that are called like others, up to case, accents, punctuation and legal form."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from wellkept.desk.exchange.problems import Problems
from wellkept.desk.exchange.reasons import CALLED_ALIKE
from wellkept.record.access.batches import chunks
from wellkept.record.parties.models import Customer
from wellkept.record.parties.rules import likeness


class Called(NamedTuple):
    """Whom a name is like: what they are called, and their number, if any."""

    name: str
    number: str

    def said(self) -> str:
        """This will say whom a name is like."""
        return f"≈ {self.name} ({self.number})" if self.number else f"≈ {self.name}"


class Alike:
    """Compares new names with those of the record, and with new ones of the same files.

    Chunk by chunk, and after a kill, the answer is that of the dry run: who stands first is told.
    """

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._seen: dict[str, Called] = {}

    def note(self, problems: Problems, noun: str, fresh: Sequence[tuple[Any, str]]) -> None:
        """This will tell of new customers, each with the number that it gets, whom they are like.

        One statement for a thousand names; their likeness has an index.
        """
        likes = [likeness(offer.name) for offer, _ in fresh]
        there = _there(likes)
        for (offer, number), like in zip(fresh, likes, strict=True):
            other = there.get(like) or self._seen.get(like)
            if other is not None:
                problems.note(noun, offer, CALLED_ALIKE, beside=other.said())
            self._seen.setdefault(like, Called(offer.name, number))


def _there(likes: Iterable[str]) -> dict[str, Called]:
    """Who of the record is called so: the first that stands, else what the first one means."""
    standing: dict[str, Called] = {}
    merged: dict[str, Called] = {}
    fields = ("alike", "name", "number", "merged_into__name", "merged_into__number")
    for some in chunks(likes):
        rows = Customer.objects.filter(alike__in=some).order_by("pk").values_list(*fields)
        for like, name, number, into, its in rows:
            if into is None:
                standing.setdefault(like, Called(name, number))
            else:
                merged.setdefault(like, Called(into, its))
    return merged | standing
