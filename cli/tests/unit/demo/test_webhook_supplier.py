"""Where the demo's supplier with a webhook listens, and how it is let in."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from deskcli.demo import webhook_supplier
from deskcli.demo.data import load
from deskcli.demo.webhook_supplier import NOWHERE, SLUG, Place, settle

HERE = "http://127.0.0.1:20001/orders"


class Desk:
    """Stands in for the API: one supplier, as it is now."""

    def __init__(self, *_: Any) -> None:
        self.posted: list[tuple[str, Any]] = []
        self.supplier = {
            "providerId": "p1", "slug": SLUG, "name": "Lepel & Lade", "delivery": "webhook",
            "address": NOWHERE, "standing": "never",
        }  # fmt: skip

    def __call__(self, *_: Any) -> Desk:
        return self

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None: ...

    def get(self, path: str) -> Any:
        return {"items": [self.supplier]}

    def post(self, path: str, body: Any) -> Any:
        self.posted.append((path, body))
        return {"credential": {"token": "sdp_1", "signingSecret": "whsec_1", "tokenExpiresAt": "2027"}}


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    monkeypatch.setattr(webhook_supplier, "Api", desk)
    return desk


def place(folder: Path) -> Place:
    return Place(20001, HERE, folder / "given.json")


def test_it_keeps_its_port(tmp_path: Path) -> None:
    first, second = Place.on_this_machine(tmp_path), Place.on_this_machine(tmp_path)
    assert first.port == second.port
    assert first.address == f"http://127.0.0.1:{first.port}/orders"


def test_it_moves_when_somebody_else_has_its_port(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        (tmp_path / "webhook-port").write_text(str(taken))
        moved = Place.on_this_machine(tmp_path)
    assert moved.port != taken
    assert f"http://127.0.0.1:{taken}/orders" in moved.before


def test_at_first_it_is_given_an_address_and_let_in(desk: Desk, tmp_path: Path) -> None:
    assert settle("http://desk", "token", place(tmp_path))
    (moved, invited) = desk.posted
    assert (moved[0], moved[1]["slug"], moved[1]["address"]) == ("/providers", SLUG, HERE)
    assert invited == ("/suppliers/p1/access", {})
    kept = tmp_path / "given.json"
    assert json.loads(kept.read_text()) == {"token": "sdp_1", "secret": "whsec_1"}
    assert kept.stat().st_mode & 0o777 == 0o600


def test_afterwards_nothing_is_changed(desk: Desk, tmp_path: Path) -> None:
    settle("http://desk", "token", place(tmp_path))
    desk.posted.clear()
    desk.supplier |= {"address": HERE, "standing": "granted"}
    assert settle("http://desk", "token", place(tmp_path))
    assert desk.posted == []


def test_who_shut_it_out_or_sent_its_orders_elsewhere_meant_it(desk: Desk, tmp_path: Path) -> None:
    desk.supplier |= {"address": "https://orders.example.com/", "standing": "revoked"}
    assert not settle("http://desk", "token", place(tmp_path))
    assert desk.posted == []


def test_what_it_was_given_and_lost_is_given_anew(desk: Desk, tmp_path: Path) -> None:
    desk.supplier |= {"address": HERE, "standing": "granted"}
    assert settle("http://desk", "token", place(tmp_path))
    assert [path for path, _ in desk.posted] == ["/suppliers/p1/access"]


def test_the_demos_file_names_the_address_that_is_replaced() -> None:
    assert [one["address"] for one in load("providers") if one["slug"] == SLUG] == [NOWHERE]
