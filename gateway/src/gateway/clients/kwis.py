"""Complaints, wishes, questions and faults, and how requests hang together: a part of intake's client."""

from __future__ import annotations

from datetime import date
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

    def get_danger_route(self) -> Json:
        return self._call("get_danger_route", {})

    def set_danger_route(self, version: int, product_id: str | None) -> Json:
        return self._call("set_danger_route", {"version": version, "product_id": product_id})

    def post_update(self, request_id: str, version: int, **command: Any) -> Json:
        return self._call("post_update", {"request_id": request_id, "version": version, **command})

    def link_requests(self, request_id: str, version: int, other_id: str, **command: Any) -> Json:
        which = {"request_id": request_id, "version": version, "other_id": other_id}
        return self._call("link_requests", {**which, **command})

    def unlink_requests(self, request_id: str, version: int, other_id: str, kind: str) -> Json:
        which = {"request_id": request_id, "version": version, "other_id": other_id}
        return self._call("unlink_requests", {**which, "kind": kind})

    def acknowledge_complaint(self, request_id: str, version: int, text: str) -> Json:
        return self._call(
            "acknowledge_complaint", {"request_id": request_id, "version": version, "text": text}
        )

    def find_cause(self, request_id: str, version: int, **said: Any) -> Json:
        return self._call("find_cause", {"request_id": request_id, "version": version, **said})

    def remedy_complaint(self, request_id: str, version: int, **said: Any) -> Json:
        return self._call("remedy_complaint", {"request_id": request_id, "version": version, **said})

    def settle_complaint(self, request_id: str, version: int, **said: Any) -> Json:
        return self._call("settle_complaint", {"request_id": request_id, "version": version, **said})

    def note_attempt(self, request_id: str, version: int, **said: Any) -> Json:
        return self._call("note_attempt", {"request_id": request_id, "version": version, **said})

    def close_unheard(self, request_id: str, version: int, reason: str) -> Json:
        return self._call("close_unheard", {"request_id": request_id, "version": version, "reason": reason})

    def chain_complaint(self, request_id: str, version: int, about: Json) -> Json:
        return self._call("chain_complaint", {"request_id": request_id, "version": version, "about": about})

    def get_complaint_figures(self, first: date, last: date) -> Json:
        return self._call("get_complaint_figures", {"first": first, "last": last})

    def open_incident(self, title: str, request_ids: list[str]) -> Json:
        return self._call("open_incident", {"title": title, "request_ids": request_ids})

    def gather_requests(self, incident_id: str, version: int, request_ids: list[str]) -> Json:
        which = {"incident_id": incident_id, "version": version}
        return self._call("gather_requests", {**which, "request_ids": request_ids})

    def tell_incident(self, incident_id: str, version: int, text: str) -> Json:
        return self._call("tell_incident", {"incident_id": incident_id, "version": version, "text": text})

    def split_from_incident(self, incident_id: str, version: int, request_id: str) -> Json:
        which = {"incident_id": incident_id, "version": version}
        return self._call("split_from_incident", {**which, "request_id": request_id})

    def close_incident(self, incident_id: str, version: int, text: str) -> Json:
        return self._call("close_incident", {"incident_id": incident_id, "version": version, "text": text})

    def get_incident(self, incident_id: str) -> Json:
        return self._call("get_incident", {"incident_id": incident_id})

    def list_incidents(self, **wanted: Any) -> Json:
        return self._call("list_incidents", wanted)

    def file_wish(self, request_id: str, version: int, **theme: Any) -> Json:
        return self._call("file_wish", {"request_id": request_id, "version": version, **theme})

    def decide_theme(self, theme_id: str, version: int, **decision: Any) -> Json:
        return self._call("decide_theme", {"theme_id": theme_id, "version": version, **decision})

    def list_themes(self, **wanted: Any) -> Json:
        return self._call("list_themes", wanted)

    def get_theme(self, theme_id: str) -> Json:
        return self._call("get_theme", {"theme_id": theme_id})

    def list_wishes(self) -> Json:
        return self._call("list_wishes", {})

    def wish_too(self, theme_id: str) -> Json:
        return self._call("wish_too", {"theme_id": theme_id})
