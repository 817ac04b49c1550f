"""Texts made safe for a page, many hundreds of them: most have no sign that must be changed."""

import re
from html import escape

UNSAFE = re.compile("[&<>\"']").search


def escaped(text: str) -> str:
    """This will give a text as a page may hold it, between tags or in quotes.

    >>> escaped("Pump 7"), escaped('<b> & "it"')
    ('Pump 7', '&lt;b&gt; &amp; &quot;it&quot;')
    """
    return escape(text) if UNSAFE(text) else text
