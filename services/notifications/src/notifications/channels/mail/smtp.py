"""Sending by SMTP: one connection for a batch, and a word on each mail: sent, try again, or never."""

from __future__ import annotations

import smtplib
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

from notifications.domain.messages import Outgoing, is_address, one_line


@dataclass(frozen=True)
class Outcome:
    """`error` is None when the server has taken it. `permanent`: trying again can't help. `code` is one of
    no_address, refused, put_off, away, unwritable.
    """

    error: str | None = None
    permanent: bool = False
    code: str = ""


SENT = Outcome()


class Mailer:
    """`url` is smtp://[user:password@]host[:port] or smtps://...; a password is only ever sent over TLS.

    Every wait for the server ends after `timeout` seconds.
    """

    def __init__(self, url: str, sender: str, timeout: float) -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._timeout = timeout

    def send_all(self, mails: Sequence[Outgoing], seconds: float) -> list[Outcome | None]:
        """One outcome per mail, in their order; None for those not begun within `seconds`.

        A server that can't be reached is an outcome of each.
        """
        until = time.monotonic() + seconds
        try:
            with self._connected() as server:
                return [self._send(server, mail) if time.monotonic() < until else None for mail in mails]
        except (OSError, smtplib.SMTPException) as error:
            away = Outcome(f"the mail server can't be reached: {one_line(str(error))}", code="away")
            return [away] * len(mails)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        url = self._url
        kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
        # The name is given, since smtplib would else ask the DNS for it and wait.
        server = kind(url.hostname or "127.0.0.1", url.port or 0, self._domain, timeout=self._timeout)
        try:
            if url.username:
                if url.scheme != "smtps":
                    server.starttls(context=ssl.create_default_context())
                server.login(unquote(url.username), unquote(url.password or ""))
            yield server
        finally:
            _say_goodbye(server)

    def _send(self, server: smtplib.SMTP, mail: Outgoing) -> Outcome:
        if not is_address(mail.address):
            return Outcome("this is not one mail address", permanent=True, code="no_address")
        try:
            server.send_message(self.message(mail), self._address, [mail.address])
            return SENT
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            return _answered(code, text)
        except smtplib.SMTPResponseException as error:
            return _answered(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(f"the connection was lost: {one_line(str(error))}", code="away")
        except ValueError as error:  # what no header can hold
            error_text = f"this mail can't be written: {one_line(str(error))}"
            return Outcome(error_text, permanent=True, code="unwritable")

    def message(self, mail: Outgoing) -> EmailMessage:
        """The same mail always has the same Message-ID: one sent twice after a crash is recognised."""
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = formataddr((one_line(mail.name), mail.address))
        message["Subject"] = one_line(mail.subject)
        message["Date"] = format_datetime(mail.created_at)
        message["Message-ID"] = f"<{mail.message_id}@{self._domain}>"
        if mail.reply_to:
            message["Reply-To"] = formataddr((parseaddr(self._sender)[0], mail.reply_to))
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = mail.language
        message.set_content(mail.body)
        return message

    @property
    def _address(self) -> str:
        return parseaddr(self._sender)[1]

    @property
    def _domain(self) -> str:
        return self._address.partition("@")[2] or "servicedesk.invalid"


def _answered(code: int, text: Any) -> Outcome:
    """What the server said to this mail: 4xx is for now, 5xx for good."""
    permanent = code >= 500
    return Outcome(f"{code} {_text(text)}", permanent, "refused" if permanent else "put_off")


def _say_goodbye(server: smtplib.SMTP) -> None:
    """What was sent stays sent, whatever the server answers now."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _text(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return one_line(text)[:300]
