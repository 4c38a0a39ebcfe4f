"""Everybody who works while things break: who there is, and what each of them is given to work with."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from servicekit.embedded.programs import EmbeddedError

from deskcli.faults.client import Client
from deskcli.faults.ledger import Json, Ledger
from deskcli.faults.load.agent import Agent
from deskcli.faults.load.reporter import Reporter
from deskcli.faults.load.team import Team
from deskcli.faults.load.timekeeper import Timekeeper

DOMAIN = "meerwal.example"
# Carried out by a supplier over RPC, by RPC and then a team, by webhook, by webhook and then teams, by teams.
PRODUCTS = (
    "heating-fault", "heating-fault", "lift-fault", "coffee-for-meeting", "meeting-lunch", "lamp-broken",
    "door-or-lock", "furniture",
)  # fmt: skip
ELSEWHERE = ("technische-dienst", "huisdienst", "vonk-val", "lepel-lade")
CATALOGUE_SECONDS = 60.0


class Worker(Protocol):
    def start(self) -> None: ...

    def join(self, seconds: float) -> bool: ...


class Crew:
    """Starts them all, and ends them all. `clock` is the demo clock's file; None: time is left alone."""

    def __init__(self, address: str, password: str, ledger: Ledger, seed: int, clock: Path | None) -> None:
        self._address = address
        self._password = password
        self.ledger = ledger
        self._seed = seed
        self._clock = clock
        self._stop = threading.Event()
        self._workers: list[Worker] = []

    def start(self) -> None:
        """Raises EmbeddedError when the catalogue is not there to be worked with."""
        self._workers = list(self._hired())
        for worker in self._workers:
            worker.start()

    def stop(self, seconds: float) -> int:
        """Let everybody end what they have begun. Answers how many had not ended in time."""
        self._stop.set()
        until = time.monotonic() + seconds
        return sum(not worker.join(max(0.1, until - time.monotonic())) for worker in self._workers)

    def client(self, name: str) -> Client:
        email = f"{name}@{DOMAIN}"
        return Client(self._address, email, self._password, self.ledger, self._stop)

    def _hired(self) -> Iterator[Worker]:
        desk = self.client("amira")
        known = _catalogue(desk)
        products = [known[slug] for slug in PRODUCTS]
        providers = {each["slug"]: each["providerId"] for each in _all(desk, "/providers")}
        people = _all(desk, "/people", q="Sanne") + _all(desk, "/people", q="Daan")
        teams = [providers[slug] for slug in ELSEWHERE]
        for name in ("sanne", "daan"):
            yield Reporter(self.client(name), self._chance(name), self._stop, products)
        for name in ("amira", "joost"):
            yield Agent(self.client(name), self._chance(name), self._stop, products, people, teams)
        for name in ("tom", "petra"):
            yield Team(self.client(name), self._chance(name), self._stop)
        if self._clock:
            yield Timekeeper(self._clock, self._chance("time"), self._stop)

    def _chance(self, name: str) -> random.Random:
        """Each has a chance of their own, so that what one does depends on nobody else's speed."""
        return random.Random(f"{self._seed} {name}")


def _catalogue(desk: Client) -> dict[str, Json]:
    """By slug, as soon as intake has heard of all of it."""
    until = time.monotonic() + CATALOGUE_SECONDS
    while True:
        found = {each["slug"]: each for each in _all(desk, "/products", limit=100)}
        if set(PRODUCTS) <= set(found):
            return found
        if time.monotonic() > until:
            raise EmbeddedError("the catalogue has not the products that the load needs.")
        time.sleep(0.5)


def _all(desk: Client, path: str, **query: Any) -> list[Json]:
    found = desk.read(path, **query)
    if found is None:
        raise EmbeddedError(f"{path} can't be read.")
    return list(found["items"])
