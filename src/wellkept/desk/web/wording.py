"""Words that are kept ready for a page, said in the language of whoever opens it."""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.utils.translation import get_language, gettext

Key = TypeVar("Key")
Made = TypeVar("Made")
MADE: list[dict[Any, Any]] = []
"""What was made once in each language. Whoever changes what a language says empties it."""


def in_each_language(make: Callable[[], Made]) -> Callable[[], Made]:
    """This will make words once for each language, where a page asks for them a hundred times."""
    known: dict[str | None, Made] = {}
    MADE.append(known)

    @wraps(make)
    def made() -> Made:
        language = get_language()
        if language not in known:
            known[language] = make()
        return known[language]

    return made


class Worded(Mapping[Key, str]):
    """Words by their key, marked where they stand and translated only when they are read.

    A text that is translated while its module is read would keep that one language for everybody.
    """

    def __init__(self, marked: Mapping[Key, str]) -> None:
        """This will keep words that were marked for translation."""
        self._marked = marked

    def __getitem__(self, key: Key) -> str:
        """This will give a word in the language that is active now; raises KeyError."""
        return gettext(self._marked[key])

    def __iter__(self) -> Iterator[Key]:
        """This will go through the keys."""
        return iter(self._marked)

    def __len__(self) -> int:
        """This will count the words."""
        return len(self._marked)
