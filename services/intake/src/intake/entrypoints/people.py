"""Entry points about one person: how to reach them, notes, and every contact with them."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake.handlers import merging, people, set_apart
from intake.messages import people as messages
from intake.messages.shapes import Nothing, Page, read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class People:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)
    settings: Any

    @rpc("relations.read_people")
    def get_person(self, call: Call, **query: Any) -> Answer:
        given = read(messages.OnePerson, query)
        with self.work() as work:
            return people.get_person(work, **given)

    @rpc("relations.keep")
    def save_contacts(self, call: Call, **command: Any) -> Answer:
        given = read(messages.SaveContacts, command)
        with self.work() as work:
            return people.save_contacts(work, **given)

    @rpc("relations.keep")
    def add_relation_note(self, call: Call, **command: Any) -> Answer:
        given = read(messages.AddNote, command)
        with self.work() as work:
            return people.add_note(work, **given)

    @rpc("relations.keep")
    def remove_relation_note(self, call: Call, **command: Any) -> Answer:
        given = read(messages.OneNote, command)
        with self.work() as work:
            return people.remove_note(work, **given)

    @rpc("relations.keep")
    def list_contact_moments(self, call: Call, **query: Any) -> Answer:
        given = read(messages.ListMoments, query)
        with self.work() as work:
            return people.list_moments(work, **given)

    @rpc("relations.keep")
    def note_contact(self, call: Call, **command: Any) -> Answer:
        given = read(messages.NoteContact, command)
        with self.work() as work:
            return people.note_contact(work, **given)

    @rpc("relations.merge")
    def list_doubles(self, call: Call, **query: Any) -> Answer:
        given = read(messages.ListDoubles, query)
        with self.work() as work:
            return merging.list_doubles(work, **given)

    @rpc("relations.merge")
    def preview_merge(self, call: Call, **query: Any) -> Answer:
        given = read(messages.PreviewMerge, query)
        with self.work() as work:
            return merging.preview_merge(work, **given)

    @rpc("relations.merge")
    def merge_people(self, call: Call, **command: Any) -> Answer:
        given = read(messages.MergePeople, command)
        with self.work() as work:
            return merging.merge_people(work, **given)

    @rpc("relations.merge")
    def undo_merge(self, call: Call, **command: Any) -> Answer:
        given = read(messages.UndoMerge, command)
        with self.work() as work:
            return merging.undo_merge(work, **given)

    @rpc("relations.merge")
    def list_merges(self, call: Call, **query: Any) -> Answer:
        given = read(Page, query)
        with self.work() as work:
            return merging.list_merges(work, **given)

    @rpc("relations.merge")
    def set_apart(self, call: Call, **command: Any) -> Answer:
        given = read(messages.SetApart, command)
        with self.work() as work:
            return set_apart.set_apart(work, **given)

    @rpc("relations.merge")
    def list_set_apart(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return set_apart.list_set_apart(work)

    @rpc("relations.merge")
    def undo_set_apart(self, call: Call, **command: Any) -> Answer:
        given = read(messages.OnePair, command)
        with self.work() as work:
            return set_apart.undo_set_apart(work, **given)
