"""Notifications as it runs: a fact on a real broker becomes a mail at a real mail server.

Run under eventlet (`./desk test messaging`); the mail server speaks asyncio, so it is a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import deskcontracts
import pytest
import sqlalchemy as sa
from notifications.service import NotificationsService
from notifications.settings import NotificationsSettings
from servicekit.actor import Actor, Signer, service_actor
from servicekit.clock import SystemClock
from servicekit.embedded.ports import free_ports
from servicekit.ids import new_id
from servicekit.rpc_client import RpcClient
from servicekit.service import _container
from servicekit.storage import Context, Transaction, UnitOfWork
from servicekit.testing.probes import PATIENCE_SECONDS, until

from servicekit import database

AGENT = Actor("person", "a", "Amira", frozenset({"agent"}))


class MailServer:
    """Keeps mails in a folder; can be away for a while."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_ports(1)[0]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        listen = f"127.0.0.1:{self.port}"
        handler = ["-c", "aiosmtpd.handlers.Mailbox", str(self.folder)]
        self._process = subprocess.Popen([sys.executable, "-m", "aiosmtpd", "-n", "-l", listen, *handler])

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_SECONDS)
            self._process = None

    def mails(self) -> list[EmailMessage]:
        files = sorted((self.folder / "new").glob("*")) if self.folder.exists() else []
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[MailServer]:
    server = MailServer(tmp_path / "mails")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def settings(
    fresh_database: Callable[[str], str], broker_url: str, mail_server: MailServer
) -> NotificationsSettings:
    return NotificationsSettings(
        fresh_database("notifications"),
        broker_url,
        actor_secret="test",
        smtp_url=f"smtp://127.0.0.1:{mail_server.port}",
        sender="Servicedesk <desk@meerwal.example>",
        organisation="Stichting Meerwal",
    )


@pytest.fixture
def replicas(settings: NotificationsSettings) -> Iterator[list[Any]]:
    """Two of them, so that they share facts and mails."""
    started = []
    for _ in range(2):
        container = _container(NotificationsService, settings, main=False)
        container.start()
        started.append(container)
    until(
        lambda: all(any(getattr(one, "connected", False) for one in each.subextensions) for each in started)
    )
    yield started
    for container in started:
        container.stop()


@pytest.fixture
def tell(settings: NotificationsSettings, replicas: list[Any]) -> Iterator[Callable[..., None]]:
    """Puts facts of intake into the outbox of a service that runs: its relay brings them to the broker."""
    engine = database.create_engine(settings.database_url)

    def publish(event: str, **data: Any) -> None:
        transaction = Transaction(engine)
        context = Context("intake", service_actor("intake"), SystemClock(), correlation_id=str(new_id()))
        UnitOfWork(transaction, context).publish(event, {**deskcontracts.example(f"intake.{event}"), **data})
        transaction.commit()

    yield publish
    engine.dispose()


@pytest.fixture
def messages(settings: NotificationsSettings) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    client = RpcClient(settings.amqp_url, Signer(settings.actor_secret), name="test")
    request_id = deskcontracts.example("intake.request_accepted")["request_id"]

    def read() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = client.call(
            "notifications.list_messages", actor=AGENT, timeout=PATIENCE_SECONDS, request_id=request_id
        )["items"]
        return items

    yield read
    client.close()


def test_each_occasion_is_mailed_once_however_often_it_is_told(
    tell: Callable[..., None], mail_server: MailServer, messages: Callable[[], list[dict[str, Any]]]
) -> None:
    for _ in range(3):
        tell("request_accepted")
        tell("request_ready")
        tell("request_reopened")
    until(lambda: [one["state"] for one in messages()] == ["sent"] * 3)
    subjects = sorted(str(mail["Subject"]).strip().split(" - ")[0] for mail in mail_server.mails())
    assert subjects == [
        "SD-26-000123: gereed, is het zo goed?",
        "SD-26-000123: ontvangen",
        "SD-26-000123: we gaan er opnieuw mee aan de slag",
    ]
    assert {mail["Auto-Submitted"] for mail in mail_server.mails()} == {"auto-generated"}


def test_a_mail_server_that_was_away_gets_the_mail_when_it_is_back(
    tell: Callable[..., None], mail_server: MailServer, messages: Callable[[], list[dict[str, Any]]]
) -> None:
    until(lambda: messages() == [])
    mail_server.stop()
    tell("request_accepted")
    until(lambda: messages() and messages()[0]["attempts"] >= 1 and messages()[0]["error"])
    assert messages()[0]["state"] == "pending"
    mail_server.start()
    until(lambda: messages()[0]["state"] == "sent")
    assert len(mail_server.mails()) == 1


def test_whom_we_may_not_mail_is_not_mailed_and_the_reason_is_shown(
    tell: Callable[..., None], mail_server: MailServer, messages: Callable[[], list[dict[str, Any]]]
) -> None:
    tell("request_accepted", notify=False)
    found = until(messages)
    assert [(one["state"], one["reason"]) for one in found] == [("suppressed", "not_wanted")]
    assert mail_server.mails() == []


def test_who_has_a_key_too_long_is_mailed_once_in_their_language(
    tell: Callable[..., None], mail_server: MailServer
) -> None:
    told = deskcontracts.example("intake.counter_told")
    english = {**told["person"], "language": "en"}
    for _ in range(2):
        tell("counter_told")
    tell("counter_told", entry_id=str(new_id()), person=english)
    until(lambda: len(mail_server.mails()) == 2)
    mails = {str(mail["Subject"]).strip(): mail for mail in mail_server.mails()}
    assert set(mails) == {"B-00042: graag terugbrengen", "B-00042: please bring it back"}
    for mail in mails.values():
        assert mail["To"] == "Sanne de Wit <sanne@meerwal.example>"
        assert mail["Reply-To"] is None
        assert "K-101 Sleutel archief" in mail.get_content()


def test_the_database_of_two_replicas_is_claimed_row_by_row(
    settings: NotificationsSettings, tell: Callable[..., None], mail_server: MailServer
) -> None:
    for _ in range(20):
        tell("request_accepted", request_id=str(new_id()))
    engine = sa.create_engine(database.driver_url(settings.database_url), poolclass=sa.pool.NullPool)

    def sent() -> Any:
        with engine.connect() as connection:
            return connection.scalar(sa.text("SELECT count(*) FROM messages WHERE state = 'sent'"))

    until(lambda: sent() == 20)
    assert len({mail["Message-ID"] for mail in mail_server.mails()}) == len(mail_server.mails()) == 20
