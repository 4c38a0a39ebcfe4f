"""The demo's mailbox: every mail that the desk has sent, newest first."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import Any

from gateway.api.schemas.demo import MailAnswer
from gateway.demo.answering import answer_mail
from gateway.demo.mailbox import read_messages
from gateway.pages import forms
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.visit import Visit

pages = Pages()

MOST = 40
_LINK = re.compile(r"https?://[^\s<>\"')]+[^\s<>\"').,;:!?]")


@pages.get("/demo/mailbox", PUBLIC, demo_only=True)
def mailbox(visit: Visit) -> Outcome:
    """All mails, or those to one person or with some words."""
    mails = read_messages(visit.house.settings.mailbox_url)["items"][::-1]
    words = (visit.query.text("q") or "").lower()
    found = [mail for mail in mails if words in _searched(mail)]
    shown = [{**mail, "parts": parts(mail["body"]), "at": _moment(mail)} for mail in found[:MOST]]
    return visit.show("demo/mailbox.html", mails=shown, count=len(found), all=len(mails), q=words)


@pages.post("/demo/mailbox", PUBLIC, demo_only=True)
def answer(visit: Visit) -> Outcome:
    """Answer one of them, as its reader would: it comes in as any mail does."""
    body = forms.load(MailAnswer(), {name: visit.form.text(name) for name in ("message_id", "text")})
    became = answer_mail(visit.house, body["message_id"], body["text"], visit.correlation_id)
    said = visit.words("The mail came in at the desk: %(reference)s.", reference=became["reference"] or "")
    return visit.go("/demo/mailbox", said)


def parts(body: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a link."""
    text, found, at = body.replace("\r\n", "\n").strip(), [], 0
    for link in _LINK.finditer(text):
        found += [(text[at : link.start()], False), (link[0], True)]
        at = link.end()
    return [*found, (text[at:], False)]


def _searched(mail: dict[str, Any]) -> str:
    return " ".join(str(mail.get(name) or "") for name in ("to", "subject", "body")).lower()


def _moment(mail: dict[str, Any]) -> Any:
    try:
        return parsedate_to_datetime(mail["date"])
    except (TypeError, ValueError):
        return None
