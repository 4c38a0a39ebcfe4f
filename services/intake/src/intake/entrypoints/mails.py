"""Entry points about mail that comes in. Who may act by it, the gateway says; see gateway.mail."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake.handlers import mailing
from intake.messages import mails as messages
from intake.messages.shapes import read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Mails:
    """A part of IntakeService: see there."""

    settings: Any
    work = WorkProvider(IntakeWork)

    @rpc("mails.bring")
    def get_sender(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return mailing.get_sender(work, **read(messages.GetSender, query))

    @rpc("mails.bring")
    def save_sender(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return mailing.save_sender(work, **read(messages.SaveSender, command))

    @rpc("mails.bring")
    def note_mail(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.NoteMail, command)
            return mailing.note_mail(work, self.settings.receipts, **given)
