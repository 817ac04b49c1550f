"""Serve one report on this machine alone, and nothing else, until told to stop."""

import re
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

from wellkept.desk.report.page import style_hash

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class NotLoopback(ValueError):
    """The report names customers and owners; it is served to this machine only."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the report is being served, and a sentence for the person who asked."""

    address: str
    port: int
    sentence: str

    def __str__(self) -> str:
        """Return the address, which is what a person needs to open."""
        return self.address


def serve(
    html_or_path: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    ready: Callable[[Serving], None] = lambda serving: None,
    stop: threading.Event | None = None,
) -> None:
    """Serve a report at "/" until SIGINT, SIGTERM, or until stop is set.

    The report is HTML, or the path of a file of it. A port that is taken is replaced by a free
    one, said in the sentence that ready receives. Raises NotLoopback for any other host, and
    OSError where the file cannot be read.
    """
    if not is_loopback(host):
        raise NotLoopback(
            f"{host} can be reached from other machines, and the report names customers and "
            "owners. Serve it on 127.0.0.1, or send the HTML file to those who should read it."
        )
    page = _page_of(html_or_path)
    stop = stop or threading.Event()
    server, serving = _listen(host, port, page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    with _stopped_by_signals(stop), server:
        thread.start()
        try:
            ready(serving)
            while not stop.wait(0.2):
                pass
        finally:
            server.shutdown()
            thread.join()


def is_loopback(host: str) -> bool:
    """Return whether a host name is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def headers_for(html: str) -> dict[str, str]:
    """Return the headers under which a report may do nothing but be read."""
    hashes = " ".join(f"'{style_hash(styles)}'" for styles in _STYLE.findall(html)) or "'none'"
    policy = ("default-src 'none'", f"style-src {hashes}", "img-src data:", "base-uri 'none'",
              "form-action 'none'", "frame-ancestors 'none'")  # fmt: skip
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def _page_of(html_or_path: str | Path) -> str:
    if isinstance(html_or_path, str) and html_or_path.lstrip().startswith("<"):
        return html_or_path
    return Path(html_or_path).read_text("utf-8")


class _OneReport(ThreadingHTTPServer):
    """A server that knows a single page."""

    daemon_threads = True
    allow_reuse_address = True
    page: bytes = b""
    page_headers: dict[str, str]


class _OneReportOverSix(_OneReport):
    """The same over IPv6."""

    address_family = socket.AF_INET6


class _Reader(BaseHTTPRequestHandler):
    """Answers GET and HEAD of "/" for this machine, and refuses the rest."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _OneReport

    def do_GET(self) -> None:
        """Send the report."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Send the headers of the report."""
        self._answer(with_body=False)

    def _refuse(self) -> None:
        self.close_connection = True
        self._say(HTTPStatus.METHOD_NOT_ALLOWED, "This report can only be read.", Allow="GET, HEAD")

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse

    def _answer(self, *, with_body: bool) -> None:
        if not is_loopback(_name_of(self.headers.get("Host", ""))):
            self._say(HTTPStatus.MISDIRECTED_REQUEST, "This report is served to this machine only.")
        elif self.path.partition("?")[0] != "/":
            self._say(HTTPStatus.NOT_FOUND, "There is one page here: /", with_body=with_body)
        else:
            self._send(HTTPStatus.OK, self.server.page, self.server.page_headers, with_body)

    def _say(
        self, status: HTTPStatus, sentence: str, *, with_body: bool = True, **headers: str
    ) -> None:
        plain = {"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"}
        self._send(status, f"{sentence}\n".encode(), plain | headers, with_body)

    def _send(
        self, status: HTTPStatus, body: bytes, headers: dict[str, str], with_body: bool
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def version_string(self) -> str:
        """Return the name of the server, without versions."""
        return "wellkept"

    def log_message(self, format: str, *args: object) -> None:
        """Keep silent: who reads a report is nobody's business."""


def _name_of(host: str) -> str:
    """Return the host of a Host header without its port."""
    return host.partition("]")[0] + "]" if host.startswith("[") else host.rpartition(":")[0] or host


def _listen(host: str, port: int, page: str) -> tuple[_OneReport, Serving]:
    """Return a listening server, on a free port where the one asked for is taken."""
    taken = ""
    try:
        server = _bind(host, port)
    except OSError as refusal:
        server = _bind(host, 0)
        taken = f"Port {port} could not be used ({refusal.strerror or refusal}). "
    server.page, server.page_headers = page.encode("utf-8"), headers_for(page)
    found = int(server.server_address[1])
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{found}/"
    return server, Serving(address, found, f"{taken}The report is at {address}")


def _bind(host: str, port: int) -> _OneReport:
    return (_OneReportOverSix if ":" in host else _OneReport)((host, port), _Reader)


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """Let SIGINT and SIGTERM set stop; only the main thread may, elsewhere stop is set by hand."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
