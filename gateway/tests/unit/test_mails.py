"""Where a mail that comes in goes, and for whom it acts."""

from __future__ import annotations

import base64
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest
from gateway.api.v1 import mails
from gateway.house import House
from gateway.mail import apart as mail_apart
from gateway.mail.apart import read_apart
from gateway.mail.reading import own_words, read
from gateway.often import MAILED
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid, NotFound
from werkzeug.test import Client

from servicekit import reply_addresses

OURS = UUID("01936f2a-7d52-7a11-8e02-3c1d8a90b101")
REQUEST, SANNE = "01926f00-1000-7a01-8e44-8f9a0b1c2d01", "01926f00-1000-7a01-8e44-8f9a0b1c2d02"
SENT = {
    "request_id": REQUEST, "person_id": SANNE, "name": "Sanne", "address": "Sanne@meerwal.example",
    "language": "nl", "template": "question",
}  # fmt: skip
DONE = {"request_id": REQUEST, "reference": "SD-26-000123", "version": 4}


def a_mail(text: str = "Kamer 2.14", sender: str = "sanne@meerwal.example", **headers: str) -> bytes:
    mail = EmailMessage()
    given = {"From": sender, "To": "desk@meerwal.example", "Subject": "Re: vraag", "Message-ID": "<1@x>"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in given.items():
        mail[name] = value
    mail.set_content(text)
    return mail.as_bytes()


@pytest.fixture
def link_keys(house: House) -> list[str]:
    return house.settings.link_keys


@pytest.fixture
def bring(
    client: Client,
    signed_in: Callable[..., dict[str, str]],
    transport: FakeTransport,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[bytes], Any]:
    """Read here and not apart: a process for each would take most of the time of these tests."""
    monkeypatch.setattr(mails, "read_apart", read)
    transport.answers |= {
        "notifications.get_message": lambda message_id: SENT
        if message_id == str(OURS) else NotFound("not_found", "None."),
        "intake.reply_to_desk": DONE, "intake.note_mail": DONE, "intake.receive_request": DONE,
        "intake.get_sender": {"person_id": None}, "intake.save_sender": {"person_id": SANNE},
        "intake.list_requests": {"items": [], "next_cursor": None},
    }  # fmt: skip

    def bring(raw: bytes) -> Any:
        given = {"message": base64.b64encode(raw).decode()}
        return client.post("/v1/mails", json=given, headers=signed_in("program"))

    return bring


def signed(keys: list[str]) -> str:
    return reply_addresses.make(keys, "desk@meerwal.example", OURS)


def test_who_answers_our_mail_from_their_own_address_acts_as_themselves(
    bring: Callable[[bytes], Any], transport: FakeTransport, link_keys: list[str]
) -> None:
    answer = bring(a_mail(To=signed(link_keys)))

    assert answer.json == {"outcome": "replied", "requestId": REQUEST, "reference": "SD-26-000123"}
    asked = transport.asked("intake.reply_to_desk")
    said = {"text": "Kamer 2.14", "attachments": [], "channel": "email"}
    assert asked == {"request_id": REQUEST, **said}
    actor = transport.envelopes[-1]["actor"]
    assert (actor.person_id, actor.roles) == (SANNE, frozenset({"follower"}))


def test_the_mail_that_it_answers_is_known_by_its_id_too(bring: Callable[[bytes], Any]) -> None:
    assert bring(a_mail(In_Reply_To=f"<{OURS}@desk.example>")).json["outcome"] == "replied"


@pytest.mark.parametrize("sender", ["mallory@elsewhere.example", "sanne@meerwal.example.evil.example"])
def test_an_answer_of_somebody_else_is_only_noted(
    bring: Callable[[bytes], Any], transport: FakeTransport, link_keys: list[str], sender: str
) -> None:
    assert bring(a_mail(sender=sender, To=signed(link_keys))).json["outcome"] == "noted"
    noted = transport.asked("intake.note_mail")
    assert (noted["sender"], noted["kind"]) == (sender, "unverified")


def test_a_forged_address_is_no_address(bring: Callable[[bytes], Any]) -> None:
    assert bring(a_mail(To=signed(["another key"]))).json["outcome"] == "received"


def test_a_number_in_the_subject_of_its_requester_is_noted_and_proves_nothing(
    bring: Callable[[bytes], Any], transport: FakeTransport
) -> None:
    transport.answers["intake.get_sender"] = {"person_id": SANNE, "person_ids": [SANNE]}
    found = {**DONE, "requester": {"person_id": SANNE}}
    transport.answers["intake.list_requests"] = {"items": [found], "next_cursor": None}
    assert bring(a_mail(Subject="SD-26-000123: nog koud")).json["outcome"] == "noted"

    found["requester"] = {"person_id": REQUEST}
    assert bring(a_mail(Subject="SD-26-000123: nog koud")).json["outcome"] == "received"


def test_a_stranger_becomes_a_new_request_by_mail(
    bring: Callable[[bytes], Any], transport: FakeTransport
) -> None:
    assert (
        bring(a_mail("Er is geen koffie", "An <AN@x.example>", Subject="Koffie")).json["outcome"]
        == "received"
    )
    assert transport.asked("intake.save_sender") == {"address": "an@x.example", "name": "An"}
    asked = transport.asked("intake.receive_request")
    assert (asked["channel"], asked["text"]) == ("email", "Koffie\n\nEr is geen koffie")


def test_what_is_answered_after_it_was_closed_is_something_new(
    bring: Callable[[bytes], Any], transport: FakeTransport, link_keys: list[str]
) -> None:
    transport.answers["intake.reply_to_desk"] = Conflict("not_allowed", "Closed.")
    assert bring(a_mail(To=signed(link_keys))).json["outcome"] == "received"


def test_the_same_mail_goes_under_the_same_key(
    bring: Callable[[bytes], Any], transport: FakeTransport, link_keys: list[str]
) -> None:
    for _ in range(2):
        bring(a_mail(To=signed(link_keys)))
    keys = {each.get("idempotency_key") for each in transport.envelopes} - {None}
    assert len(keys) == 1
    transport.answers["intake.reply_to_desk"] = Conflict("idempotency_key_reused", "Used.")
    assert bring(a_mail(To=signed(link_keys))).json["outcome"] == "known"


@pytest.mark.parametrize(
    "headers",
    [{"Auto-Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List-Id": "<x>"}, {"Return-Path": "<>"}],
)
def test_what_no_person_wrote_is_never_an_answer_nor_answered(
    bring: Callable[[bytes], Any], transport: FakeTransport, link_keys: list[str], headers: dict[str, str]
) -> None:
    assert bring(a_mail(**headers)).json["outcome"] == "ignored"
    assert bring(a_mail(To=signed(link_keys), **headers)).json["outcome"] == "noted"
    assert transport.asked("intake.note_mail")["kind"] == "automatic"


@pytest.mark.parametrize("raw", [b"", b"\x00\xff", b"Subject: x\n\nwords", b"From: nobody\n\nx"])
def test_what_is_no_mail_is_refused_with_a_word(bring: Callable[[bytes], Any], raw: bytes) -> None:
    assert bring(raw or b" ").status_code == 422


@pytest.mark.parametrize(
    "quote",
    [
        "> Welke kamer?",
        "Op wo 25 nov 2026 om 10:00 schreef Servicedesk <desk@x.example>:\n> Welke kamer?",
        "On Wed, 25 Nov 2026 at 10:00, Desk <desk@x.example> wrote:\nWhich room?",
        "-----Original Message-----\nFrom: Desk",
        "Van: Servicedesk <desk@x.example>\nVerzonden: woensdag",
        "-- \nSanne de Wit",
    ],
)
def test_what_is_quoted_is_cut(quote: str) -> None:
    assert own_words(f"Kamer 2.14\r\n\r\n{quote}") == "Kamer 2.14"


def test_what_is_all_quotation_is_kept() -> None:
    assert own_words("> alles") == "> alles"


def test_a_page_is_read_as_its_words() -> None:
    raw = (
        b"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n"
        b"<style>p{}</style><p>Kamer <b>2.14</b></p><blockquote>Welke?</blockquote><script>x()</script>"
    )
    assert read(raw).text == "Kamer 2.14"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\nContent-Type: text/plain; charset=nonsense\n\n\xff\xfe",
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: bad\n",
        b"From: a@b.example\nContent-Type: text/html\n\n<p>Koud<![bad<p>",
        b"From: =?utf-8?q?=FF?= <a@b.example>\nSubject: =?x?q?y?=\n\nwords",
    ],
)
def test_a_mail_that_is_badly_made_is_read_or_refused_and_never_a_fault(
    bring: Callable[[bytes], Any], raw: bytes
) -> None:
    assert bring(raw).status_code in (200, 422)


