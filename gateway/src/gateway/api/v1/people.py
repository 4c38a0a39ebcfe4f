"""One person: numbers and addresses, notes, contact moments."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import people as shapes
from gateway.clients import Json

resources = Resources()
ONE = "/v1/people/<uuid:person_id>"


@resources.route("GET", ONE, permission="relations.read_people", answer=shapes.WholePerson)
def get_person(call: Call, person_id: str) -> Json:
    """One person with all numbers and addresses, notes, and how it stands with their requests."""
    return call.services.intake.get_person(person_id)


@resources.route(
    "POST", f"{ONE}/contacts", permission="relations.keep", body=shapes.NewContacts,
    answer=shapes.WholePerson, idempotent=True, versioned=True,
)  # fmt: skip
def save_contacts(call: Call, person_id: str) -> Json:
    """Keep further numbers and addresses; the version is `contactsVersion`. Numbers are taken in any
    spelling, and a caller is found by each of them."""
    return call.services.intake.save_contacts(person_id, call.version, **call.body)


@resources.route(
    "POST", f"{ONE}/notes", permission="relations.keep", body=shapes.NewNote, answer=shapes.NoteView,
    idempotent=True,
)  # fmt: skip
def add_person_note(call: Call, person_id: str) -> Json:
    """Add a note about a person, for the desk alone."""
    return call.services.intake.add_relation_note(person_id=person_id, **call.body)


@resources.route(
    "POST", "/v1/relation-notes/<uuid:note_id>/remove", permission="relations.keep", answer=shapes.GoneNote,
    idempotent=True,
)  # fmt: skip
def remove_relation_note(call: Call, note_id: str) -> Json:
    """Take a note about a person or a customer away, for good."""
    return call.services.intake.remove_relation_note(note_id)


@resources.route(
    "GET", f"{ONE}/contact-moments", permission="relations.keep", query=shapes.MomentFilter,
    answer=shapes.MomentPage, paged=True,
)  # fmt: skip
def list_contact_moments(call: Call, person_id: str) -> Json:
    """Every contact with a person over every channel, the newest first."""
    return call.services.intake.list_contact_moments(person_id, **call.query)


@resources.route(
    "POST", f"{ONE}/contact-moments", permission="relations.keep", body=shapes.NewMoment,
    answer=shapes.MomentView, idempotent=True,
)  # fmt: skip
def note_contact(call: Call, person_id: str) -> Json:
    """Write down what was said, on the telephone say, when it changes no request."""
    return call.services.intake.note_contact(person_id, **call.body)
