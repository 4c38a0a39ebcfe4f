"""Settings of notifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from environs import Env
from servicekit.settings import Settings


@dataclass(frozen=True)
class NotificationsSettings(Settings):
    """`public_url` is where people reach the site, for the links in mails; without one there are none.

    `reply_to` is the address whose mail comes to `POST /v1/mails`, with whatever stands after a plus; without
    one, answers go to the sender's address.

    `smtp_url` is smtp://[user:password@]host[:port], or smtps:// for TLS from the start.

    Half of `send_lease` must be enough to send one mail to a slow server: some five waits of `smtp_timeout`.
    """

    smtp_url: str = "smtp://127.0.0.1:25"
    sender: str = "Servicedesk <servicedesk@localhost.localdomain>"
    organisation: str = "Servicedesk"
    public_url: str = ""
    reply_to: str = ""
    send_batch: int = 25
    send_lease: float = 120.0
    send_poll: float = 1.0
    smtp_timeout: float = 10.0

    @classmethod
    def read(cls, env: Env) -> dict[str, Any]:
        return {
            **super().read(env),
            "smtp_url": env.str("SMTP_URL"),
            "sender": env.str("MAIL_FROM", cls.sender),
            "organisation": env.str("ORGANISATION_NAME", cls.organisation),
            "reply_to": env.str("REPLY_TO", cls.reply_to),
            "public_url": env.str("PUBLIC_URL", cls.public_url),
            "send_batch": env.int("SEND_BATCH", cls.send_batch),
            "send_lease": env.float("SEND_LEASE_SECONDS", cls.send_lease),
            "send_poll": env.float("SEND_POLL_SECONDS", cls.send_poll),
            "smtp_timeout": env.float("SMTP_TIMEOUT_SECONDS", cls.smtp_timeout),
        }
