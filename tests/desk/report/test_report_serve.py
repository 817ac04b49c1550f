"""Serving a report: to this machine, to be read, and with a clean end."""

import http.client
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk.report.documents import a_document
from wellkept.desk.report import write_report
from wellkept.desk.report.page import style_hash, stylesheet
from wellkept.desk.report.serve import NotLoopback, Serving, serve

REPORT = "<!doctype html><title>Alma</title><style>p{color:red}</style><p>Clinic Nord waits</p>"


@contextmanager
def served(
    report: str | Path = REPORT, host: str = "127.0.0.1", port: int = 0
) -> Iterator[Serving]:
    """A report being served, until the block ends."""
    told: list[Serving] = []
    ready, stop = threading.Event(), threading.Event()

    def tell(serving: Serving) -> None:
        told.append(serving)
        ready.set()

    run = threading.Thread(
        target=serve,
        args=(report,),
        kwargs={"host": host, "port": port, "ready": tell, "stop": stop},
    )
    run.start()
    assert ready.wait(10)
    try:
        yield told[0]
    finally:
        stop.set()
        run.join(10)
        assert not run.is_alive()


def asked(
    serving: Serving, method: str = "GET", path: str = "/", host: str | None = None
) -> tuple[http.client.HTTPResponse, str]:
    """What the server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=10)
    connection.request(method, path, headers={} if host is None else {"Host": host})
    answer = connection.getresponse()
    words = answer.read().decode("utf-8")
    connection.close()
    return answer, words


def test_the_report_is_served_as_it_was_written() -> None:
    report = write_report(a_document())
    with served(report) as serving:
        answer, words = asked(serving)
    assert answer.status == 200
    assert words == report
    assert serving.sentence == f"The report is at {serving}"
    assert str(serving) == f"http://127.0.0.1:{serving.port}/"


def test_a_file_is_served_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(REPORT, encoding="utf-8")
    for path in (tmp_path / "report.html", str(tmp_path / "report.html")):
        with served(path) as serving:
            assert asked(serving)[1] == REPORT


def test_it_may_do_nothing_but_be_read() -> None:
    with served(write_report(a_document())) as serving:
        answer, _ = asked(serving)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src '{style_hash(stylesheet())}'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Server"] == "wellkept"


def test_head_gives_the_length_and_nothing_to_read() -> None:
    with served() as serving:
        answer, words = asked(serving, "HEAD")
    assert answer.status == 200
    assert int(answer.headers["Content-Length"]) == len(REPORT.encode())
    assert words == ""


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nobody_writes_to_a_report(method: str) -> None:
    with served() as serving:
        answer, words = asked(serving, method)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "Clinic Nord" not in words


@pytest.mark.parametrize("path", ["/report.html", "/../etc/passwd", "/favicon.ico", "/x?/"])
def test_there_is_one_page_and_no_other(path: str) -> None:
    with served() as serving:
        answer, words = asked(serving, path=path)
    assert answer.status == 404
    assert "Clinic Nord" not in words


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_a_name_that_was_bent_to_this_machine_is_refused(host: str) -> None:
    with served() as serving:
        answer, words = asked(serving, host=host)
    assert answer.status == 421
    assert "Clinic Nord" not in words


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_the_names_of_this_machine_are_answered(host: str) -> None:
    with served() as serving:
        assert asked(serving, host=host)[0].status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "example.org", ""])
def test_it_is_never_served_to_other_machines(host: str) -> None:
    with pytest.raises(NotLoopback, match="can be reached from other machines"):
        serve(REPORT, host=host)


def test_a_port_that_is_taken_is_replaced_and_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with served(port=taken) as serving:
            assert serving.port != taken
            assert serving.sentence.startswith(f"Port {taken} could not be used (")
            assert asked(serving)[0].status == 200


def test_a_report_that_is_not_there_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        serve(tmp_path / "absent.html")


RUN = """
import sys
from wellkept.desk.report.serve import serve
serve(sys.argv[1], port=0, ready=lambda serving: print(serving.port, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_told_to(number: signal.Signals) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, REPORT],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[3] / "src")},
    )
    assert run.stdout is not None
    port = int(run.stdout.readline())
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        run.send_signal(number)  # even while somebody is connected
        out, err = run.communicate(timeout=20)
    assert (run.returncode, out, err) == (0, "ended\n", "")
