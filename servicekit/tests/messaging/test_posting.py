"""One POST to a stranger's server: over real sockets and real TLS, whatever the stranger does.

Run under eventlet (`./desk test messaging`), as in a service.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import eventlet
import pytest
from servicekit.embedded.ports import free_ports
from servicekit.outbound import posting
from servicekit.outbound.posting import Limits, NoReply, NotUnderstood, Poster, Unreachable
from servicekit.outbound.targets import TargetRefused, Targets
from servicekit.testing.probes import until

LIMITS = Limits(connect=20.0, total=20.0, body=1000)  # as much as a busy machine may need
SHORT = Limits(connect=0.5, total=1.0, body=1000)
SOON_SECONDS = 15.0  # the servers below stay silent for far longer
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
PUBLIC = "93.184.216.34"


class Server:
    """Answers every connection with what the test says, and keeps what was asked."""

    def __init__(self, answer: Callable[[Any], None] | bytes, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[bytes] = []
        self._answer = answer
        self._context = context
        self._listener = eventlet.listen(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._greenlets = [eventlet.spawn(self._accept)]

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            self._greenlets.append(eventlet.spawn(self._serve, connection))

    def _serve(self, connection: Any) -> None:
        try:
            if self._context:
                connection = self._context.wrap_socket(
                    connection, server_side=True, do_handshake_on_connect=False
                )
                connection.do_handshake()
            self.asked.append(read_request(connection))
            if callable(self._answer):
                self._answer(connection)
            else:
                connection.sendall(self._answer)
        except OSError:
            pass  # the other side has hung up: that is what some of these tests are about
        finally:
            connection.close()

    def close(self) -> None:
        for greenlet in self._greenlets:
            greenlet.kill()
        self._listener.close()


def read_request(connection: Any) -> bytes:
    """All of it: what is left unread makes a close look like a fault."""
    asked: bytes = connection.recv(65536)
    head, _, body = asked.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        more = connection.recv(65536)
        asked, body = asked + more, body + more
    return asked


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    started: list[Server] = []

    def start(answer: Callable[[Any], None] | bytes = OK, context: ssl.SSLContext | None = None) -> Server:
        started.append(Server(answer, context))
        return started[-1]

    yield start
    for server in started:
        server.close()


def post(server: Server, limits: Limits = LIMITS) -> posting.Reply:
    poster = Poster(Targets([f"127.0.0.1:{server.port}"]), limits)
    return poster.post(f"http://127.0.0.1:{server.port}/orders?a=b", b'{"a":1}', {"Webhook-Id": "1"})


def test_what_is_posted_arrives_and_what_is_answered_comes_back(serve: Callable[..., Server]) -> None:
    server = serve(b"HTTP/1.1 201 Created\r\nRetry-After: 5\r\nContent-Length: 4\r\n\r\nnull")
    reply = post(server)
    assert (reply.status, reply.body, reply.headers["retry-after"]) == (201, b"null", "5")
    asked = server.asked[0]
    assert asked.startswith(b"POST /orders?a=b HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}\r\n".encode() in asked
    assert asked.endswith(b'\r\n\r\n{"a":1}')


def test_a_redirect_is_an_answer_and_is_not_followed(serve: Callable[..., Server]) -> None:
    elsewhere = serve()
    moved = f"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{elsewhere.port}/\r\nContent-Length: 0\r\n\r\n"
    assert post(serve(moved.encode())).status == 307
    assert elsewhere.asked == []


def test_nobody_there_means_that_nothing_was_sent(serve: Callable[..., Server]) -> None:
    (port,) = free_ports(1)
    with pytest.raises(Unreachable, match="cannot be reached"):
        Poster(Targets([f"127.0.0.1:{port}"]), LIMITS).post(f"http://127.0.0.1:{port}/", b"{}", {})


def drip(connection: Any) -> None:
    """One letter at a time, always just in time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        eventlet.sleep(0.1)
        connection.sendall(b"x")


def drip_body(connection: Any) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
    while True:
        eventlet.sleep(0.1)
        connection.sendall(b"x")


def continue_for_ever(connection: Any) -> None:
    while True:
        eventlet.sleep(0.05)
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


@pytest.mark.parametrize(
    "answer",
    [lambda connection: eventlet.sleep(60), drip, drip_body, continue_for_ever],
    ids=["silent", "slow head", "slow body", "more to come"],
)
def test_time_is_limited_however_the_answer_trickles_in(
    serve: Callable[..., Server], answer: Callable[[Any], None]
) -> None:
    server = serve(answer)
    began = time.monotonic()
    with pytest.raises(NoReply):
        post(server, SHORT)
    assert time.monotonic() - began < SOON_SECONDS


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (b"", NoReply),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", NotUnderstood),
        (b"SSH-2.0-OpenSSH_9.2\r\n", NotUnderstood),
        (b"HTTP/1.1 abc\r\n\r\n", NotUnderstood),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", NotUnderstood),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000, NotUnderstood),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", NotUnderstood),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + b"x" * 1001, NotUnderstood),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5_000_000, NotUnderstood),
    ],
    ids=["hangs up", "half", "ssh", "status", "many heads", "long head", "chunk", "large", "without end"],
)
def test_what_is_no_good_answer_has_a_name(
    serve: Callable[..., Server], answer: bytes, failure: type[Exception]
) -> None:
    with pytest.raises(failure):
        post(serve(answer))


