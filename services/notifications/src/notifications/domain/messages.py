"""A message: one text, for one person, on one occasion, at most once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


class Template(StrEnum):
    RECEIPT = "receipt"
    QUESTION = "question"
    READY = "ready"
    REOPENED = "reopened"
    CLOSED = "closed"
    APPROVAL = "approval"
    UPDATE = "update"
    REMEDY = "remedy"
    PROMISE = "promise"
    APPOINTMENT = "appointment"
    NOBODY_CAME = "nobody_came"
    ORDER = "order"
    VISIT = "visit"
    CORRECTED = "corrected"
    COUNTER = "counter"


class Suppression(StrEnum):
    """Why a message is not sent. It is kept all the same, so that nobody has to guess."""

    NOT_WANTED = "not_wanted"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True)
class Recipient:
    person_id: str
    name: str
    email: str | None
    language: str


@dataclass(frozen=True)
class Message:
    """`occasion` tells two messages of one template about one request apart: the round, or the sequence.
    `sequence` is the request's own in what it tells of; None of what tells a supplier of an order.
    `mentions`: the requests that it tells of where it tells of several.
    """

    message_id: UUID
    request_id: UUID
    reference: str
    template: Template
    occasion: str
    recipient: Recipient
    subject: str
    body: str
    state: State
    reason: Suppression | None
    created_at: datetime
    sequence: int | None = None
    mentions: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Outgoing:
    """A claimed message; `attempt` counts from 1, `replays` how often somebody had it sent again."""

    message_id: UUID
    request_id: UUID
    person_id: UUID
    reference: str | None
    template: str
    name: str
    address: str
    language: str
    subject: str
    body: str
    created_at: datetime
    attempt: int
    replays: int = 0
    reply_to: str = ""


def suppression(notify: bool, email: str | None) -> Suppression | None:
    """Phone and counter contacts are not mailed unless they asked for it."""
    if not notify:
        return Suppression.NOT_WANTED
    return None if email else Suppression.NO_ADDRESS


# What the requester did is no news to the requester.
_OWN_DOING = {"solved", "withdrawn"}
SYSTEM = "service"


def is_news(resolution: str, by_kind: str) -> bool:
    """Whether the requester must be told that a request was closed."""
    return resolution not in _OWN_DOING or by_kind == SYSTEM


# A mail server may be away for a night; a person who finds its mail failed can do no more than send it again.
_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 300, 900, *(3600,) * 24))
MAX_ATTEMPTS = len(_DELAYS) + 1


def delay_after(attempt: int, permanent: bool) -> timedelta | None:
    """How long to wait after a failed attempt (counted from 1); None: give up, and show it."""
    if permanent or attempt >= MAX_ATTEMPTS:
        return None
    return _DELAYS[attempt - 1]


LANGUAGES = ("nl", "en")


def language_of(wanted: str | None) -> str:
    """The desk writes Dutch and English; to anybody else it writes Dutch."""
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


# One address and nothing else: no list of them, no header, no comment. Whether it exists, the server knows.
_ADDRESS = re.compile(r"[^\s@<>,;:()\[\]\"\\\\]+@[^\s@<>,;:()\[\]\"\\\\]+")


def is_address(text: str) -> bool:
    return text.isascii() and _ADDRESS.fullmatch(text) is not None


def one_line(text: str) -> str:
    """Fit for a mail header: a line break in it would let its author add headers."""
    return " ".join(text.split())
