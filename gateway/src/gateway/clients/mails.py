"""Mail that comes in: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class Mails(Client):
    __slots__ = ()

    def get_sender(self, address: str) -> Json:
        return self._call("get_sender", {"address": address})

    def save_sender(self, address: str, name: str) -> Json:
        return self._call("save_sender", {"address": address, "name": name})

    def note_mail(self, request_id: str, **mail: Any) -> Json:
        return self._call("note_mail", {"request_id": request_id, **mail})
