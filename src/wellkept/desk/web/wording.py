"""Words that are kept ready for a page, said in the language of whoever opens it."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from django.utils.translation import gettext

Key = TypeVar("Key")


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
