"""Lepel & Lade, the demo's supplier with a webhook: where it listens, and what it comes in with."""

from __future__ import annotations

import json
import os
from pathlib import Path

from servicekit.embedded.ports import LOOPBACK, free_ports, is_free
from servicekit.embedded.programs import EmbeddedError

from deskcli.importing.api import Api, ApiError, Json

SLUG, PROCESS = "lepel-lade", "supplier-lepel-lade"


def port(kept: Path) -> int:
    """The same as last time where that is possible: the desk has it in the supplier's address."""
    known = int(kept.read_text(encoding="ascii")) if kept.exists() else 0
    if known and is_free(known):
        return known
    chosen = free_ports(1)[0]
    kept.write_text(str(chosen), encoding="ascii")
    return chosen


def address(host: str, port: int) -> str:
    return f"http://{host}:{port}/orders"


def settle(base_url: str, token: str, listens_at: str, credentials: Path) -> bool:
    """Tell the desk where it listens now, and let it in, once: who shut it out meant it. Says whether it has
    something to come in with. Raises EmbeddedError.
    """
    try:
        with Api(base_url, token) as api:
            known = [one for one in api.get("/suppliers")["items"] if one["slug"] == SLUG]
            for supplier in known:
                _move(api, supplier, listens_at)
                lost = supplier["standing"] == "granted" and not credentials.exists()
                if supplier["standing"] == "never" or lost:
                    _keep(api.post(f"/suppliers/{supplier['providerId']}/access", {}), credentials)
            return bool(known) and credentials.exists()
    except ApiError as error:
        raise EmbeddedError(f"the demo's supplier {SLUG} could not be let in ({error}).") from error


def _move(api: Api, supplier: Json, listens_at: str) -> None:
    """Only its own addresses: the demo's file has one that leads nowhere."""
    now = supplier["address"] or ""
    if supplier["delivery"] != "webhook" or now == listens_at:
        return
    if now.startswith(f"http://{LOOPBACK}:") or ".example/" in now:
        wanted = {name: supplier[name] for name in ("slug", "name", "delivery")}
        api.post("/providers", {**wanted, "kind": "supplier", "address": listens_at})


def _keep(invited: Json, credentials: Path) -> None:
    given = {"token": invited["credential"]["token"], "secret": invited["credential"]["signingSecret"]}
    credentials.unlink(missing_ok=True)
    descriptor = os.open(credentials, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(given, file)
