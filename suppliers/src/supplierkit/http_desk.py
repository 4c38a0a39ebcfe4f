"""Calls to the desk through its HTTP API. Safe to repeat, so they are repeated until answered."""

from __future__ import annotations

import http.client
import json
import logging
import re
import time
from threading import Event, Lock
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from supplierkit.errors import DeskError, DeskUnavailable
from supplierkit.waiting import pauses

log = logging.getLogger("supplierkit")

# What a Supplier says, and how the API calls it.
ACTIONS = {
    "accept": "accept",
    "refuse": "refuse",
    "report_completion": "complete",
    "confirm_cancellation": "confirm-cancellation",
}
NOT_NOW = frozenset({408, 425, 429, 500, 502, 503, 504})
REMEMBERED = 1000
LONGEST_ANSWER = 4 * 1024 * 1024
_UPPER = re.compile(r"(?<=[a-z0-9])([A-Z])")


class HttpDesk:
    """Safe to use from several threads."""

    def __init__(self, url: str, token: str, timeout: float = 5.0, keep_trying: float = 60.0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the address of the desk looks like https://desk.example.org")
        self._base = url.rstrip("/").removesuffix("/v1") + "/v1"
        self._token = token
        self._timeout = timeout
        self._keep_trying = keep_trying
        self._closed = Event()
        self._lock = Lock()
        self._ids: dict[str, str] = {}
        self._open = build_opener(_Stay).open

    def call(self, method: str, **arguments: Any) -> Any:
        """The order as the desk has it after this. Raises DeskError, DeskUnavailable."""
        number, visit = arguments.pop("order_number"), arguments.pop("visit", None)
        if method == "progress":
            path = "/" + arguments.pop("action").replace("_", "-")
        else:
            path = "" if method == "get_order" else "/" + ACTIONS[method]
        body = None if method == "get_order" else _outside(arguments)
        known = self._ids.get(number)
        if visit is not None:
            return self._of_visit(known or self._find(number), visit, path, body or {})
        try:
            return self._about(known or self._find(number), path, body)
        except DeskError as error:
            if error.code != "work_order_not_found" or known is None:
                raise
        # A desk that was set up anew has another order under this number.
        return self._about(self._find(number), path, body)

    def remember(self, number: Any, order_id: Any) -> None:
        """Which identifier goes with a number: the API wants that."""
        if not (isinstance(number, str) and isinstance(order_id, str)):
            return
        with self._lock:
            self._ids.pop(number, None)
            self._ids[number] = order_id
            while len(self._ids) > REMEMBERED:
                self._ids.pop(next(iter(self._ids)))

    def close(self) -> None:
        self._closed.set()

    def _find(self, number: str) -> str:
        found = self._patiently("GET", f"/work-orders?number={quote(number, safe='')}", None)["items"]
        if not found:
            raise DeskError("work_order_not_found", "You have no order with this number.")
        self.remember(number, found[0]["workOrderId"])
        return str(found[0]["workOrderId"])

    def _about(self, order_id: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        verb = "GET" if body is None else "POST"
        answer = self._patiently(verb, f"/work-orders/{quote(order_id, safe='')}{path}", body)
        shown = {_snake(name): value for name, value in answer.items()}
        return shown | {"order_number": shown["number"], "order_id": shown["work_order_id"]}

    def _of_visit(self, order_id: str, version: int, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Said of all orders of the visit that this one is in. The order as it is then, and `outcomes`."""
        found = self._patiently("GET", f"/work-orders/{quote(order_id, safe='')}/company", None)["visit"]
        if found is None:
            raise DeskError("no_visit", "This order is in no visit (any more).")
        done = self._patiently("POST", f"/visits/{found['visitId']}{path}", body, version)
        order: dict[str, Any] = next((each for each in done["orders"] if each["workOrderId"] == order_id), {})
        outcomes = [
            {"order_number": each["number"], "outcome": each["outcome"], "text": each.get("text")}
            for each in done.get("outcomes") or ()
        ]
        return {**{_snake(name): value for name, value in order.items()}, "outcomes": outcomes}

    def _patiently(
        self, verb: str, path: str, body: dict[str, Any] | None, version: int | None = None
    ) -> Any:
        given_up = time.monotonic() + self._keep_trying
        for pause in pauses(first=0.2, longest=5.0):
            try:
                return self._once(verb, path, body, version)
            except _NotNow as error:
                if time.monotonic() + pause > given_up or self._closed.wait(pause):
                    raise DeskUnavailable(f"{verb} {path}: {error}") from error
                log.warning("%s %s: %s; trying again", verb, path, error)
        raise AssertionError("pauses never end")

    def _once(self, verb: str, path: str, body: dict[str, Any] | None, version: int | None) -> Any:
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        data = None
        if body is not None:
            headers["Content-Type"], data = "application/json", json.dumps(body).encode()
        request = Request(self._base + path, data, headers, method=verb)
        try:
            with self._open(request, timeout=self._timeout) as answer:
                return json.loads(answer.read(LONGEST_ANSWER))
        except HTTPError as error:
            with error:
                raise _refusal(error) from None
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            raise _NotNow(f"{type(error).__name__}: {error}") from error


class _NotNow(Exception):
    """Nobody answered, or not now."""


class _Stay(HTTPRedirectHandler):
    """Does not follow: the token is for this desk."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _refusal(error: HTTPError) -> Exception:
    try:
        problem = json.loads(error.read(LONGEST_ANSWER))
    except (ValueError, OSError):
        problem = {}
    problem = problem if isinstance(problem, dict) else {}
    detail = str(problem.get("detail") or problem.get("title") or f"The desk answered {error.code}.")
    if fields := problem.get("errors"):
        detail += f" {json.dumps(fields, ensure_ascii=False)}"
    if error.code in NOT_NOW:
        return _NotNow(detail)
    return DeskError(str(problem.get("code") or f"http_{error.code}"), detail)


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)


def _outside(value: Any) -> Any:
    """With the names of the API, also in lines."""
    if isinstance(value, dict):
        return {_camel(name): _outside(each) for name, each in value.items()}
    return [_outside(each) for each in value] if isinstance(value, list) else value


def _snake(name: str) -> str:
    return _UPPER.sub(lambda found: "_" + found.group(1).lower(), name)
