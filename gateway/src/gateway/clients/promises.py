"""What requesters are promised: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class Promises(Client):
    __slots__ = ()

    def make_promise(self, request_id: str, version: int, **promise: Any) -> Json:
        return self._call("make_promise", {"request_id": request_id, "version": version, **promise})

    def list_promises(self, **filters: Any) -> Json:
        return self._call("list_promises", filters)
