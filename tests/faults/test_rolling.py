"""A rolling restart of everything, replica after replica, under load: no request fails."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import requests
from servicekit.ids import new_id

from .house import House

SERVICES = ("intake", "catalog", "dispatch", "monitoring", "notifications", "gateway")
CLIENTS = 3


@dataclass
class Edge:
    """What stands before several gateways: it asks one, and the other when that gave no answer at all.

    An answer is passed on, whatever it says.
    """

    gateways: list[str]
    seen: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)
    _turn: itertools.count[int] = field(default_factory=itertools.count)

    def ask(self, method: str, path: str, **options: object) -> requests.Response | None:
        first = next(self._turn)
        for n in range(len(self.gateways)):
            address = self.gateways[(first + n) % len(self.gateways)]
            try:
                answer = requests.request(method, f"{address}/v1{path}", timeout=60, **options)  # type: ignore[arg-type]
            except requests.ConnectionError:
                self.seen["passed on"] += 1
                continue
            self.seen[str(answer.status_code)] += 1
            if answer.status_code >= 500:
                self.bad.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
            return answer
        self.bad.append(f"{method} {path}: nobody answered")
        return None


def test_no_request_fails_while_every_replica_is_restarted_in_turn(house: House) -> None:
    system = house.system
    replicas = {name: (name, system.start_replica(name)) for name in SERVICES}
    edge = Edge([system.urls[name] for name in replicas["gateway"]])
    stop = threading.Event()
    clients = [
        threading.Thread(target=report_and_look, args=(house, edge, stop, n), daemon=True)
        for n in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    try:
        for name in SERVICES:
            for replica in replicas[name]:
                system.restart_process(replica)
                time.sleep(0.5)
    finally:
        stop.set()
        for client in clients:
            client.join(90)
        for _, second in replicas.values():
            system.stop_process(second)
    assert edge.bad == []
    assert edge.seen["201"] > 20
    house.assert_all_is_right()


def report_and_look(house: House, edge: Edge, stop: threading.Event, number: int) -> None:
    """Reports, and reads the list and the dossier: each service is needed for one of them."""
    body = {"email": "sanne@meerwal.example", "password": house.system.secrets.demo_password}
    signed_in = edge.ask("POST", "/sessions", json=body)
    assert signed_in is not None
    headers = {"Authorization": f"Bearer {signed_in.json()['token']}"}
    for n in itertools.count():
        if stop.is_set():
            return
        marker, key = f"[rolling-{number}-{n}]", str(new_id())
        report = {"channel": "site", "text": f"Het tocht. {marker}"}
        made = edge.ask("POST", "/requests", json=report, headers={**headers, "Idempotency-Key": key})
        if made is not None and made.status_code == 201:
            house.accepted(marker, key, made.json())
            edge.ask("GET", f"/requests/{made.json()['requestId']}", headers=headers)
        edge.ask("GET", "/requests?limit=10", headers=headers)
        edge.ask("GET", "/products?limit=10", headers=headers)
        time.sleep(0.1)
