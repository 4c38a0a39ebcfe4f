"""Pages as a browser sees them, with the bus played by hand."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from gateway.house import House
from gateway.http.application import Application
from gateway.pages import cookies
from gateway.storage.accounts import token_hash
from gateway.testing import FakeTransport
from servicekit.actor import Actor
from werkzeug.test import Client, TestResponse

ACCOUNT_ID = "01926f00-2000-7a01-8e44-8f9a0b1c2d01"
FAR_AWAY = datetime(2100, 1, 1, tzinfo=UTC)

HTML = {"Accept": "text/html"}
_MARK = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Browser:
    """One browser, signed in or not. `post` sends the mark of the page before, as a form on it would."""

    client: Client
    mark: str = ""

    def get(self, path: str, **headers: str) -> TestResponse:
        response = self.client.get(path, headers={**HTML, **headers}, base_url="https://desk.example")
        if found := _MARK.search(response.text):
            self.mark = found[1]
        return response

    def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> TestResponse:
        data = {"csrf": self.mark, **(fields or {})}
        return self.client.post(path, data=data, headers={**HTML, **headers}, base_url="https://desk.example")


@pytest.fixture
def browser(application: Application, transport: FakeTransport, house: House) -> Callable[..., Browser]:
    """browser("agent") is the browser of somebody with that role, browser() that of a stranger."""

    house.often._windows.clear()  # the house is that of all tests

    def open_browser(*roles: str, **details: Any) -> Browser:
        client = Client(application)
        if roles:
            token = "sds_page-" + "-".join(roles)
            actor = Actor(kind="person", id=ACCOUNT_ID, name="Somebody", roles=frozenset(roles), **details)
            house.gate._remembered[token_hash(token)] = (time.monotonic() + 3600, actor, FAR_AWAY)
            client.set_cookie(cookies.SESSION, token, domain="desk.example", secure=True)
        return Browser(client)

    return open_browser
