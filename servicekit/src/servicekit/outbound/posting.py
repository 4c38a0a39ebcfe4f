"""One POST to somebody else's server: to the address that was checked, within limits, following nothing.

http.client and not requests: no redirects, proxies, cookies, passwords from files or unpacking of bodies that
would have to be switched off, and the connection is made where we say.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse

import certifi
import eventlet

from servicekit.outbound.addresses import is_public
from servicekit.outbound.names import resolve
from servicekit.outbound.targets import Target, TargetRefused, Targets

ADDRESSES_TRIED = 3


class PostFailed(Exception):
    """Base of the ways to fail; the text is a sentence without anything that the other side sent."""


class Unreachable(PostFailed):
    """Nothing was sent."""


class NoReply(PostFailed):
    """It was sent, but nothing (whole) came back in time: it may have been received."""


class NotUnderstood(PostFailed):
    """What came back is not HTTP, or too much of it."""


@dataclass(frozen=True)
class Limits:
    """In seconds and bytes. `total` is for everything together, however the answer trickles in."""

    connect: float = 3.0
    total: float = 5.0
    body: int = 64 * 1024


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Poster:
    def __init__(
        self, targets: Targets, limits: Limits, resolve: Callable[[str], list[str]] = resolve
    ) -> None:
        self._targets = targets
        self._limits = limits
        self._resolve = resolve

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Raises TargetRefused or PostFailed."""
        target = self._targets.check(url)
        seconds = self._limits.total
        try:
            with eventlet.Timeout(seconds, _Over()):
                return self._post(target, body, headers)
        except _Over as over:
            raise NoReply(f"No (whole) answer within {seconds:g} seconds.") from over

    def _post(self, target: Target, body: bytes, headers: Mapping[str, str]) -> Reply:
        # The name is looked up once: what was checked is what is connected to.
        connection = _Connection(target, self._connect(target, self._addresses(target)))
        try:
            connection.request("POST", target.path, body, {**headers, "Host": target.authority})
            answer = connection.getresponse()
            content = _content(answer, self._limits.body)
        except TimeoutError as error:
            raise NoReply("No answer in time.") from error
        except OSError as error:
            raise NoReply("The connection was lost before there was an answer.") from error
        except HTTPException as error:
            raise NotUnderstood("The answer is not HTTP.") from error
        finally:
            connection.close()
        return Reply(answer.status, _plain(answer.headers), content)

    def _addresses(self, target: Target) -> list[str]:
        try:
            found = self._resolve(target.host)
        except OSError as error:
            raise Unreachable(f"The name {target.host} leads nowhere.") from error
        if not found:
            raise Unreachable(f"The name {target.host} leads nowhere.")
        # All of them: one that is public does not make up for one that is not.
        if not target.is_listed and not all(is_public(one) for one in found):
            raise TargetRefused(
                f"{target.host} leads to an address that is not on the public internet; we do not post there."
            )
        return found[:ADDRESSES_TRIED]

    def _connect(self, target: Target, addresses: list[str]) -> socket.socket:
        failure = Unreachable(f"{target.host} cannot be reached on port {target.port}.")
        for address in addresses:
            try:
                plain = socket.create_connection((address, target.port), self._limits.connect)
            except OSError as error:
                failure.__cause__ = error
                continue
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            secured = _secured(plain, target)
            secured.settimeout(self._limits.total)  # from here on it may think as long as that
            return secured
        raise failure


class _Over(BaseException):
    """The time is over. Not an Exception, so that nothing on the way takes it for a fault of its own."""


class _Connection(HTTPConnection):
    """On a socket that is open already."""

    def __init__(self, target: Target, opened: socket.socket) -> None:
        super().__init__(target.host, target.port)
        self.sock = opened
        self.auto_open = 0


def _secured(plain: socket.socket, target: Target) -> socket.socket:
    if target.scheme == "http":
        return plain
    # Apart, since a handshake that fails in the making leaves a socket behind that nobody can close.
    secured = _tls().wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
    try:
        secured.do_handshake()
        return secured
    except ssl.SSLCertVerificationError as error:
        secured.close()
        raise Unreachable(
            f"The certificate of {target.host} is not good: {error.verify_message[:120]}."
        ) from error
    except OSError as error:  # ssl.SSLError is one
        secured.close()
        raise Unreachable(f"{target.host} does not speak TLS on port {target.port}.") from error
    except BaseException:
        secured.close()
        raise


def _content(answer: HTTPResponse, most: int) -> bytes:
    content = answer.read(most + 1)
    if len(content) > most:
        raise NotUnderstood(f"The answer is larger than {most // 1024} kB.")
    if answer.length:
        raise NotUnderstood("The answer is shorter than it says.")
    return content


@cache
def _tls() -> ssl.SSLContext:
    """Made once: reading the authorities costs more than a delivery. SSL_CERT_FILE names others."""
    context = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _plain(headers: HTTPMessage) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
