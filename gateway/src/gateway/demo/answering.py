"""Answering a mail of the demo's mailbox, as its reader's own mail program would."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from servicekit.actor import Actor
from servicekit.errors import NotFound
from servicekit.ids import new_id

from gateway.clients import Json
from gateway.demo.mailbox import read_messages
from gateway.mail.entering import Door
from gateway.mail.reading import read

if TYPE_CHECKING:
    from gateway.house import House

BRINGER = Actor("program", "demo-mailbox", "Demo mailbox", frozenset({"program"}))


def answer(mail: dict[str, Any], text: str) -> bytes:
    """The mail that would come in, with what it quotes."""
    written = EmailMessage()
    written["From"] = mail["to"]
    written["To"] = mail.get("reply_to") or mail["from"]
    written["Subject"] = f"Re: {mail['subject']}"
    written["Message-ID"] = f"<{new_id()}@mailbox.example>"
    written["In-Reply-To"] = mail["message_id"]
    quoted = "\n".join(f"> {line}" for line in str(mail["body"]).splitlines())
    written.set_content(f"{text}\n\nOp {mail['date']} schreef {mail['from']}:\n{quoted}\n")
    return written.as_bytes()


def answer_mail(house: House, message_id: str, text: str, correlation_id: str) -> Json:
    """What became of it at the desk. Raises NotFound for a mail that is not in the mailbox."""
    mails = read_messages(house.settings.mailbox_url)["items"]
    mail = next((each for each in mails if each["message_id"] == message_id), None)
    if mail is None:
        raise NotFound("no_such_mail", "There is no such mail.")
    door = Door(house.transport, house.files, house.settings.link_keys, BRINGER, correlation_id, house.often)
    return door.enter(read(answer(mail, text)))
