"""The runner that stands beside the pages: started, kept and ended with them."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

AGAIN_S = 2.0
END_S = 10.0


@contextmanager
def runner_beside() -> Iterator[None]:
    """This will keep a runner at work while the pages answer; both end together.

    One that was killed is started again: what it had begun goes on.
    """
    ending = threading.Event()
    now: list[subprocess.Popen[bytes]] = [_start()]

    def keep() -> None:
        while True:
            code = now[0].wait()
            if ending.wait(AGAIN_S):
                return
            print(f"wellkept: the runner ended ({code}) and is started again.", file=sys.stderr)
            now[0] = _start()
            if ending.is_set():
                now[0].terminate()

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        now[0].terminate()
        keeper.join(END_S)
        now[0].kill()


def _start() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "wellkept", "runner", "--beside", str(os.getpid())]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL)
