"""Sending what is due: claim and commit, send, note the outcome and commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta

from servicekit.logs import logger

from notifications.channels.mail.links import FollowLinks
from notifications.channels.mail.smtp import Mailer, Outcome
from notifications.domain.messages import Outgoing, delay_after
from notifications.handlers import repairing
from notifications.storage.unit_of_work import NotificationsWork

log = logger("sending")
OpenWork = Callable[[], AbstractContextManager[NotificationsWork]]


def send_due(open_work: OpenWork, mailer: Mailer, links: FollowLinks, batch: int, lease: timedelta) -> int:
    """Answers how many were claimed. No transaction is open while the mail server is spoken to.

    With a slow server, no mail is begun in the second half of the lease: at its end another replica takes
    what is not noted for lost, and sends it too.
    """
    with open_work() as work:
        mails = work.sending.claim(batch, lease)
    if not mails:
        return 0
    outcomes = mailer.send_all([links.fill_in(mail) for mail in mails], lease.total_seconds() / 2)
    with open_work() as work:
        note_outcomes(work, mails, outcomes)
    return len(mails)


def note_outcomes(
    work: NotificationsWork, mails: Sequence[Outgoing], outcomes: Sequence[Outcome | None]
) -> None:
    """None: it was not begun, so it is handed back as if it had never been claimed."""
    work.sending.hand_back(
        [mail.message_id for mail, each in zip(mails, outcomes, strict=True) if each is None]
    )
    pairs = [(mail, each) for mail, each in zip(mails, outcomes, strict=True) if each is not None]
    sent = [mail for mail, outcome in pairs if outcome.error is None]
    work.sending.sent([mail.message_id for mail in sent], work.now)
    repairing.sent_after_all(work, sent)
    for mail, outcome in pairs:
        if outcome.error is not None:
            _note_failure(work, mail, outcome, outcome.error)


def _note_failure(work: NotificationsWork, mail: Outgoing, outcome: Outcome, error: str) -> None:
    delay = delay_after(mail.attempt, outcome.permanent)
    log.warning(
        "a mail was not sent", message_id=str(mail.message_id), attempt=mail.attempt, gave_up=delay is None
    )
    if delay is None:
        work.sending.give_up(mail.message_id, error)
        repairing.given_up(work, mail, outcome)
    else:
        work.sending.try_again(mail.message_id, delay, error)
