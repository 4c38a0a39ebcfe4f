"""What was begun on the site: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class Begun(Client):
    __slots__ = ()

    def begin_report(self, filled: dict[str, str], **more: Any) -> Json:
        return self._call("begin_report", {"filled": filled, **more})

    def find_begun_report(self, code: str) -> Json:
        return self._call("find_begun_report", {"code": code})
