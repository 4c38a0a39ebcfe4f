"""What every service offers about what failed in it."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import BULK_SECONDS, Caller, Client, Json


class Recovery(Client):
    """The repair list of one service, whichever it is. Each line says of which service it is."""

    __slots__ = ("service",)

    def __init__(self, caller: Caller, service: str) -> None:
        super().__init__(caller)
        self.service = service

    def count_failures(self, **filters: Any) -> Json:
        return self._named(self._call("count_failures", filters))

    def list_failures(self, **filters: Any) -> Json:
        return self._named(self._call("list_failures", filters))

    def get_failure(self, failure_id: str) -> Json:
        return {"service": self.service, **self._call("get_failure", {"failure_id": failure_id})}

    def preview_failures(self, cause: str) -> Json:
        return self._named(self._call("preview_failures", {"cause": cause}))

    def replay_failures(self, **which: Any) -> Json:
        return self._call("replay_failures", which, BULK_SECONDS)

    def set_aside_failures(self, **which: Any) -> Json:
        return self._call("set_aside_failures", which, BULK_SECONDS)

    def _named(self, answer: Json) -> Json:
        return {**answer, "items": [{"service": self.service, **item} for item in answer["items"]]}
