"""Where a row's page is: as `reverse` says it, asked once for each name instead of for each row."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

A_KEY = 987_654_321
"""Stands in an address where a key will."""


def href(name: str, pk: int) -> str:
    """This will give the address of a row's page.

    >>> href("customer", 17)
    '/customers/17/'
    """
    before, after = around(name)
    return f"{before}{pk}{after}"


def around(name: str) -> tuple[str, str]:
    """This will give what stands before and behind the key in the address of a row's page."""
    return _around(name, get_script_prefix())


@lru_cache(maxsize=256)
def _around(name: str, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[A_KEY]).partition(str(A_KEY))
    return before, after
