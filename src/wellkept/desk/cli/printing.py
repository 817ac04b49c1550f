"""What the commands print alike: a document, and what a place has against being used."""

import json
import sys
from pathlib import Path
from typing import Any


def not_to_be_used(problem: OSError, folder: Path) -> str:
    """This will say what the operating system has against a place."""
    why = problem.strerror or str(problem)
    return f"{problem.filename or folder}: {why}; choose another place, or mend its permissions"


def print_json(document: dict[str, Any]) -> None:
    """This will print a document in letters that the terminal has; never a NaN."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    any_letter = not encoding.startswith("utf")
    json.dump(document, sys.stdout, ensure_ascii=any_letter, indent=1, allow_nan=False)
    print()
