"""Broker or database away: commands are refused clearly or kept, what needs neither goes on."""

from __future__ import annotations

import time

import pytest
import requests

from .house import House, until

AWAY_SECONDS = 12.0  # `./desk faults` keeps them away for a minute
pytestmark = pytest.mark.timeout(240)

# Who is away -> what goes on without it (method, path, status).
GOES_ON = {
    "rabbitmq": (("GET", "/v1/openapi.json", 200), ("GET", "/livez", 200), ("POST", "/v1/sessions", 201)),
    "postgres": (("GET", "/v1/openapi.json", 200), ("GET", "/livez", 200)),
}


@pytest.mark.parametrize("away", ["rabbitmq", "postgres"])
def test_nothing_is_half_done_while_it_is_away_and_all_goes_on_when_it_is_back(
    house: House, away: str
) -> None:
    with house.at_work(seed=len(away)):
        time.sleep(2)
        with house.without(away, AWAY_SECONDS):
            refusals = [one for n in range(4) if (one := refused(house, f"[away-{away}-{n}]"))]
            for method, path, status in GOES_ON[away]:
                assert answers(house, method, path) == status
        until(lambda: answers(house, "GET", "/readyz") == 200, "the whole house to be ready", 30)
    assert len(refusals) == 4
    assert all(seconds < 8 for seconds in refusals)
    house.assert_all_is_right()


def refused(house: House, marker: str) -> float | None:
    """Report once, and do not ask again; how long it took to hear that it can't be done now, or None."""
    url, began = house.system.urls["gateway"], time.monotonic()
    answer = requests.post(
        f"{url}/v1/requests",
        json={"channel": "site", "text": f"Nu even niet. {marker}"},
        headers={"Authorization": token(house), "Idempotency-Key": marker},
        timeout=15,
    )
    if answer.status_code == 201:
        house.accepted(marker, marker, answer.json())
        return None
    assert answer.status_code == 503, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["status"] == 503
    assert problem["detail"]
    assert problem["code"] in ("broker_away", "broker_lost", "no_answer", "database_away")
    return time.monotonic() - began


TOKENS: dict[str, str] = {}


def token(house: House) -> str:
    """Signed in while all was well."""
    return TOKENS[house.system.urls["gateway"]]


@pytest.fixture(autouse=True)
def _signed_in(house: House) -> None:
    url = house.system.urls["gateway"]
    answer = requests.post(f"{url}/v1/sessions", json=credentials(house), timeout=10)
    TOKENS[url] = f"Bearer {answer.json()['token']}"


def credentials(house: House) -> dict[str, str]:
    return {"email": "sanne@meerwal.example", "password": house.system.secrets.demo_password}


def answers(house: House, method: str, path: str) -> int:
    body = credentials(house) if method == "POST" else None
    return requests.request(method, house.system.urls["gateway"] + path, json=body, timeout=15).status_code
