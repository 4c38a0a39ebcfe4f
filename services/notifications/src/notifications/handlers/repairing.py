"""Mails in the repair list: kept when they are given up, settled when they are sent after all, sent again on
demand as the same mail, with the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, NotFound
from servicekit.recovery.acting import Repair
from servicekit.recovery.failed import Failed

from notifications.channels.mail.smtp import Outcome
from notifications.domain.messages import Outgoing, State
from notifications.storage.unit_of_work import NotificationsWork

MAIL = "mail"  # the kind

# By the code of an outcome. What the mail server said may quote the address: it stands with the message.
UNSENT = {
    "no_address": "What the person has for an address is not one mail address.",
    "refused": "The mail server refuses this mail for good.",
    "put_off": "The mail server put it off until it was given up.",
    "away": "The mail server could not be reached until it was given up.",
    "unwritable": "This mail can't be written as a mail.",
}


def given_up(work: NotificationsWork, mail: Outgoing, outcome: Outcome) -> None:
    label = f"{mail.reference} {mail.template}" if mail.reference else str(mail.template)
    ids = {"request_id": str(mail.request_id), "message_id": str(mail.message_id)}
    subject = {"label": label, "template": str(mail.template), **ids}
    if mail.reference:
        subject["reference"] = mail.reference
    failed = Failed(
        MAIL,
        str(mail.message_id),
        str(mail.template),
        outcome.code,
        UNSENT[outcome.code],
        subject,
        attempts=mail.attempt,
    )
    work.failures.keep(failed, work.now)


def sent_after_all(work: NotificationsWork, mails: Sequence[Outgoing]) -> None:
    again = [str(mail.message_id) for mail in mails if mail.replays]
    if again:
        work.failures.resolve(MAIL, again, "sent", work.actor.id, work.now)


def lock_mail(work: NotificationsWork, subject: dict[str, Any]) -> UUID:
    message_id = UUID(subject["message_id"])
    state = work.sending.lock(message_id)
    if state is None:
        raise NotFound("message_not_found", "There is no such message any more.")
    if state is not State.FAILED:
        raise Conflict("not_failed", f"This mail is {state}: it need not be sent again.")
    return message_id


def repairs(wake: Callable[[], None]) -> dict[str, Repair]:
    """`wake` rings the sending loop."""

    def send_again(work: NotificationsWork, message_id: UUID) -> None:
        work.sending.send_again(message_id)
        work.after_commit(wake)

    return {MAIL: Repair(lock_mail, send_again)}
