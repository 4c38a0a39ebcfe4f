"""Broker or database away, or there and silent: commands are refused clearly or kept, never half done; what
needs neither goes on; and nobody has to put anything right afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import pytest
import requests

from .house import House, until

AWAY_SECONDS = 10.0  # `./desk faults` keeps them away for a minute
CLEAR_SECONDS = 8.0  # within which whoever asks hears that it can't be done now
SILENT_SECONDS = 25.0  # when a server answers the kernel and nobody else
CODES = ("broker_away", "broker_lost", "no_answer", "database_away")

# Who is away -> what goes on without it (method, path, status).
GOES_ON = {
    "rabbitmq": (("GET", "/v1/openapi.json", 200), ("GET", "/livez", 200), ("POST", "/v1/sessions", 201)),
    "postgres": (("GET", "/v1/openapi.json", 200), ("GET", "/livez", 200)),
}


@dataclass
class Impatient:
    """Asks once, notes how long it took to hear no, and asks again when all is well, under its old key."""

    house: House
    token: str = ""
    refused: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.token = self.post("/v1/sessions", credentials(self.house), {}).json()["token"]

    def report(self, marker: str) -> None:
        began = time.monotonic()
        answer = self._report(marker)
        if answer.status_code == 201:
            self.house.accepted(marker, marker, answer.json())
            return
        assert answer.status_code == 503, answer.text
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        problem = answer.json()
        assert problem["status"] == 503
        assert problem["detail"]
        assert problem["code"] in CODES
        self.refused[marker] = time.monotonic() - began

    def ask_again(self) -> None:
        for marker in self.refused:
            answer = self._report(marker)
            assert answer.status_code == 201, answer.text
            self.house.accepted(marker, marker, answer.json())

    def post(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> requests.Response:
        return requests.post(self.house.system.urls["gateway"] + path, json=body, headers=headers, timeout=30)

    def _report(self, marker: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": marker}
        return self.post("/v1/requests", {"channel": "site", "text": f"Nu even niet. {marker}"}, headers)


@contextmanager
def under_load(house: House, seed: int, trouble: AbstractContextManager[None]) -> Iterator[Impatient]:
    """What is in the context is done while the trouble lasts; then all must come right by itself."""
    client = Impatient(house)
    with house.at_work(seed):
        time.sleep(2)
        with trouble:
            yield client
        until(lambda: status_of(house, "GET", "/readyz") == 200, "the whole house to be ready")
    client.ask_again()
    house.assert_all_is_right()


@pytest.mark.parametrize("name", ["rabbitmq", "postgres"])
def test_nothing_is_half_done_while_it_is_away_and_all_goes_on_when_it_is_back(
    house: House, name: str
) -> None:
    with under_load(house, 1, house.without(name, AWAY_SECONDS)) as client:
        for n in range(4):
            client.report(f"[away-{name}-{n}]")
        for method, path, status in GOES_ON[name]:
            assert status_of(house, method, path) == status
    assert len(client.refused) == 4
    assert median(client.refused.values()) < CLEAR_SECONDS, client.refused  # one may meet a busy machine


@pytest.mark.parametrize("name", ["rabbitmq", "postgres"])
def test_nothing_is_half_done_while_it_is_there_and_silent(house: House, name: str) -> None:
    """Worse than away: connections stay open, and nothing comes back on them."""
    with under_load(house, 2, house.frozen(name)) as client:
        for n in range(2):
            client.report(f"[silent-{name}-{n}]")
    assert max(client.refused.values(), default=0) < SILENT_SECONDS, client.refused


def status_of(house: House, method: str, path: str) -> int:
    body = credentials(house) if method == "POST" else None
    return requests.request(method, house.system.urls["gateway"] + path, json=body, timeout=15).status_code


def credentials(house: House) -> dict[str, str]:
    return {"email": "sanne@meerwal.example", "password": house.system.secrets.demo_password}
