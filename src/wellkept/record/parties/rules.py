"""What is true of customers and sites: plain values in, plain values out."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from zoneinfo import available_timezones

ZONES = frozenset(available_timezones())


_FORMS = (
    "ab ag aktiengesellschaft aps as asa bhd bv bvba co company corp corporation cv da dd doo eg "
    "eirl ek ev gbr ges gesmbh ggmbh gmbh inc incorporated kft kg kgaa kk lda limited llc llp lp "
    "ltd ltda mbh nv nyrt ohg ooo oy oyj plc pte pty pvt sa sae sarl sas sasu sau sc sca se sia sl "
    "slu snc spa spj spk spzoo sprl srl sro stiftung tbk ug vof zrt"
)
LEGAL_FORMS = frozenset(_FORMS.split())
"""What stands behind a name for the form of the company: without marks and spaces."""
_TWO_LETTERS = {"æ": "ae", "ø": "oe", "œ": "oe"}
_SPELLED = re.compile("([aou])e")
"""What is written where a keyboard has no accents: "ae" for "ä", "oe" for "ö" or "ø"."""
ACCENTS = 200
"""From this class on, by Unicode, marks stand apart from the letter, as accents do."""
LONGEST_FORM = 3
"""So many words has the longest of them, as in "Sp. z o.o."."""


class Doubt(StrEnum):
    """Why a customer stands on the list of those that may be another one."""

    NONE = ""
    SAME_NAME = "same_name"


class Consent(StrEnum):
    """Whether a contact agreed to be written to beyond the work itself."""

    UNKNOWN = "unknown"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


def is_zone(name: str) -> bool:
    """This will tell whether a name is one of an IANA time zone.

    >>> is_zone("Europe/Rome"), is_zone("CET+1")
    (True, False)
    """
    return name in ZONES


@lru_cache(maxsize=10_000)
def likeness(name: str) -> str:
    """This will give what a name has in common with other ways of writing it.

    Case, accents, punctuation and the legal form at its end are left out, and so is the e that
    stands for an accent, as in "Mueller"; the words and their order stay, so that what differs in
    a word is another name. At most 200 characters.

    >>> [likeness(name) for name in ("Klinik Süd GmbH & Co. KG", " KLINIK-SUD ", "Fiat S. r. l.")]
    ['klinik sud', 'klinik sud', 'fiat']
    >>> [likeness(name) for name in ("Müller & Söhne AG", "Mueller und Soehne", "Mueller Soehne")]
    ['muller sohne', 'muller und sohne', 'muller sohne']
    >>> likeness("S.p.A."), likeness("Klinik Süd II"), likeness("…")
    ('spa', 'klinik sud ii', '…')
    """
    folded = name.casefold()
    spread = folded if folded.isascii() else unicodedata.normalize("NFKD", folded)
    plain = spread.translate(_SIGNS)
    words = (plain if plain.isascii() else unicodedata.normalize("NFC", plain)).split()
    while cut := _form_at_end(words):
        words = words[:-cut]
    told = " ".join(words) or name.strip().casefold()
    return _SPELLED.sub(r"\1", told)[:200]


class _Signs(dict[int, str | None]):
    """What becomes of a sign: a letter stays, a full stop or an accent goes, all else parts words.

    Marks over or under a letter that make another letter are no accents.
    """

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        if sign in ".'’" or unicodedata.combining(sign) >= ACCENTS:
            found = None
        elif sign in _TWO_LETTERS:
            found = _TWO_LETTERS[sign]
        else:
            of_a_word = sign.isalnum() or unicodedata.category(sign)[0] == "M"
            found = sign if of_a_word else " "
        self[code] = found
        return found


_SIGNS = _Signs()


def _form_at_end(words: list[str]) -> int:
    """How many of the last words are a legal form; never all words."""
    longest, form, found = min(LONGEST_FORM, len(words) - 1), "", 0
    for n in range(1, longest + 1):
        form = words[-n] + form
        if form in LEGAL_FORMS:
            found = n
    return found
