"""What a mail says: who sent it, what it answers, its words without what it quotes, and its files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser
from uuid import UUID

from servicekit.errors import Invalid

MOST_TEXT = 18_000
MOST_PARTS = 100
TO = ("To", "Cc", "Delivered-To", "X-Original-To")
# Where somebody's own words end and what they answer begins, in the programs that people use.
QUOTES = re.compile(
    r"^\s*(>|-{2,}\s*(original message|oorspronkelijk bericht|doorgestuurd bericht|forwarded message)"
    r"|(on|op)\s.{4,200}\s(wrote|schreef)\b.*:\s*$|_{20,}\s*$"
    r"|(from|van):\s.*@.*$)",
    re.IGNORECASE,
)
SIGNATURE = "-- "
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
AN_ID = re.compile(r"<([0-9a-f]{8}-[0-9a-f-]{27})@", re.IGNORECASE)


@dataclass(frozen=True)
class Mail:
    """`answers`: ids of mails that may be ours, the nearest first. `automatic`: no person wrote it (RFC
    3834); `bounce`: it says that one of ours did not arrive. `key` tells it from every other.
    """

    key: str
    sender: str
    name: str
    subject: str
    text: str
    sent_to: str
    answers: tuple[UUID, ...]
    automatic: bool
    bounce: bool
    files: tuple[tuple[str, bytes], ...]


def read(raw: bytes) -> Mail:
    """Raises Invalid for what is no mail: without a sender nobody can be answered."""
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        return _read(mail, raw)
    except Invalid:
        raise
    except Exception as error:  # the library raises whatever it meets in what is badly made
        raise unreadable() from error


def _read(mail: EmailMessage, raw: bytes) -> Mail:
    name, sender = parseaddr(_header(mail, "From"))
    bounce = mail.get_content_type() == "multipart/report"
    if "@" not in sender or len(sender) > 254 or not sender.isascii():
        raise unreadable()
    message_id = _header(mail, "Message-ID").strip()
    return Mail(
        key=hashlib.sha256((message_id + sender).encode() if message_id else raw).hexdigest(),
        sender=sender.lower(),
        name=_plain(name)[:200] or sender,
        subject=_plain(_header(mail, "Subject"))[:200],
        text=own_words(_words(mail))[:MOST_TEXT],
        sent_to=" ".join(address for _, address in getaddresses([_header(mail, each) for each in TO])),
        answers=tuple(_answers(mail)),
        automatic=bounce or _automatic(mail),
        bounce=bounce,
        files=() if bounce else tuple(_files(mail)),
    )


def own_words(text: str) -> str:
    """Without what is quoted and the signature; all of it when nothing else is left."""
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line == SIGNATURE or QUOTES.match(line):
            break
        lines.append(line)
    own = _plain("\n".join(lines))
    return own or _plain(text)


def _plain(text: str) -> str:
    return CONTROL.sub("", text).strip()


def _header(mail: EmailMessage, name: str) -> str:
    """A header that is wrong counts as none."""
    try:
        return str(mail[name] or "")
    except (ValueError, IndexError, AttributeError):
        return ""


def _automatic(mail: EmailMessage) -> bool:
    submitted = _header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = _header(mail, "Precedence").strip().lower()
    listed = any(_header(mail, name) for name in ("List-Id", "X-Autoreply", "X-Auto-Response-Suppress"))
    nobody = _header(mail, "Return-Path").strip() == "<>"
    return submitted not in ("", "no") or precedence in BULK or listed or nobody


def _answers(mail: EmailMessage) -> Iterator[UUID]:
    named = f"{_header(mail, 'In-Reply-To')} {_header(mail, 'References')[-2000:]}"
    for found in AN_ID.finditer(named):
        try:
            yield UUID(found[1])
        except ValueError:
            continue


def _words(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    content = part.get_content()
    if not isinstance(content, str):
        return ""
    return _of_html(content) if part.get_content_type() == "text/html" else content


def _files(mail: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(mail.iter_attachments()):
        if number >= MOST_PARTS:
            return
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield _plain(part.get_filename() or "") or f"file-{number + 1}", content


class _Text(HTMLParser):
    """The words of a page, a line for each block."""

    SKIPPED = frozenset({"style", "script", "head", "blockquote"})
    BLOCKS = frozenset({"br", "p", "div", "li", "tr"})

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += tag in self.SKIPPED
        if tag in self.BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._skipping = max(0, self._skipping - (tag in self.SKIPPED))

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.pieces.append(" ".join(data.split()) + " " if data.strip() else "")


def _of_html(page: str) -> str:
    """Up to where it is no page any more."""
    parser = _Text()
    with suppress(AssertionError):
        parser.feed(page)
    return "".join(parser.pieces)


def unreadable() -> Invalid:
    text = "This is no mail that can be read: it needs a From with one address."
    return Invalid("mail_unreadable", text, {"message": [text]})
