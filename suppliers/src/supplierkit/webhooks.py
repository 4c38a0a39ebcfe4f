"""Orders by signed webhook, and words back through the desk's HTTP API. Needs no broker, and no package.

`Webhooks` brings a small server of its own; `wsgi(supplier)` is for those who have one. Both speak plain
HTTP: put the server that has your certificate in front.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplierkit.answering import Answering
from supplierkit.http_desk import HttpDesk
from supplierkit.http_server import HttpServer
from supplierkit.signatures import NotSigned, key_of, verify

if TYPE_CHECKING:
    from supplierkit.supplier import Supplier

log = logging.getLogger("supplierkit")

METHODS = {
    "work_order.issued": ("receive_order", ("order",)),
    "work_order.cancellation_requested": ("cancel_order", ("order_number", "reason")),
    "work_order.reminded": ("remind_order", ("order_number", "about", "since")),
    "work_order.visit_planned": ("receive_visit", ("order_number", "visit")),
}
LONGEST_BODY = 1024 * 1024

Response = tuple[int, dict[str, Any]]


class Webhooks:
    """A line by HTTP: `Plumber(Webhooks("https://desk.example.org", token=..., secret=...)).run()`."""

    record: str | Path | None = None

    def __init__(
        self, desk: str, *, token: str, secret: str, port: int = 8080, host: str = "127.0.0.1"
    ) -> None:
        """`desk` is the address of its API, `token` and `secret` are what it gave you. The server listens on
        `host` and `port`, on every path. Raises ValueError.
        """
        key_of(secret)
        self.user = f"{host}:{port}"
        self._desk = desk
        self._token = token
        self._secret = secret
        self._where = host, port
        self._answering: Answering | None = None

    def desk(self, timeout: float, keep_trying: float) -> HttpDesk:
        self._client = HttpDesk(self._desk, self._token, timeout, keep_trying)
        return self._client

    def listener(self, answering: Answering, workers: int) -> HttpServer:
        self._answering = answering
        return HttpServer(self._where, self.respond, workers, LONGEST_BODY)

    def respond(self, headers: Mapping[str, str], body: bytes) -> Response:
        """What to answer to one POST: a status and a JSON object. Never raises."""
        assert self._answering is not None, "give this to a Supplier first"
        try:
            verify(self._secret, headers, body)
        except NotSigned as error:
            log.warning("a webhook was turned away: %s", error)
            return 401, {"detail": str(error)}
        try:
            method, arguments, about = _read(body)
        except (ValueError, KeyError, TypeError, AttributeError):
            return 400, {"detail": "This is not a message that this supplier knows."}
        self._client.remember(about.get("order_number"), about.get("order_id"))
        try:
            return 200, self._answering.call(method, arguments)
        except Exception as error:
            log.exception("%s failed", method)
            return 500, {"detail": str(error)[:500] or type(error).__name__}


def wsgi(supplier: Supplier) -> Callable[..., Iterable[bytes]]:
    """A WSGI application that takes the supplier's webhooks, at whatever path you put it. Do not call its
    `run()` then.
    """
    line = supplier.line
    if not isinstance(line, Webhooks):
        raise ValueError("this supplier has another line than supplierkit.webhooks.Webhooks")

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        status, answer = _over_wsgi(line, environ)
        body = json.dumps(answer).encode()
        start(f"{status} .", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return application


def _over_wsgi(line: Webhooks, environ: dict[str, Any]) -> Response:
    if environ["REQUEST_METHOD"] != "POST":
        return 405, {"detail": "Orders are posted."}
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LONGEST_BODY:
        return 413, {"detail": "This is too large for an order."}
    headers = {
        name.removeprefix("HTTP_").replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    return line.respond(headers, environ["wsgi.input"].read(int(length)))


def _read(body: bytes) -> tuple[str, dict[str, Any], dict[str, Any]]:
    message = json.loads(body)
    method, names = METHODS[message["type"]]
    data: dict[str, Any] = message["data"]
    return method, {name: data.get(name) for name in names}, data
