"""The link in a mail: for its one reader, and only in the mail itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from notifications.channels.mail.links import FollowLinks
from notifications.domain.messages import Outgoing
from servicekit.personal_links import LinkEnded, PersonalLinks

CREATED = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
LINKS = FollowLinks("https://desk.example/", ["key"])
REQUEST, PERSON = UUID(int=1), UUID(int=2)


def mail(body: str) -> Outgoing:
    return Outgoing(
        message_id=UUID(int=3),
        request_id=REQUEST,
        person_id=PERSON,
        reference="SD-26-000123",
        template="receipt",
        name="Sanne",
        address="sanne@meerwal.example",
        language="nl",
        subject="Onderwerp",
        body=body,
        created_at=CREATED,
        attempt=1,
    )


def test_what_is_kept_holds_no_link() -> None:
    assert LINKS.place == "https://desk.example/follow/…"


def test_the_mail_that_goes_out_holds_one_for_this_person_and_request() -> None:
    body = LINKS.fill_in(mail(f"Kijk hier:\n\n  {LINKS.place}\n\nMeerwal")).body
    (token,) = re.findall(r"https://desk\.example/follow/(\S+)", body)
    readers = PersonalLinks(["key"], "follow")
    found = readers.read(token, CREATED + timedelta(days=90))
    assert (found.thing_id, found.person_id) == (REQUEST, PERSON)
    with pytest.raises(LinkEnded):
        readers.read(token, CREATED + timedelta(days=91))


def test_a_mail_that_was_written_under_another_address_leads_to_the_present_one() -> None:
    assert "https://desk.example/follow/" in LINKS.fill_in(mail("  http://old:8000/follow/…\n")).body


def test_without_an_address_mails_have_no_links() -> None:
    nowhere = FollowLinks("", ["key"])
    assert nowhere.place == ""
    assert nowhere.fill_in(mail("Kijk")).body == "Kijk"
