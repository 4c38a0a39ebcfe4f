"""What every service offers for messages that it could not handle."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Caller, Client, Json


class Recovery(Client):
    """The repair list of one service, whichever it is."""

    __slots__ = ("service",)

    def __init__(self, caller: Caller, service: str) -> None:
        super().__init__(caller)
        self.service = service

    def list_failures(self, **filters: Any) -> Json:
        return self._call("list_failures", filters)

    def get_failure(self, message_id: str) -> Json:
        return self._call("get_failure", {"message_id": message_id})

    def replay_failures(self, **which: Any) -> Json:
        return self._call("replay_failures", which)

    def set_aside_failures(self, reason: str, **which: Any) -> Json:
        return self._call("set_aside_failures", {"reason": reason, **which})
