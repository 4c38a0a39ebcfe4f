"""Sends a call as it is, however wrong, and takes the answer as it comes."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from deskcli.fuzzing.calls import Call

HANG_SECONDS = 30.0


@dataclass(frozen=True)
class Reply:
    """`status` is 0 when there was no answer; `trouble` says why. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    trouble: str = ""


class Sender:
    """One connection that is kept, and made anew when it broke."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=HANG_SECONDS)

    def send(self, call: Call) -> Reply:
        """Tried a second time on a new connection when an old one turns out to be closed: nobody has seen
        the first try.
        """
        kept = self._connection.sock is not None
        reply = self._once(call)
        if kept and reply.trouble == "cut off" and call.operation.method == "GET":
            reply = self._once(call)
        return reply

    def close(self) -> None:
        self._connection.close()

    def _once(self, call: Call) -> Reply:
        began = time.monotonic()
        headers = {name: value.encode("utf-8") for name, value in call.headers.items()}
        if call.token is not None:
            headers["Authorization"] = f"Bearer {call.token}".encode()
        body = [call.body or b""] if call.chunked else call.body
        try:
            self._connection.request(
                call.operation.method, call.target, body, headers, encode_chunked=call.chunked
            )
            answer = self._connection.getresponse()
            content = answer.read()
        except TimeoutError:
            return self._broken("no answer in time", began)
        except (OSError, http.client.HTTPException):
            return self._broken("cut off", began)
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, told, content, time.monotonic() - began)

    def _broken(self, trouble: str, began: float) -> Reply:
        with contextlib.suppress(OSError):
            self._connection.close()
        return Reply(0, {}, b"", time.monotonic() - began, trouble)
