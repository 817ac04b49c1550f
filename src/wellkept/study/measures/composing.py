"""Sentences with numbers in them: English to read and to keep, and their parts to say them anew.

    said = ngettext("%(k)s of %(n)s case is open.", "%(k)s of %(n)s cases are open.", n)
    said % {"k": 3, "n": n}

is a text like any other. Who shows it in another language asks it to be said `by` whoever
translates. A value is a whole number, a text of the records, or a sentence of its own; no sentence
is made of pieces whose order a language would change.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

Say = Callable[[str], str]
Count = Callable[[str, str, int], str]
Parts = dict[str, Any]
_NONE: Mapping[str, Any] = {}


class Said(str):
    """A text in English that knows of which message and values it was made."""

    __slots__ = ("message", "several", "values")
    message: str
    several: tuple[str, int] | None
    values: Mapping[str, Any]

    def __new__(
        cls, message: str, several: tuple[str, int] | None = None, values: Mapping[str, Any] = _NONE
    ) -> Self:
        """Make it of a message; `several`: the message of more than one, and how many there are."""
        text = message if several is None or several[1] == 1 else several[0]
        if values:
            text %= {name: _plain(value) for name, value in values.items()}
        made = str.__new__(cls, text)
        made.message, made.several, made.values = message, several, values
        return made

    def __mod__(self, values: Any) -> "Said":
        """Put values into their places."""
        return Said(self.message, self.several, values)

    def by(self, say: Say, count: Count) -> str:
        """This will say it in another language, its parts included."""
        several = self.several
        text = say(self.message) if several is None else count(self.message, *several)
        if not self.values:
            return text
        return text % {
            name: value.by(say, count) if isinstance(value, Said) else _plain(value)
            for name, value in self.values.items()
        }

    def parts(self) -> Parts:
        """This will give plain values of which `of_parts` makes it again."""
        return {
            "message": self.message,
            "several": self.several and list(self.several),
            "values": {
                name: value.parts() if isinstance(value, Said) else value
                for name, value in self.values.items()
            },
        }

    def __deepcopy__(self, memo: object) -> Self:
        """A text never changes: its copy is itself."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the parts where it is written by `pickle`."""
        return Said, (self.message, self.several, self.values)


class Code(Said):
    """A code of the record, such as `part_delivery`, whose words are marked where it is known."""

    __slots__ = ()

    def by(self, say: Say, count: Count) -> str:
        """This will say its words."""
        return say(self.message.replace("_", " "))


def _plain(value: Any) -> str:
    return f"{value:,}" if type(value) is int else str(value)


def said(text: str) -> Said:
    """This will mark a sentence where it is written. Imported as `_`, as `marked` is."""
    return Said(text)


def counted(one: str, many: str, n: int) -> Said:
    """This will mark a sentence that differs by how many there are. Imported as `ngettext`."""
    return Said(one, (many, int(n)))


def sentences(*parts: str) -> Said:
    """This will put whole sentences one after the other; empty ones are left out."""
    return listed((part for part in parts if part), " ")


def listed(parts: Iterable[str], between: str = ", ") -> Said:
    """This will put things in a row that each stand for themselves."""
    values = {f"s{i}": part for i, part in enumerate(parts)}
    return Said(between.join(f"%({name})s" for name in values), None, values)


def of_parts(parts: Parts) -> Said:
    """This will make a sentence again of what `parts` gave."""
    several = parts["several"]
    values = {
        name: of_parts(value) if isinstance(value, dict) else value
        for name, value in parts["values"].items()
    }
    return Said(parts["message"], several and (several[0], several[1]), values)


def kept(document: Any) -> dict[str, Parts]:
    """This will gather the parts of every sentence in a document, by the sentence in English."""
    return {str(one): one.parts() for one in _said_in(document)}


def _said_in(found: Any) -> Iterable[Said]:
    if isinstance(found, Said):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from _said_in(value)
    elif isinstance(found, list | tuple):
        for value in found:
            yield from _said_in(value)


def restored(document: Any, parts: Mapping[str, Parts]) -> Any:
    """This will put back sentences that know their parts into a document that was kept."""
    if isinstance(document, str):
        return of_parts(parts[document]) if document in parts else document
    if isinstance(document, dict):
        return {name: restored(value, parts) for name, value in document.items()}
    if isinstance(document, list):
        return [restored(value, parts) for value in document]
    return document
