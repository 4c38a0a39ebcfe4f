"""The demo's mailbox keeps every mail once and shows it harmlessly."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from deskcli.mailbox import Mailbox, page


def mail(message_id: str, subject: str = "Uw melding", body: str = "Dank u") -> bytes:
    """Return a mail as it comes over the wire."""
    made = EmailMessage()
    made["Message-ID"], made["Subject"] = f"<{message_id}@desk.example>", subject
    made["From"], made["To"] = "desk@meerwal.example", "sanne@meerwal.example"
    made.set_content(body)
    return made.as_bytes()


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    """An empty mailbox."""
    return Mailbox(tmp_path / "mailbox")


def test_a_mail_that_comes_twice_is_kept_once_and_counted(mailbox: Mailbox) -> None:
    for content in (mail("1"), mail("2"), mail("1"), mail("1")):
        mailbox.keep(content)
    assert [(kept["message_id"], kept["duplicates"]) for kept in mailbox.messages()] == [
        ("<1@desk.example>", 2),
        ("<2@desk.example>", 0),
    ]


def test_mails_survive_a_restart(mailbox: Mailbox) -> None:
    mailbox.keep(mail("1", body="Één lampje"))
    (kept,) = Mailbox(mailbox.folder).messages()
    assert kept["body"].strip() == "Één lampje"
    assert (kept["to"], kept["subject"]) == ("sanne@meerwal.example", "Uw melding")


def test_a_mail_without_an_id_is_kept_all_the_same(mailbox: Mailbox) -> None:
    mailbox.keep(b"Subject: bare\r\n\r\nhello\r\n")
    assert [kept["subject"] for kept in mailbox.messages()] == ["bare"]


@pytest.mark.parametrize("field", ["subject", "body"])
def test_a_hostile_mail_is_shown_as_text(mailbox: Mailbox, field: str) -> None:
    mailbox.keep(mail("1", **{field: "<script>alert(1)</script><img src=x onerror=y>"}))
    shown = page(mailbox.messages())
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert "<img" not in shown
