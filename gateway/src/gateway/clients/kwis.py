"""Complaints, wishes, questions and faults, and how requests hang together: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class Kwis(Client):
    __slots__ = ()

    def set_priority(self, request_id: str, version: int, **command: Any) -> Json:
        return self._call("set_priority", {"request_id": request_id, "version": version, **command})

    def get_priority_matrix(self) -> Json:
        return self._call("get_priority_matrix", {})

    def set_priority_matrix(self, version: int, cells: Json) -> Json:
        return self._call("set_priority_matrix", {"version": version, "cells": cells})

    def post_update(self, request_id: str, version: int, **command: Any) -> Json:
        return self._call("post_update", {"request_id": request_id, "version": version, **command})

    def link_requests(self, request_id: str, version: int, other_id: str, **command: Any) -> Json:
        which = {"request_id": request_id, "version": version, "other_id": other_id}
        return self._call("link_requests", {**which, **command})

    def unlink_requests(self, request_id: str, version: int, other_id: str, kind: str) -> Json:
        which = {"request_id": request_id, "version": version, "other_id": other_id}
        return self._call("unlink_requests", {**which, "kind": kind})
