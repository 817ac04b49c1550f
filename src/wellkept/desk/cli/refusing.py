"""Saying no: one sentence on stderr, and the exit code that goes with it."""

import sys

REFUSED = 2
"""Exit code when something given cannot be used."""


def refuse(text: str) -> int:
    """This will say on stderr why nothing was done, and give the exit code."""
    print(f"wellkept: {text}", file=sys.stderr)
    return REFUSED