def test_others_go_on_while_one_is_slow(serve: Callable[..., Server]) -> None:
    go_on = eventlet.event.Event()
    slow, quick = serve(lambda connection: go_on.wait()), serve()
    waiting = eventlet.spawn(pytest.raises, NoReply, post, slow)
    until(lambda: slow.asked)
    assert post(quick).status == 200
    assert not waiting.dead
    go_on.send()
    waiting.wait()


# --- names ------------------------------------------------------------------------------------------------


class Names:
    """A resolver that gives these answers one after the other: the last of a rebinding attack is inside."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    def __call__(self, host: str) -> list[str]:
        self.asked += 1
        return self._answers.pop(0) if self._answers else []


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """To which addresses a connection was tried; none of them comes about."""
    tried: list[tuple[str, int]] = []

    def refuse(address: tuple[str, int], *_: Any) -> Any:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(posting.socket, "create_connection", refuse)
    return tried


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    connected: list[tuple[str, int]],
) -> None:
    names = Names([PUBLIC], ["127.0.0.1"])
    with pytest.raises(Unreachable):
        Poster(Targets(), LIMITS, names).post("https://orders.example.com/", b"", {})
    assert connected == [(PUBLIC, 443)]
    assert names.asked == 1


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        ["169.254.169.254"],
        ["10.0.0.5"],
        ["::1"],
        ["::ffff:10.0.0.5"],
        [PUBLIC, "127.0.0.1"],
        ["127.0.0.1", PUBLIC],
        [PUBLIC, "64:ff9b::a00:5"],
    ],
)
def test_a_name_that_leads_inside_is_refused_before_anything_is_connected(
    connected: list[tuple[str, int]], found: list[str]
) -> None:
    with pytest.raises(TargetRefused, match="not on the public internet"):
        Poster(Targets(), LIMITS, Names(found)).post("https://orders.example.com/", b"", {})
    assert connected == []


def test_a_name_that_leads_nowhere_says_so() -> None:
    with pytest.raises(Unreachable, match="leads nowhere"):
        Poster(Targets(), LIMITS, Names()).post("https://orders.example.com/", b"", {})


def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    def hang(host: str) -> list[str]:
        eventlet.sleep(60)
        return []

    with pytest.raises(NoReply):
        Poster(Targets(), SHORT, hang).post("https://orders.example.com/", b"", {})


def test_the_names_of_this_machine_are_found_without_stopping_the_process() -> None:
    assert "127.0.0.1" in posting.resolve("localhost")
    assert posting.resolve("127.0.0.1") == ["127.0.0.1"]


# --- TLS --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signed by itself, for orders.example.com alone; key and certificate in one file."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=orders.example.com", "-addext", "subjectAltName=DNS:orders.example.com",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return folder


@pytest.fixture
def secure(serve: Callable[..., Server], certificate: Path) -> Server:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return serve(OK, context)


@pytest.fixture
def believed(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> Iterator[None]:
    """The authority behind the certificate is one of ours."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    posting._tls.cache_clear()
    yield
    posting._tls.cache_clear()


def post_to(name: str, server: Server, limits: Limits = LIMITS) -> posting.Reply:
    poster = Poster(Targets([f"{name}:{server.port}"]), limits, lambda host: ["127.0.0.1"])
    return poster.post(f"https://{name}:{server.port}/", b"{}", {})


@pytest.mark.usefixtures("believed")
def test_the_certificate_is_held_against_the_name_and_not_the_address(secure: Server) -> None:
    assert post_to("orders.example.com", secure).status == 200
    assert b"Host: orders.example.com:" in secure.asked[0]


@pytest.mark.usefixtures("believed")
def test_the_certificate_of_another_name_is_refused(secure: Server) -> None:
    with pytest.raises(Unreachable, match="not good"):
        post_to("other.example.com", secure)
    assert secure.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Server) -> None:
    with pytest.raises(Unreachable, match="certificate"):
        post_to("orders.example.com", secure)
    assert secure.asked == []


def test_a_server_without_tls_is_not_talked_to(serve: Callable[..., Server]) -> None:
    plain = serve(b"HTTP/1.1 200 OK\r\n\r\n")
    with pytest.raises(Unreachable, match="does not speak TLS"):
        post_to("orders.example.com", plain)


def test_a_handshake_that_never_ends_is_cut_off(serve: Callable[..., Server]) -> None:
    server = serve(lambda connection: eventlet.sleep(60))
    began = time.monotonic()
    with pytest.raises((Unreachable, NoReply)):
        post_to("orders.example.com", server, SHORT)
    assert time.monotonic() - began < SOON_SECONDS


def test_sockets_here_are_cooperative() -> None:
    assert "eventlet" in socket.socket.__module__
