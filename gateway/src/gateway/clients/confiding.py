"""Confidential requests: a part of intake's client."""

from __future__ import annotations

from gateway.clients.transport import Client, Json


class Confiding(Client):
    __slots__ = ()

    def confide_request(self, request_id: str, version: int, reader_ids: list[str]) -> Json:
        command = {"request_id": request_id, "version": version, "reader_ids": reader_ids}
        return self._call("confide_request", command)

    def list_confidants(self) -> Json:
        return self._call("list_confidants", {})

    def save_confidants(self, person_ids: list[str]) -> Json:
        return self._call("save_confidants", {"person_ids": person_ids})
