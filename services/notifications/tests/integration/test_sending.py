"""Sending to a real mail server on loopback, one that can refuse and go away."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from notifications.channels.mail.links import FollowLinks
from notifications.channels.mail.smtp import Mailer
from notifications.domain.messages import MAX_ATTEMPTS, Message, Recipient, State, Template
from notifications.handlers.sending import send_due
from notifications.storage.tables import messages
from notifications.storage.unit_of_work import NotificationsWork
from servicekit.embedded.ports import free_ports
from servicekit.personal_links import PersonalLinks
from servicekit.testing.probes import PATIENCE_SECONDS

Make = Callable[..., AbstractContextManager[NotificationsWork]]
LEASE = timedelta(seconds=60)
LINKS = FollowLinks("https://desk.example", ["key"])


class Mailbox:
    """Keeps what it is given; `refuse` is the answer to a recipient whose address holds the key."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.goodbye = "221 Bye"
        self.seconds = 0.0

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        return self.goodbye

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        for part, answer in self.refuse.items():
            if part in address:
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=free_ports(1)[0], ready_timeout=PATIENCE_SECONDS
    )
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def mailer(port: int) -> Mailer:
    return Mailer(f"smtp://127.0.0.1:{port}", "Servicedesk <desk@meerwal.example>", timeout=PATIENCE_SECONDS)


@pytest.fixture
def make(work_factory: Any) -> Make:
    made: Make = work_factory(NotificationsWork, "notifications")
    return made


def put(make: Make, address: str = "sanne@meerwal.example", subject: str = "SD-26-000123: ontvangen") -> None:
    with make() as work:
        work.messages.add(
            Message(
                message_id=work.new_id(),
                request_id=work.new_id(),
                reference="SD-26-000123",
                template=Template.RECEIPT,
                occasion="1",
                recipient=Recipient(str(work.new_id()), "Sanne de Wit", address, "nl"),
                subject=subject,
                body=f"Beste Sanne,\n\n  {LINKS.place}\n\ngroet é\n",
                state=State.PENDING,
                reason=None,
                created_at=work.now,
                sequence=1,
            ),
            "Confidential",
        )


def row(make: Make) -> Any:
    with make() as work:
        return work.connection.execute(sa.select(messages)).one()


def due_now(make: Make) -> None:
    with make() as work:
        work.connection.execute(sa.update(messages).values(due_at=sa.text("clock_timestamp()")))


def test_the_link_of_its_reader_is_in_the_mail_and_nowhere_else(
    make: Make, mailer: Mailer, mailbox: Mailbox
) -> None:
    put(make)
    send_due(make, mailer, LINKS, 25, LEASE)
    (token,) = re.findall(r"https://desk.example/follow/(\S{60,})", mailbox.mails[0].get_content())
    kept = row(make)
    found = PersonalLinks(["key"], "follow").read(token, kept.created_at)
    assert (found.thing_id, found.person_id) == (kept.request_id, kept.person_id)
    assert token not in str(kept)


def test_a_mail_arrives_and_is_marked(make: Make, mailer: Mailer, mailbox: Mailbox) -> None:
    put(make)
    assert send_due(make, mailer, LINKS, 25, LEASE) == 1
    (mail,) = mailbox.mails
    assert mail["To"] == "Sanne de Wit <sanne@meerwal.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "groet é" in mail.get_content()
    assert row(make).state == "sent"
    assert send_due(make, mailer, LINKS, 25, LEASE) == 0


def test_one_that_was_sent_but_not_noted_comes_again_with_the_same_message_id(
    make: Make, mailer: Mailer, mailbox: Mailbox
) -> None:
    put(make)
    with make() as work:
        mailer.send_all(work.sending.claim(25, timedelta(seconds=-1)), 60)  # dies here
    send_due(make, mailer, LINKS, 25, LEASE)
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1
    assert len(mailbox.mails) == 2


def test_what_is_claimed_is_left_alone_by_others(make: Make, mailer: Mailer) -> None:
    put(make)
    with make() as work:
        assert len(work.sending.claim(25, LEASE)) == 1
    assert send_due(make, mailer, LINKS, 25, LEASE) == 0


