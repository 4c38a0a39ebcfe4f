"""What keeps coming back outside the catalogue: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class Repeats(Client):
    __slots__ = ()

    def list_repeats(self, **query: Any) -> Json:
        return self._call("list_repeats", query)

    def get_repeat(self, repeat_id: str) -> Json:
        return self._call("get_repeat", {"repeat_id": repeat_id})

    def propose_repeat(self, repeat_id: str, version: int) -> Json:
        return self._call("propose_repeat", {"repeat_id": repeat_id, "version": version})

    def set_repeat_aside(self, repeat_id: str, version: int, reason: str) -> Json:
        return self._call("set_repeat_aside", {"repeat_id": repeat_id, "version": version, "reason": reason})

    def take_repeat_back(self, repeat_id: str, version: int) -> Json:
        return self._call("take_repeat_back", {"repeat_id": repeat_id, "version": version})
