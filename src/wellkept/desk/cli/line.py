"""One line before all workers: whoever is free takes the request that has waited longest.

The process in front holds the connections of browsers, slow ones too. It hands each request on
over a socket of the machine, at which every worker that is free stands; the system gives what
waits there out in the order of coming.
"""

import io
import logging
import marshal
import socket
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from multiprocessing.connection import Client, Connection
from queue import SimpleQueue
from threading import Event, Semaphore, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATIENCE_S = 0.5
"""What takes longer (an export, an import) no longer keeps its worker from taking the next."""
THREADS = 8
"""So many long answers a worker has in hand beside each other."""
AHEAD = 1024 * 1024
"""So much of what is sent is there before a worker is asked: it waits for no slow sender."""
PIECE = 64 * 1024
BROKEN = "502 Bad Gateway"
SAID = (
    b"What was at your request has ended before its answer. Look how it stands, then ask again.\n"
)

log = logging.getLogger(__name__)


def front(address: str) -> "WSGIApplication":
    """This will give an application that has each request answered by a worker of the line.

    A worker that ends before it has answered is told as 502; what streams is then cut off.
    """

    def application(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        body = environ["wsgi.input"]
        said = {key: one for key, one in environ.items() if isinstance(one, str | bool | tuple)}
        ahead = body.read(AHEAD)
        worker = Client(address)
        try:
            worker.send_bytes(marshal.dumps((said, ahead)))
            if len(ahead) == AHEAD:
                _send_on(worker, body)
            status, headers, whole = marshal.loads(worker.recv_bytes())
        except (EOFError, ConnectionError):
            worker.close()
            start(BROKEN, [("Content-Type", "text/plain"), ("Content-Length", str(len(SAID)))])
            return [SAID]
        start(status, headers)
        if whole is None:
            return _pieces(worker)
        worker.close()
        return [whole]

    return application


def _send_on(worker: Connection, body: Any) -> None:
    try:
        for piece in iter(partial(body.read, PIECE), b""):
            worker.send_bytes(piece)
        worker.send_bytes(b"")
    except ConnectionError:  # it has answered without wanting the rest: its answer is read next
        return


def _pieces(worker: Connection) -> Iterator[bytes]:
    with worker:
        yield from iter(worker.recv_bytes, b"")


def take_turns(line: socket.socket, application: "WSGIApplication") -> None:
    """This will answer what waits at `line`, one request at a time, until the process ends.

    One that takes longer than `PATIENCE_S` goes on beside those that follow, up to `THREADS`.
    """
    hands = _Hands(application)
    try:
        while True:
            hands.room.acquire()
            asked, _ = line.accept()
            hands.give(Connection(asked.detach())).wait(PATIENCE_S)
    finally:
        hands.end()


class _Hands:
    """The threads of a worker. The one that was at work last takes the next request.

    Each has a connection to the database of its own: were they to take turns, eight servers of
    PostgreSQL would each know, and keep near, what one does.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self.room = Semaphore(THREADS)
        self._application = application
        self._idle: list[SimpleQueue[_Task | None]] = []
        self._threads: list[Thread] = []

    def give(self, asked: Connection) -> Event:
        """Have a request answered; gives what tells that it is. Call it where there is room."""
        task = _Task(asked)
        tasks = self._idle.pop() if self._idle else self._another()
        tasks.put(task)
        return task.done

    def end(self) -> None:
        """Wait for what is in hand."""
        for _ in range(THREADS - 1):
            self.room.acquire()
        for tasks in self._idle:
            tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _another(self) -> "SimpleQueue[_Task | None]":
        tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._threads.append(Thread(target=self._work, args=(tasks,), daemon=True))
        self._threads[-1].start()
        return tasks

    def _work(self, tasks: "SimpleQueue[_Task | None]") -> None:
        while task := tasks.get():
            _answered(task.asked, self._application)
            self._idle.append(tasks)
            self.room.release()
            task.done.set()


class _Task:
    """One request in hand."""

    def __init__(self, asked: Connection) -> None:
        self.asked, self.done = asked, Event()


def _answered(asked: Connection, application: "WSGIApplication") -> None:
    try:
        with asked:
            _answer(asked, application)
    except (EOFError, ConnectionError):
        log.info("who asked has gone before the answer was complete")
    except Exception:
        log.exception("a request has found no answer")


def _answer(asked: Connection, application: "WSGIApplication") -> None:
    environ, ahead = marshal.loads(asked.recv_bytes())
    rest = io.BufferedReader(_Rest(asked, ahead), PIECE)
    environ["wsgi.input"] = rest if len(ahead) == AHEAD else io.BytesIO(ahead)
    environ["wsgi.errors"] = sys.stderr
    environ["wsgi.multiprocess"] = True
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _fault: Any = None) -> Any:
        told[:] = status, headers
        return None

    answer = application(environ, start)
    try:
        if getattr(answer, "streaming", True):
            _stream(asked, told, answer)
        else:
            asked.send_bytes(marshal.dumps((*told, b"".join(answer))))
    finally:
        getattr(answer, "close", lambda: None)()


def _stream(asked: Connection, told: list[Any], answer: Iterable[bytes]) -> None:
    pieces = iter(answer)
    first = next(pieces, b"")  # an application may start its response with the first piece
    asked.send_bytes(marshal.dumps((*told, None)))
    for piece in chain((first,), pieces):
        if piece:  # nothing at all is what ends the answer
            asked.send_bytes(piece)
    asked.send_bytes(b"")


class _Rest(io.RawIOBase):
    """What is being sent: what was there ahead, then piece by piece."""

    def __init__(self, asked: Connection, ahead: bytes) -> None:
        self._asked, self._had = asked, ahead
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        if not self._had and not self._ended:
            self._had = self._asked.recv_bytes()
            self._ended = not self._had
        size = min(len(into), len(self._had))
        into[:size], self._had = self._had[:size], self._had[size:]
        return size
