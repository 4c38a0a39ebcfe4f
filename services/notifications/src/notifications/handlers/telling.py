"""Facts about a request become messages to its requester, in the transaction that hears the fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from notifications.channels.mail import links
from notifications.channels.mail.composing import compose
from notifications.domain.messages import (
    Message,
    Recipient,
    State,
    Suppression,
    Template,
    is_news,
    language_of,
    suppression,
)
from notifications.storage.unit_of_work import NotificationsWork

Fact = dict[str, Any]
# Of a request that was made confidential, in every language.
CONFIDENTIAL = "Vertrouwelijk: lees het op de site. / Confidential: read it on the site."


# Of an entry of the counter whose names were removed; and after all that was ever told of it.
FORGOTTEN = "Verwijderd: de bewaartermijn is voorbij. / Removed: the term for keeping it is over."
LAST = 2**31 - 1


class Teller:
    """`wake` rings the sending loop; `zone` and `organisation` are what the texts speak of, `follow` what
    stands in them for the reader's link.
    """

    def __init__(
        self, zone: str, organisation: str, wake: Callable[[], None], follow: str = "", approve: str = ""
    ) -> None:
        self._zone = zone
        self._organisation = organisation
        self._follow = follow
        self._approve = approve
        self._wake = wake

    def received(self, work: NotificationsWork, fact: Fact) -> None:
        """One receipt per request, with the promise that was made at its receipt."""
        promise = fact["promise"]
        values = {"respond_by": promise["respond_by"], "resolve_by": promise["resolve_by"]}
        values["kind"] = fact["kind"]
        self._tell(work, Template.RECEIPT, "1", fact, values)

    def accepted(self, work: NotificationsWork, fact: Fact) -> None:
        """Of what was not standard the receipt is told by request_received, which may come after this."""
        if fact["standard"]:
            self.received(work, fact)

    def asked(self, work: NotificationsWork, fact: Fact) -> None:
        if fact["question"]:
            values = {"question": fact["question"]}
            self._tell(work, Template.QUESTION, str(fact["sequence"]), fact, values)

    def confided(self, work: NotificationsWork, fact: Fact) -> None:
        """What is told from now on comes without words by itself; what was told before it has none either,
        also when it comes later.
        """
        work.messages.veil(fact["request_id"], fact["sequence"], CONFIDENTIAL)

    def updated(self, work: NotificationsWork, fact: Fact) -> None:
        self._tell(work, Template.UPDATE, str(fact["sequence"]), fact, {"text": fact["text"]})

    def promised(self, work: NotificationsWork, fact: Fact) -> None:
        values = {name: fact[name] for name in ("what", "until", "text")}
        if about := fact["nobody_came"]:
            title = (about["title"] or {}).get(language_of(fact["requester"]["language"])) or fact["summary"]
            values |= {**about, "title": title}
            self._tell(work, Template.NOBODY_CAME, str(fact["sequence"]), fact, values)
            return
        self._tell(work, Template.PROMISE, str(fact["sequence"]), fact, values)

    def appointment_proposed(self, work: NotificationsWork, fact: Fact) -> None:
        language = language_of(fact["requester"]["language"])
        title = (fact["title"] or {}).get(language) or fact["summary"]
        values = {"title": title, "provider": fact["provider"], "windows": fact["windows"]}
        occasion = f"{fact['work_order_id']}-{fact['order_sequence']}"
        self._tell(work, Template.APPOINTMENT, occasion, fact, values)

    def approval_asked(self, work: NotificationsWork, fact: Fact) -> None:
        """To each of those who must agree, however the requester came to us."""
        for approver in fact["approvers"]:
            language = language_of(approver["language"])
            names = fact["product"]["name"]
            values = {
                "requester": fact["requester"]["name"],
                "product": names.get(language) or next(iter(names.values())),
                "estimate_cents": fact["estimate_cents"],
                "note": fact["note"],
                "extra_work_by": fact["extra_work_by"],
                "reminder": fact["reminder"],
                "approve": self._approve,
            }
            occasion = f"{fact['sequence']}-{approver['person_id']}"
            about = {**fact, "requester": approver, "notify": True}
            self._tell(work, Template.APPROVAL, occasion, about, values)

    def provider_told(self, work: NotificationsWork, fact: Fact) -> None:
        """To each address of a supplier, in its language. Its reader is the supplier."""
        provider, order = fact["provider"], fact["work_order_id"]
        language = language_of(fact["language"])
        names = ("number", "news", "location", "due_at", "planned_from", "owes", "reason", "together")
        values = {
            **{name: fact[name] for name in names},
            "title": fact["title"].get(language) or next(iter(fact["title"].values())),
            "order": self._follow and links.order_place(self._follow, order, fact["link"]["serial"]),
        }
        sent = fact["link"]["sent"]
        again = f"-{sent}" if sent else ""
        for index, address in enumerate(fact["to"]):
            reader = {"person_id": str(provider["provider_id"]), "name": provider["name"], "email": address}
            about = {**fact, "requester": reader | {"language": language}, "notify": True}
            occasion = f"{order}-{fact['sequence']}-{index}{again}"
            self._tell(work, Template.ORDER, occasion, about | {"summary": fact["summary"] or ""}, values)

    def visit_told(self, work: NotificationsWork, fact: Fact) -> None:
        """To each address of who has the visit; it stands with each of the requests that it serves."""
        provider, language = fact["provider"], language_of(fact["language"])
        lead = next(each for each in (*fact["orders"], *fact["left"]))
        names = ("news", "note", "location", "planned_from", "joined")
        values = {
            **{name: fact[name] for name in names},
            "orders": [_in_language(each, language) for each in fact["orders"]],
            "left": [each["number"] for each in fact["left"]],
            "link": self._visit_place(fact),
            "team": provider["kind"] == "team",
        }
        about = {
            "request_id": lead["request_id"],
            "reference": lead["number"].rpartition("-")[0],
            "mentions": [each["request_id"] for each in fact["orders"]],
            "notify": True,
        }
        for index, address in enumerate(fact["to"]):
            reader = {"person_id": str(provider["provider_id"]), "name": provider["name"], "email": address}
            about["requester"] = reader | {"language": language}
            self._tell(work, Template.VISIT, f"{fact['told_id']}-{index}", about, values)

    def _visit_place(self, fact: Fact) -> str:
        """For a supplier the link to one of its orders, from where all can be answered."""
        if not self._follow or fact["news"] == "apart":
            return ""
        if fact["provider"]["kind"] == "team":
            return links.visit_page(self._follow, fact["visit_id"])
        return links.order_place(self._follow, fact["link"]["work_order_id"], fact["link"]["serial"])

    def counter_told(self, work: NotificationsWork, fact: Fact) -> None:
        """To whom has it, for whom it is, or who is visited."""
        names = ("news", "what", "item_number", "place", "due_on", "reminder", "visitor")
        about = {
            "request_id": fact["entry_id"],
            "reference": fact["reference"],
            "sequence": fact["sequence"],
            "requester": fact["person"],
            "notify": True,
        }
        values = {name: fact[name] for name in names}
        self._tell(work, Template.COUNTER, str(fact["sequence"]), about, values, FORGOTTEN)

    def counter_forgotten(self, work: NotificationsWork, fact: Fact) -> None:
        for entry_id in fact["entry_ids"]:
            work.messages.veil(entry_id, LAST, FORGOTTEN)

    def corrected(self, work: NotificationsWork, fact: Fact) -> None:
        """Once for each correction, when it changes what the customer was told; else it is our own affair."""
        changed = fact["correction"]["told_anew"] or {}
        if not any(changed.values()):
            return
        language, product = language_of(fact["requester"]["language"]), fact["product"]
        names = product["name"] if product and not fact["sealed"] else {}
        promise = fact["promise"]
        values = {
            **changed,
            "product_name": names.get(language) or next(iter(names.values()), None),
            "assessed": product is None,
            "respond_by": promise["respond_by"],
            "resolve_by": promise["resolve_by"],
        }
        self._tell(work, Template.CORRECTED, str(fact["correction"]["correction_id"]), fact, values)

    def ready(self, work: NotificationsWork, fact: Fact) -> None:
        if fact["needs_word"]:
            self._tell(work, Template.REMEDY, str(fact["sequence"]), fact, {"text": fact["text"]})
            return
        values = {"closes_at": fact["closes_at"], "round": fact["round"], "text": fact["text"]}
        # What had no work of its own (round 0) may be ready more than once.
        occasion = str(fact["round"]) if fact["round"] else f"0:{fact['sequence']}"
        self._tell(work, Template.READY, occasion, fact, values)

    def reopened(self, work: NotificationsWork, fact: Fact) -> None:
        """By its sequence: what never had work stays in round 0, however often it is reopened."""
        self._tell(work, Template.REOPENED, str(fact["sequence"]), fact, {"reason": fact["reason"]})

    def closed(self, work: NotificationsWork, fact: Fact) -> None:
        if fact["unheard"] or is_news(fact["resolution"], fact["by"]["kind"]):
            values = {name: fact[name] for name in ("resolution", "answer", "unheard")}
            self._tell(work, Template.CLOSED, str(fact["sequence"]), fact, values)

    def _tell(
        self, work: NotificationsWork, template: Template, occasion: str, fact: Fact, values: dict[str, Any],
        veil: str = CONFIDENTIAL,
    ) -> None:  # fmt: skip
        message = self._message(work, template, occasion, fact, values)
        if work.messages.add(message, veil) and message.state is State.PENDING:
            work.after_commit(self._wake)

    def _message(
        self, work: NotificationsWork, template: Template, occasion: str, fact: Fact, values: dict[str, Any]
    ) -> Message:
        given = fact["requester"]
        language = language_of(given["language"])
        recipient = Recipient(given["person_id"], given["name"], given["email"] or None, language)
        common = {
            "reference": fact["reference"],
            "summary": fact.get("summary", ""),
            "name": recipient.name,
            "organisation": self._organisation,
            "follow": self._follow,
        }
        subject, body = compose(template, language, self._zone, common | values)
        reason: Suppression | None = suppression(fact["notify"], recipient.email)
        return Message(
            message_id=work.new_id(),
            request_id=fact["request_id"],
            reference=fact["reference"],
            template=template,
            occasion=occasion,
            recipient=recipient,
            subject=subject,
            body=body,
            state=State.SUPPRESSED if reason else State.PENDING,
            reason=reason,
            created_at=work.now,
            sequence=None if template in links.TO_PROVIDERS else fact["sequence"],
            mentions=tuple(fact.get("mentions", ())),
        )


def _in_language(order: dict[str, Any], language: str) -> dict[str, Any]:
    title = order["title"]
    return {**order, "title": title.get(language) or next(iter(title.values()), "")}
