"""The WSGI application: finds the endpoint, lets it answer, and sees to what holds for every answer.

An endpoint is any callable that takes an `Exchange` and answers a werkzeug Response. API operations and
health checks are endpoints, and so will pages be.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from servicekit.engine import is_database_away
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import MethodNotAllowed as NoSuchMethod
from werkzeug.exceptions import NotFound as NoSuchPath
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from gateway.http import correlation, headers, problems
from gateway.http.errors import (
    BadRequest,
    BodyTooLarge,
    MethodNotAllowed,
    Overloaded,
    UnsupportedMediaType,
)
from gateway.http.metrics import Observer
from servicekit import errors, logs

Environ = dict[str, Any]
WARN_SECONDS = 2.0
# What werkzeug raises by itself: a field that a form lacks, a body that it finds too large.
OF_WERKZEUG: dict[int, errors.ServiceError] = {
    400: BadRequest("not_readable", "The request can't be read."),
    404: errors.NotFound("not_found", "There is no such thing."),
    413: BodyTooLarge("too_large", "The request is too large."),
    415: UnsupportedMediaType("unsupported_media_type", "This kind of content is not taken here."),
}


@dataclass(slots=True)
class Exchange:
    """One HTTP request on its way through the house. `values` are the variables of the path, as text."""

    environ: Environ
    correlation_id: str
    values: dict[str, str] = field(default_factory=dict)


Endpoint = Callable[[Exchange], Response]


@dataclass(frozen=True)
class Route:
    """`path` in werkzeug's notation. An `always` route answers even when the house is full (health
    checks)."""

    method: str
    path: str
    endpoint: Endpoint
    always: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


# How a refusal is told where the route itself could not: an answer, or None for a problem document.
Refuse = Callable[[errors.ServiceError, Exchange], Response | None]


class Application:
    def __init__(
        self, routes: Iterable[Route], *, max_concurrent: int = 200, refuse: Refuse = lambda *_: None
    ) -> None:
        rules = [Rule(route.path, methods=[route.method], endpoint=route) for route in routes]
        url_map = Map(rules, strict_slashes=False, merge_slashes=False, redirect_defaults=False)
        self._router = url_map.bind("gateway")
        self._max_concurrent = max_concurrent
        self._tell_refusal = refuse
        self._observer = Observer()
        self._log = logs.logger("http")
        self.running = 0

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        started = time.perf_counter()
        exchange = Exchange(environ, correlation.accept(environ.get("HTTP_X_CORRELATION_ID")))
        with logs.bound(correlation_id=exchange.correlation_id):
            name, response = self._respond(exchange)
            seconds = time.perf_counter() - started
            if seconds > WARN_SECONDS:
                self._log.warning("slow answer", route=name, seconds=round(seconds, 3))
        self._observer.observe(name, response.status_code, seconds)
        extra = [("API-Version", headers.API_VERSION), (correlation.HEADER, exchange.correlation_id)]

        def start(status: str, given: list[tuple[str, str]], *exc_info: Any) -> Any:
            return start_response(status, headers.with_security(given) + extra, *exc_info)

        return response(environ, start)

    def _respond(self, exchange: Exchange) -> tuple[str, Response]:
        """The name of the route and its answer; nothing gets out of here as an exception."""
        name = "unknown"
        try:
            route, exchange.values = self._find(exchange.environ)
            name = route.name
            return name, self._run(route, exchange)
        except errors.ServiceError as error:
            return name, self._refuse(error, exchange, name)
        except Exception as fault:
            return name, self._refuse(self._explain(fault, name), exchange, name)

    def _run(self, route: Route, exchange: Exchange) -> Response:
        if self.running >= self._max_concurrent and not route.always:
            raise Overloaded(
                "too_busy", "Too many requests are being answered right now. Try again in a second."
            )
        self.running += 1
        try:
            return route.endpoint(exchange)
        finally:
            self.running -= 1

    def _explain(self, fault: Exception, name: str) -> errors.ServiceError:
        if is_database_away(fault):
            return errors.Unavailable(
                "database_away", "The accounts can't be looked up right now. Try again."
            )
        if isinstance(fault, HTTPException) and fault.code in OF_WERKZEUG:
            return OF_WERKZEUG[fault.code]
        self._log.error("fault", route=name, exc_info=fault)
        return errors.Internal("fault")

    def _refuse(self, error: errors.ServiceError, exchange: Exchange, name: str) -> Response:
        response = self._tell_refusal(error, exchange) or problems.response(error, exchange.correlation_id)
        if response.status_code >= 500:
            self._log.error(
                "failed", route=name, code=error.code, detail=error.detail, kind=type(error).__name__
            )
        return response

    def _find(self, environ: Environ) -> tuple[Route, dict[str, str]]:
        try:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8")
        except UnicodeError as error:
            raise BadRequest("bad_path", "The path is not UTF-8.") from error
        try:
            route, values = self._router.match(path, method=environ["REQUEST_METHOD"])
        except NoSuchMethod as error:
            raise MethodNotAllowed(list(error.valid_methods or ())) from None
        except NoSuchPath:
            raise errors.NotFound("no_such_path", "There is nothing at this address.") from None
        return route, {name: str(value) for name, value in values.items()}
