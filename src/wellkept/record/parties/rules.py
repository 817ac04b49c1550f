"""What is true of customers and sites: plain values in, plain values out."""

import unicodedata
from enum import StrEnum
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


def likeness(name: str) -> str:
    """This will give what a name has in common with other ways of writing it.

    Case, accents, punctuation and the legal form at its end are left out; the words and their
    order stay, so that what differs in a word is another name. At most 200 characters.

    >>> [likeness(name) for name in ("Klinik Süd GmbH & Co. KG", " KLINIK-SUD ", "Fiat S. r. l.")]
    ['klinik sud', 'klinik sud', 'fiat']
    >>> likeness("S.p.A."), likeness("Klinik Süd II"), likeness("…")
    ('spa', 'klinik sud ii', '…')
    """
    spread = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in spread if sign not in ".'’" and not _is_accent(sign))
    whole = unicodedata.normalize("NFC", plain)
    words = "".join(sign if _is_of_a_word(sign) else " " for sign in whole).split()
    while cut := _form_at_end(words):
        words = words[:-cut]
    return (" ".join(words) or name.strip().casefold())[:200]


def _is_accent(sign: str) -> bool:
    """Whether it is a mark over or under a letter; those that make another letter are none."""
    return unicodedata.combining(sign) >= ACCENTS


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"


def _form_at_end(words: list[str]) -> int:
    """How many of the last words are a legal form; never all words."""
    longest = min(LONGEST_FORM, len(words) - 1)
    return next((n for n in range(longest, 0, -1) if "".join(words[-n:]) in LEGAL_FORMS), 0)