def test_an_address_in_whose_name_mail_comes_again_and_again_is_not_mailed_again_and_again(
    bring: Callable[[bytes], Any], transport: FakeTransport, house: House
) -> None:
    """Whoever has it may never have written. The desk reads all of it all the same."""
    house.often._windows.clear()
    for number in range(MAILED.most + 2):
        assert bring(a_mail(Message_ID=f"<{number}@x>")).json["outcome"] == "received"
    given = [sent for target, sent in transport.calls if target == "intake.receive_request"]
    assert [sent.get("notify") for sent in given] == [None] * MAILED.most + [False] * 2
    bring(a_mail(sender="daan@meerwal.example"))
    assert "notify" not in transport.calls[-1][1]


def test_a_mail_that_takes_too_long_to_read_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sender is anybody, and its names of 100 kB took the house a quarter of a minute."""
    monkeypatch.setattr(mail_apart, "SECONDS", 0.7)
    with pytest.raises(Invalid, match="too long"):
        read_apart(b"From: " + b"a b " * 25_000 + b"<sanne@meerwal.example>\r\n\r\nHoi")


def test_a_mail_that_is_read_apart_says_the_same(link_keys: list[str]) -> None:
    raw = with_file(a_mail(To=signed(link_keys), In_Reply_To=f"<{OURS}@meerwal.example>"))
    assert read_apart(raw) == read(raw)
    assert read(raw).files
    with pytest.raises(Invalid):
        read_apart(b"no mail at all")


def with_file(raw: bytes) -> bytes:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    mail.add_attachment(b"\x00\xff", maintype="application", subtype="pdf", filename="é.pdf")
    return mail.as_bytes()
