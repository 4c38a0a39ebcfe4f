"""One person: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import PART_SECONDS, Client, Json


class People(Client):
    __slots__ = ()

    def get_person(self, person_id: str) -> Json:
        return self._call("get_person", {"person_id": person_id}, PART_SECONDS)

    def save_contacts(self, person_id: str, version: int, **contacts: Any) -> Json:
        return self._call("save_contacts", {"person_id": person_id, "version": version, **contacts})

    def add_relation_note(self, **note: Any) -> Json:
        return self._call("add_relation_note", note)

    def remove_relation_note(self, note_id: str) -> Json:
        return self._call("remove_relation_note", {"note_id": note_id})

    def list_contact_moments(self, person_id: str, **page: Any) -> Json:
        return self._call("list_contact_moments", {"person_id": person_id, **page}, PART_SECONDS)

    def note_contact(self, person_id: str, **moment: Any) -> Json:
        return self._call("note_contact", {"person_id": person_id, **moment})

    def list_doubles(self, person_id: str | None = None) -> Json:
        return self._call("list_doubles", {"person_id": person_id}, PART_SECONDS)

    def preview_merge(self, person_id: str, into_id: str) -> Json:
        return self._call("preview_merge", {"person_id": person_id, "into_id": into_id})

    def merge_people(self, person_id: str, into_id: str, reason: str | None = None) -> Json:
        return self._call("merge_people", {"person_id": person_id, "into_id": into_id, "reason": reason})

    def undo_merge(self, merge_id: str) -> Json:
        return self._call("undo_merge", {"merge_id": merge_id})

    def list_merges(self, **page: Any) -> Json:
        return self._call("list_merges", page)

    def set_apart(self, person_id: str, other_id: str) -> Json:
        return self._call("set_apart", {"person_id": person_id, "other_id": other_id})

    def list_set_apart(self) -> Json:
        return self._call("list_set_apart", {}, PART_SECONDS)

    def undo_set_apart(self, pair_id: str) -> Json:
        return self._call("undo_set_apart", {"pair_id": pair_id})
