"""Lepel & Lade, the demo's supplier with a webhook: where it listens, and what it comes in with."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from servicekit.embedded.ports import LOOPBACK, free_ports, is_free
from servicekit.embedded.programs import EmbeddedError

from deskcli.importing.api import Api, ApiError, Json

SLUG, PROCESS = "lepel-lade", "supplier-lepel-lade"
NOWHERE = "https://bestellingen.lepel-lade.example/servicedesk"  # as the demo's file has it


@dataclass(frozen=True)
class Place:
    """Where it listens, and the file with what it comes in with. `before`: addresses that were its own."""

    port: int
    address: str
    credentials: Path
    before: tuple[str, ...] = (NOWHERE,)

    @classmethod
    def on_this_machine(cls, folder: Path) -> Self:
        """The same port as last time where that is possible: the desk knows the address."""
        kept = folder / "webhook-port"
        last = int(kept.read_text(encoding="ascii")) if kept.exists() else 0
        port = last if last and is_free(last) else free_ports(1)[0]
        kept.write_text(str(port), encoding="ascii")
        before = (NOWHERE, f"http://{LOOPBACK}:{last}/orders")
        return cls(port, f"http://{LOOPBACK}:{port}/orders", folder / f"{PROCESS}.json", before)


def settle(base_url: str, token: str, place: Place) -> bool:
    """Tell the desk where it listens now, and let it in, once: who shut it out meant it. Says whether it has
    something to come in with. Raises EmbeddedError.
    """
    try:
        with Api(base_url, token) as api:
            known = [one for one in api.get("/suppliers")["items"] if one["slug"] == SLUG]
            for supplier in known:
                if supplier["address"] in place.before and supplier["address"] != place.address:
                    move(api, supplier, place.address)
                lost = supplier["standing"] == "granted" and not place.credentials.exists()
                if supplier["standing"] == "never" or lost:
                    _keep(api.post(f"/suppliers/{supplier['providerId']}/access", {}), place.credentials)
            return bool(known) and place.credentials.exists()
    except ApiError as error:
        raise EmbeddedError(f"the demo's supplier {SLUG} could not be let in ({error}).") from error


def move(api: Api, supplier: Json, address: str) -> None:
    """Let its orders be posted to another address. Raises ApiError."""
    kept = {name: supplier[name] for name in ("slug", "name", "delivery")}
    api.post("/providers", {**kept, "kind": "supplier", "address": address})


def _keep(invited: Json, credentials: Path) -> None:
    given = {"token": invited["credential"]["token"], "secret": invited["credential"]["signingSecret"]}
    credentials.unlink(missing_ok=True)
    descriptor = os.open(credentials, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(given, file)
