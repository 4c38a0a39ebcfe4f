"""What was told to people."""

from __future__ import annotations

from gateway.clients.transport import PART_SECONDS, Client, Json


class Notifications(Client):
    __slots__ = ()
    service = "notifications"

    def list_messages(self, request_id: str) -> Json:
        return self._call("list_messages", {"request_id": request_id}, PART_SECONDS)
