"""The workers that stand at the line: forked with all pages loaded, kept, and ended together."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import Process, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory

from wellkept.desk.cli.line import take_turns

AGAIN_S = 0.5
END_S = 10.0
WAITING = 128
"""So many requests may wait at the line; a thread in front waits to place each further one."""


@contextmanager
def workers_beside(application: str, number: int) -> Iterator[str]:
    """This will keep so many workers at the line while pages are answered; gives its address.

    `application` names the module that holds it. A worker that ends is put in place again.
    """
    # A folder of our own: nobody else on the machine may ask past the server in front.
    with (
        TemporaryDirectory(prefix="wellkept-line-") as folder,
        socket.socket(socket.AF_UNIX) as line,
    ):
        address = str(Path(folder) / "line")
        line.bind(address)
        line.listen(WAITING)
        ending = threading.Event()
        crew = [_start(application, line) for _ in range(number)]
        keeper = threading.Thread(target=_keep, args=(crew, ending, application, line))
        keeper.start()
        try:
            yield address
        finally:
            ending.set()
            _end(crew)
            keeper.join()
            _end(crew)  # with one that was put in place meanwhile


def _start(application: str, line: socket.socket) -> Process:
    worker = Process(target=_work, args=(application, line), name="wellkept-worker")
    worker.start()
    return worker


def _keep(
    crew: list[Process], ending: threading.Event, application: str, line: socket.socket
) -> None:
    while True:
        wait([one.sentinel for one in crew])
        if ending.wait(AGAIN_S):
            return
        for at, one in enumerate(crew):
            if one.exitcode is not None:
                print(
                    f"wellkept: a worker ended ({one.exitcode}); another takes its place.",
                    file=sys.stderr,
                )
                crew[at] = _start(application, line)


def _end(crew: list[Process]) -> None:
    for one in crew:
        one.terminate()
    for one in crew:
        one.join(END_S)
        one.kill()
        one.join()


def _work(application: str, line: socket.socket) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    follow_parent()
    take_turns(line, import_module(application).application)


def follow_parent() -> None:
    """This will leave signals of the terminal to the parent, and end when it is gone, even killed.

    Ctrl-C reaches all processes at once: the parent then ends the others, in order.
    """
    parent = parent_process()
    if parent is None:
        raise RuntimeError("only a process that another one started can follow it")
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGHUP))

    def watch(sentinel: int = parent.sentinel) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
