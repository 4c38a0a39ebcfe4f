"""Putting a mail where it belongs: as the requester's own answer, beside the dossier, or as a new request.

Only who answers a mail of ours, from the address that we sent it to, acts as its reader: they hold what that
mail gave them (the signed address, or an id that nobody guesses). Whoever else names a dossier is read by the
desk and acts for nobody. The same mail again does the same once: its key goes along as idempotency key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from servicekit.actor import Actor
from servicekit.errors import Conflict, NotFound, ServiceError

from gateway.clients import Caller, Json, Services, Transport
from gateway.files.refusals import FileRefused
from gateway.files.taking import MOST_AT_ONCE, Taking
from gateway.mail.reading import Mail
from gateway.often import MAILED, Often
from servicekit import reply_addresses

REFERENCE = re.compile(r"\bSD-\d{2}-\d{6,12}\b", re.IGNORECASE)
FOLLOWER = "follower"
NOTHING_SAID = "(no text)"


@dataclass(frozen=True)
class Door:
    """`by`: the program that brought the mail."""

    transport: Transport
    files: Taking
    keys: Sequence[str]
    by: Actor
    correlation_id: str
    often: Often

    def enter(self, mail: Mail) -> Json:
        """What became of it: {"outcome": ..., "request_id", "reference"}; see MailOutcome. A mail that came
        before with the same words, but whose files have other receipts by now, is known.
        """
        try:
            return self._enter(mail)
        except ServiceError as error:
            if error.code != "idempotency_key_reused":
                raise
            return _outcome("known")

    def _enter(self, mail: Mail) -> Json:
        answered = self._answered(mail)
        verified = answered is not None and (answered["address"] or "").lower() == mail.sender
        if mail.automatic:
            return self._automatic(mail, answered)
        if answered and verified:
            return self._reply(mail, answered)
        request_id = answered["request_id"] if answered else self._named(mail)
        if request_id:
            return self._note(mail, request_id)
        return self._receive(mail)

    def _answered(self, mail: Mail) -> Json | None:
        """The mail of ours that is answered. The signed address goes before what a mail program adds."""
        signed = reply_addresses.read(self.keys, mail.sent_to)
        for message_id in ([signed] if signed else []) + list(mail.answers[:5]):
            try:
                return self._services().notifications.get_message(str(message_id))
            except NotFound:
                continue
        return None

    def _named(self, mail: Mail) -> str | None:
        """By the number in the subject, when its sender is its requester. That is easily said, so it is no
        proof.
        """
        sender = self._services().intake.get_sender(mail.sender)
        if not sender["person_id"]:
            return None
        reference = REFERENCE.search(mail.subject)
        if reference is None:
            return None
        found = self._services().intake.list_requests(q=reference[0].upper(), limit=1)["items"]
        for each in found:
            whose = (each.get("requester") or {}).get("person_id")
            if each["reference"] == reference[0].upper() and whose in sender["person_ids"]:
                return str(each["request_id"])
        return None

    def _automatic(self, mail: Mail, answered: Json | None) -> Json:
        """Never answered, and never an answer. That a mail did not arrive, the desk must know."""
        if answered is None:
            return _outcome("ignored")
        return self._note(mail, answered["request_id"])

    def _reply(self, mail: Mail, answered: Json) -> Json:
        person = Actor(
            "person", f"link-{answered['person_id']}", name=answered["name"], roles=frozenset({FOLLOWER}),
            person_id=str(answered["person_id"]), language=answered["language"],
        )  # fmt: skip
        text, receipts = self._brought(mail, person.id)
        try:
            found = self._services(mail, person).intake.reply_to_desk(
                str(answered["request_id"]), text=text, attachments=receipts, channel="email"
            )
        except Conflict as error:
            if error.code != "not_allowed":
                raise
            return self._receive(mail)  # closed: what is said now is something new
        return _outcome("replied", found)

    def _note(self, mail: Mail, request_id: Any) -> Json:
        text, receipts = self._brought(mail, self.by.id)
        kind = "bounce" if mail.bounce else "automatic" if mail.automatic else "unverified"
        said = {"sender": mail.sender, "kind": kind, "text": text, "attachments": receipts}
        return _outcome("noted", self._services(mail).intake.note_mail(str(request_id), **said))

    def _receive(self, mail: Mail) -> Json:
        """By whoever has this address; a stranger becomes somebody we know by it. What comes from it again
        and again is taken in, and not answered by mail.
        """
        sender = self._services().intake.save_sender(mail.sender, mail.name)
        text, receipts = self._brought(mail, self.by.id)
        words = f"{mail.subject}\n\n{text}" if mail.subject else text
        found = self._services(mail).intake.receive_request(
            text=words, channel="email", requester_id=str(sender["person_id"]), attachments=receipts,
            **({} if self.often.may(MAILED, mail.sender) else {"notify": False}),
        )  # fmt: skip
        return _outcome("received", found)

    def _brought(self, mail: Mail, bearer: str) -> tuple[str, list[str]]:
        """The words, and receipts for the files. A file that is not taken is said, and keeps nothing else."""
        receipts: list[str] = []
        refused: list[str] = []
        for name, content in mail.files:
            try:
                if len(receipts) >= MOST_AT_ONCE:
                    raise FileRefused("too_many_files", name, MOST_AT_ONCE)
                receipts += self._take(name, content, bearer)
            except FileRefused as error:
                refused.append(f"[{name}: {error.detail}]")
        words = "\n".join([mail.text or NOTHING_SAID, *refused[:20]])
        return words, receipts

    def _take(self, name: str, content: bytes, bearer: str) -> list[str]:
        if self.files.store is None:
            raise FileRefused("files_not_taken")
        file = self.files.store.receive(self.files.most_bytes)
        try:
            file.name = name
            file.write(content)
            file.seek(0)
            return self.files.take([file], bearer)
        finally:
            file.forget()

    def _services(self, mail: Mail | None = None, actor: Actor | None = None) -> Services:
        key = f"mail-{mail.key}" if mail else None
        return Services(Caller(self.transport, actor or self.by, self.correlation_id, key))


def _outcome(outcome: str, found: Json | None = None) -> Json:
    found = found or {}
    return {
        "outcome": outcome,
        "request_id": found.get("request_id"),
        "reference": found.get("reference"),
    }
