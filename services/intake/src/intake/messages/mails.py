"""What comes in over RPC about mails, checked for shape."""

from __future__ import annotations

from servicekit.schemas import Command

from intake.messages.fields import Choice, Text
from intake.messages.shapes import MAX_TEXT, Files, OneRequest

# What a mail is that acts for nobody.
NOTED = ("unverified", "automatic", "bounce")


class GetSender(Command):
    address = Text(254, required=True)


class SaveSender(GetSender):
    name = Text(200, required=True)


class NoteMail(OneRequest):
    sender = Text(254, required=True)
    kind = Choice(*NOTED, required=True)
    text = Text(MAX_TEXT, required=True)
    attachments = Files()
