"""What is said of numbers that were looked up in earlier imports: whose they are, and what is left.

What was found is kept with the run as figures, and said in the language of its reader.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def said_of(told: Mapping[str, Any]) -> str:
    """This will say in a sentence what was looked up in earlier imports, and what was not."""
    given = {
        "system": told["system"],
        "found": f"{told['found']:,}",
        "of": f"{told['of']:,}",
        "lost": ", ".join(told["lost"]),
    }
    texts = _sentences()[told["noun"]]
    text = texts[told["how"]] % given
    return f"{text} {texts['lost'] % given}" if told["lost"] else text


def _sentences() -> Mapping[str, Mapping[str, str]]:
    return {
        "system": {
            "numbers": _(
                "Nobody said which system wrote these files. They are taken for files of "
                "“%(system)s”: of %(of)s numbers that were compared, %(found)s came from it before."
            ),
            "columns": _(
                "Nobody said which system wrote these files. They are taken for files of "
                "“%(system)s”: their columns are those of import %(found)s."
            ),
        },
        "customer": {
            "own": _(
                "Of %(of)s customers that no file here gives a name, %(found)s are known by their "
                "number from an earlier register of “%(system)s”."
            ),
            "guessed": _(
                "Of %(of)s customers that no file here gives a name, %(found)s have a number of "
                "“%(system)s”: they are taken for its customers."
            ),
            "stated": _(
                "Of %(of)s customers that no file here gives a name, %(found)s were found by their "
                "number in “%(system)s”, as was said."
            ),
            "several": _(
                "Of %(of)s customers that no file here gives a name, %(found)s could be customers "
                "of several systems (%(system)s): none was taken. Say whose numbers they are."
            ),
            "few": _(
                "Of %(of)s customers that no file here gives a name, only %(found)s have a number "
                "of “%(system)s”, which may be chance: none was taken. Say so if they are its."
            ),
            "lost": _("In no register are: %(lost)s. They come in under what the files call them."),
        },
        "site": {
            "own": _(
                "Of %(of)s sites that no file here gives a name, %(found)s are known by their "
                "number from an earlier register of “%(system)s”."
            ),
            "guessed": _(
                "Of %(of)s sites that no file here gives a name, %(found)s have a number of "
                "“%(system)s”: they are taken for its sites."
            ),
            "stated": _(
                "Of %(of)s sites that no file here gives a name, %(found)s were found by their "
                "number in “%(system)s”, as was said."
            ),
            "several": _(
                "Of %(of)s sites that no file here gives a name, %(found)s could be sites of "
                "several systems (%(system)s): none was taken. Say whose numbers they are."
            ),
            "few": _(
                "Of %(of)s sites that no file here gives a name, only %(found)s have a number of "
                "“%(system)s”, which may be chance: none was taken. Say so if they are its."
            ),
            "lost": _("In no register are: %(lost)s. They come in under what the files call them."),
        },
    }