@pytest.mark.parametrize(("answer", "state"), [("550 no such user", "failed"), ("451 try later", "pending")])
def test_a_refusal_for_good_fails_and_another_is_tried_again(
    make: Make, mailer: Mailer, mailbox: Mailbox, answer: str, state: str
) -> None:
    mailbox.refuse["sanne"] = answer
    put(make)
    put(make, "daan@meerwal.example")
    send_due(make, mailer, LINKS, 25, LEASE)
    assert [mail["To"].split("<")[1] for mail in mailbox.mails] == ["daan@meerwal.example>"]
    with make() as work:
        refused = work.connection.execute(
            sa.select(messages).where(messages.c.address.contains("sanne"))
        ).one()
    assert (refused.state, refused.error) == (state, answer)


def test_a_server_that_is_away_is_waited_for(make: Make) -> None:
    put(make)
    away = Mailer(f"smtp://127.0.0.1:{free_ports(1)[0]}", "desk@meerwal.example", timeout=2)
    send_due(make, away, LINKS, 25, LEASE)
    kept = row(make)
    assert kept.state == "pending"
    assert "can't be reached" in kept.error


def test_after_the_last_attempt_it_is_failed_and_says_so(make: Make) -> None:
    put(make)
    away = Mailer(f"smtp://127.0.0.1:{free_ports(1)[0]}", "desk@meerwal.example", timeout=2)
    for _ in range(MAX_ATTEMPTS):
        due_now(make)
        send_due(make, away, LINKS, 25, LEASE)
    kept = row(make)
    assert (kept.state, kept.attempts) == ("failed", MAX_ATTEMPTS)


NO_ADDRESSES = [
    "a\r\nBcc: b@example.org",
    "no at sign\n",
    "ü@meerwal.example",
    "a@example.org, b@example.org",
    "Sanne <a@example.org>",
    "a@example.org\n",
    "a@b@example.org",
]


def test_what_is_not_one_address_fails_alone(make: Make, mailer: Mailer, mailbox: Mailbox) -> None:
    for address in (*NO_ADDRESSES, "daan@meerwal.example"):
        put(make, address)
    send_due(make, mailer, LINKS, 25, LEASE)
    assert [mail["To"] for mail in mailbox.mails] == ["Sanne de Wit <daan@meerwal.example>"]
    with make() as work:
        failed = work.connection.execute(sa.select(messages).where(messages.c.state == "failed")).all()
    assert {each.address for each in failed} == set(NO_ADDRESSES)
    assert {each.error for each in failed} == {"this is not one mail address"}


def test_a_server_that_hangs_up_rudely_has_still_taken_the_mail(
    make: Make, mailer: Mailer, mailbox: Mailbox
) -> None:
    mailbox.goodbye = "421 too busy to say goodbye"
    put(make)
    send_due(make, mailer, LINKS, 25, LEASE)
    assert row(make).state == "sent"


def test_a_slow_server_is_not_sent_more_than_fits_the_lease(
    make: Make, mailer: Mailer, mailbox: Mailbox
) -> None:
    mailbox.seconds = 0.6
    for _ in range(4):
        put(make)
    assert send_due(make, mailer, LINKS, 25, timedelta(seconds=2)) == 4
    assert len(mailbox.mails) == 2
    with make() as work:
        rest = work.connection.execute(sa.select(messages).where(messages.c.state == "pending")).all()
    assert [each.attempts for each in rest] == [0, 0]
    mailbox.seconds = 0
    send_due(make, mailer, LINKS, 25, LEASE)
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == len(mailbox.mails) == 4


def test_a_password_is_never_sent_in_the_open(make: Make, port: int, mailbox: Mailbox) -> None:
    """The mail server in this test offers no TLS."""
    put(make)
    secretive = Mailer(f"smtp://desk:secret@127.0.0.1:{port}", "desk@meerwal.example", 5)
    send_due(make, secretive, LINKS, 25, LEASE)
    assert mailbox.mails == []
    assert "STARTTLS" in row(make).error
