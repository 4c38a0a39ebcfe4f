"""What was told to people."""

from __future__ import annotations

from gateway.clients.transport import PART_SECONDS, Client, Json


class Notifications(Client):
    __slots__ = ()
    service = "notifications"

    def list_messages(self, request_id: str) -> Json:
        return self._call("list_messages", {"request_id": request_id}, PART_SECONDS)

    def get_message(self, message_id: str) -> Json:
        return self._call("get_message", {"message_id": message_id}, PART_SECONDS)
