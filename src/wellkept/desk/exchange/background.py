"""Writing an import while nobody waits: a process of its own that goes on where one stood."""

import subprocess
import sys

from wellkept.record.sources.models import ImportRun


def start(run: ImportRun) -> None:
    """This will start a process that writes an import to its end, and not wait for it.

    It is `wellkept import --resume`, with the environment of this one: what kills it loses at
    most one chunk, and starting it again goes on.
    """
    subprocess.Popen(
        [sys.executable, "-m", "wellkept", "import", "--resume", str(run.pk)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
