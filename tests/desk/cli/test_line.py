"""One line before all workers: what comes through it, who takes what, and a worker that ends."""

import io
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from wellkept.desk.cli.line import AHEAD, front, take_turns
from wellkept.desk.cli.workers import workers_beside

HEADERS = [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]


class Whole(list[bytes]):
    """An answer that is there as a whole, as Django gives it."""

    streaming = False


def asked(line: str, path: str, sent: bytes = b"") -> tuple[str, list[tuple[str, str]], bytes]:
    """Ask by the application in front, as the server does."""
    environ: dict[str, Any] = {"PATH_INFO": path, "CONTENT_LENGTH": str(len(sent))}
    setup_testing_defaults(environ)
    environ["wsgi.input"] = io.BytesIO(sent)
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        told[:] = status, headers

    answer = front(line)(environ, start)
    return told[0], told[1], b"".join(answer)


def pages(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Some pages: what was sent, a long answer, one that is cut off, one that does not listen."""
    path = environ["PATH_INFO"]
    start("200 OK", HEADERS)
    if path == "/streams":
        return (bytes([65 + at]) * at for at in range(4))
    if path == "/ends":
        os._exit(9)
    if path == "/slow":
        time.sleep(0.4)
    if path == "/deaf":
        return Whole([b"no"])
    return Whole([str(os.getpid()).encode(), b" ", environ["wsgi.input"].read()])


@pytest.fixture
def line(tmp_path: Path) -> Iterator[str]:
    """A line at which one worker stands, in a thread of this process."""
    with socket.socket(socket.AF_UNIX) as waiting:
        waiting.bind(str(tmp_path / "line"))
        waiting.listen()

        def stand() -> None:
            with suppress(OSError):  # the line is taken away when the test ends
                take_turns(waiting, pages)

        threading.Thread(target=stand, daemon=True).start()
        yield str(tmp_path / "line")


def test_an_answer_comes_through_the_line_as_it_was_given(line: str) -> None:
    long = os.urandom(AHEAD + 200_000)
    for sent in (b"", b"Alma", long, long[:AHEAD]):
        status, headers, body = asked(line, "/", sent)
        assert (status, headers) == ("200 OK", HEADERS)
        assert body == str(os.getpid()).encode() + b" " + sent
    assert asked(line, "/streams")[2] == b"BCCDDD"
    assert asked(line, "/deaf", long)[2] == b"no", "who wants no more is heard too"


@pytest.fixture
def crew(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A line at which two workers stand, each a process."""
    module = ModuleType("some_pages")
    vars(module)["application"] = pages
    monkeypatch.setitem(sys.modules, "some_pages", module)
    with workers_beside("some_pages", 2) as address:
        yield address


def test_whoever_is_free_takes_the_next_and_one_that_ended_is_put_in_place(
    crew: str, capsys: pytest.CaptureFixture[str]
) -> None:
    slow: list[bytes] = []
    long = threading.Thread(target=lambda: slow.append(asked(crew, "/slow")[2]))
    long.start()
    time.sleep(0.05)
    others = {asked(crew, "/")[2] for _ in range(8)}
    long.join()
    assert len(others) == 1, "the other one takes all eight"
    assert others != set(slow)

    status, _, said = asked(crew, "/ends")
    assert status.startswith("502"), "its answer will never come: that is said"
    assert b"ask again" in said
    asked(crew, "/")  # the one who is left
    while len({asked(crew, "/")[2] for _ in range(4)}) < 2:
        time.sleep(0.02)
    assert "a worker ended (9)" in capsys.readouterr().err
