"""Sending by SMTP: one connection for a batch, and a word on each mail: sent, try again, or never."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

from notifications.domain.messages import Outgoing, one_line


@dataclass(frozen=True)
class Outcome:
    """`error` is None when the server has taken it. `permanent`: trying again can't help."""

    error: str | None = None
    permanent: bool = False


SENT = Outcome()


class Mailer:
    """`url` is smtp://[user:password@]host[:port] or smtps://...; every wait ends after `timeout` seconds."""

    def __init__(self, url: str, sender: str, timeout: float) -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._timeout = timeout

    def send_all(self, mails: Sequence[Outgoing]) -> list[Outcome]:
        """One outcome per mail, in their order. A server that can't be reached is an outcome of each."""
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return [Outcome(f"the mail server can't be reached: {error}")] * len(mails)
        with server:
            return [self._send(server, mail) for mail in mails]

    def _connect(self) -> smtplib.SMTP:
        url = self._url
        kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
        server = kind(url.hostname or "127.0.0.1", url.port or 0, timeout=self._timeout)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        return server

    def _send(self, server: smtplib.SMTP, mail: Outgoing) -> Outcome:
        try:
            server.send_message(self.message(mail))
            return SENT
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            return Outcome(f"{code} {_text(text)}", permanent=code >= 500)
        except smtplib.SMTPResponseException as error:
            return Outcome(f"{error.smtp_code} {_text(error.smtp_error)}", permanent=error.smtp_code >= 500)
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(f"the connection was lost: {error}")
        except ValueError as error:  # an address that no header can hold
            return Outcome(f"the address can't be used: {error}", permanent=True)

    def message(self, mail: Outgoing) -> EmailMessage:
        """The same mail always has the same Message-ID: one sent twice after a crash is recognised."""
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = formataddr((one_line(mail.name), mail.address))
        message["Subject"] = one_line(mail.subject)
        message["Date"] = format_datetime(mail.created_at)
        message["Message-ID"] = f"<{mail.message_id}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = mail.language
        message.set_content(mail.body)
        return message

    @property
    def _domain(self) -> str:
        return parseaddr(self._sender)[1].partition("@")[2] or "servicedesk.invalid"


def _text(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return one_line(text)[:300]
