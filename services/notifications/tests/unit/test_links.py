"""The link in a mail: for its one reader, and only in the mail itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from notifications.channels.mail.links import FollowLinks, order_place
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


ORDER_ID = UUID("01936f2a-7d52-7a11-8e02-3c1d8a90b101")


def test_a_supplier_has_a_link_to_its_one_order_for_thirty_days() -> None:
    place = order_place(LINKS.place, ORDER_ID)
    assert place == f"https://desk.example/orders/{ORDER_ID}/…"
    sent = LINKS.fill_in(replace(mail(f"Hier:\n\n  {place}\n"), template="order"))
    (token,) = re.findall(r"https://desk\.example/orders/(\S+)", sent.body)
    readers = PersonalLinks(["key"], "order")
    found = readers.read(token, CREATED + timedelta(days=30))
    assert (found.thing_id, found.person_id) == (ORDER_ID, PERSON)
    with pytest.raises(LinkEnded):
        readers.read(token, CREATED + timedelta(days=30, minutes=2))
    with pytest.raises(LinkEnded):
        PersonalLinks(["key"], "follow").read(token, CREATED)


@pytest.mark.parametrize("serial", [0, 1, 40])
def test_a_link_carries_the_serial_that_was_good_when_its_mail_was_written(serial: int) -> None:
    place = order_place(LINKS.place, ORDER_ID, serial)
    sent = LINKS.fill_in(replace(mail(f"Hier:\n\n  {place}\n"), template="order"))
    (token,) = re.findall(r"https://desk\.example/orders/(\S+)", sent.body)
    found = PersonalLinks(["key"], "order").read(token, CREATED)
    assert (found.thing_id, found.person_id, found.serial) == (ORDER_ID, PERSON, serial)


def test_words_of_a_requester_make_no_link_to_an_order() -> None:
    said = f"https://desk.example/orders/{ORDER_ID}/…"
    assert "/orders/" not in LINKS.fill_in(mail(said)).body


def test_a_suppliers_mail_has_no_address_to_answer_the_request() -> None:
    answered = FollowLinks("https://desk.example", ["key"], "desk@example.org")
    assert answered.fill_in(mail("Kijk")).reply_to
    assert not answered.fill_in(replace(mail("Kijk"), template="order")).reply_to
