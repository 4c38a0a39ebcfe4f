"""The demo's mailbox: takes every mail that is sent on this machine and shows it, so that nothing leaves it.

`python -m deskcli.mailbox` with SMTP_PORT, HEALTH_PORT (for the view) and MAILBOX_FOLDER. A mail is kept as
one .eml file named after its Message-ID; the same Message-ID again is counted as a duplicate and kept once.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import signal
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Mailbox</title>
<style>body{{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}}
article{{border-top:1px solid #888;padding:1rem 0}}pre{{white-space:pre-wrap;font:inherit}}</style>
<h1>Mailbox</h1><p>{count} mails, {duplicates} sent twice. Nothing leaves this machine.</p>{mails}</html>"""
MAIL = "<article><h2>{subject}</h2><p>To {to}<br>From {sender}<br>{date}</p><pre>{body}</pre></article>"


class Mailbox:
    """Mails on disk, oldest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._counts = folder / "duplicates.json"
        self._lock = threading.Lock()
        self._read: dict[str, dict[str, Any]] = {}  # a mail never changes, and is read many times

    def keep(self, content: bytes) -> None:
        """Store a mail, or count it when its Message-ID is known."""
        message_id = str(BytesHeaderParser().parsebytes(content)["Message-ID"] or content).strip()
        name = hashlib.sha256(message_id.encode(errors="replace")).hexdigest()[:32]
        with self._lock:
            target = self.folder / f"{name}.eml"
            if target.exists():
                counts = self._duplicates()
                counts[name] = counts.get(name, 0) + 1
                self._replace(self._counts, json.dumps(counts).encode())
            else:
                self._replace(target, content)

    def messages(self) -> list[dict[str, Any]]:
        """Return what GET /messages shows."""
        counts = self._duplicates()
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [{**self._described(file), "duplicates": counts.get(file.stem, 0)} for file in files]

    def _described(self, file: Path) -> dict[str, Any]:
        if file.stem not in self._read:
            self._read[file.stem] = describe(file.read_bytes())
        return self._read[file.stem]

    def _duplicates(self) -> dict[str, int]:
        return dict(json.loads(self._counts.read_text())) if self._counts.exists() else {}

    @staticmethod
    def _replace(target: Path, content: bytes) -> None:
        """Write in one step: a reader never sees half a mail, and a kill leaves none."""
        fresh = target.with_suffix(".new")
        fresh.write_bytes(content)
        fresh.replace(target)


def describe(content: bytes) -> dict[str, Any]:
    """Return the readable parts of a mail."""
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    part = mail.get_body(("plain", "html"))
    return {
        "message_id": mail["Message-ID"],
        "from": mail["From"],
        "to": mail["To"],
        "reply_to": mail["Reply-To"],
        "subject": mail["Subject"],
        "date": mail["Date"],
        "language": mail["Content-Language"],
        "body": part.get_content() if part else "",
    }


class Receiver:
    """What aiosmtpd calls for each mail."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer only after the mail is on disk."""
        content = envelope.content or b""
        self._mailbox.keep(content if isinstance(content, bytes) else content.encode())
        return "250 Kept"


def page(messages: list[dict[str, Any]]) -> str:
    """Return the mailbox as HTML, newest first. Mails are strangers' text: all of it is escaped."""
    mails = "".join(
        MAIL.format(
            subject=_safe(mail["subject"]),
            to=_safe(mail["to"]),
            sender=_safe(mail["from"]),
            date=_safe(mail["date"]),
            body=_safe(mail["body"]),
        )
        for mail in reversed(messages)
    )
    return PAGE.format(
        count=len(messages), duplicates=sum(mail["duplicates"] for mail in messages), mails=mails
    )


def _safe(value: object) -> str:
    return html.escape(str(value or ""))


def view(mailbox: Mailbox, port: int) -> ThreadingHTTPServer:
    """Return the read-only HTTP view."""

    class View(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/messages":
                self._answer("application/json", json.dumps({"items": mailbox.messages()}))
            elif self.path == "/":
                self._answer("text/html; charset=utf-8", page(mailbox.messages()))
            elif self.path in ("/livez", "/readyz"):
                self._answer("application/json", json.dumps({"ready": True}))
            else:
                self.send_error(404)

        def _answer(self, kind: str, text: str) -> None:
            body = text.encode()
            self.send_response(200)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **HEADERS}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a health check every second is no news."""

    return ThreadingHTTPServer((LOOPBACK, port), View)


def main() -> None:
    """Run until told to stop."""
    mailbox = Mailbox(Path(os.environ["MAILBOX_FOLDER"]))
    smtp = Controller(Receiver(mailbox), hostname=LOOPBACK, port=int(os.environ["SMTP_PORT"]))
    http = view(mailbox, int(os.environ["HEALTH_PORT"]))
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=http.shutdown).start())
    smtp.start()
    try:
        http.serve_forever()
    finally:
        smtp.stop()


if __name__ == "__main__":
    main()
