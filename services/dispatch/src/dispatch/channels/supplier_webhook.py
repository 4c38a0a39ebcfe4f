"""Posts orders to a supplier's server, signed as Standard Webhooks says, and reads its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from servicekit.clock import SystemClock
from servicekit.logs import logger
from servicekit.outbound.posting import NoReply, NotUnderstood, Reply, Unreachable
from servicekit.outbound.targets import TargetRefused
from standardwebhooks import Webhook

from dispatch.domain.deliveries import Consignment, Errand, Failure, NoAnswer, Outcome, understand
from dispatch.domain.supplier_access import Access, why_shut_out
from dispatch.domain.webhook_secrets import signing_secrets
from servicekit import json

TYPES = {
    Errand.ORDER: "work_order.issued",
    Errand.CANCELLATION: "work_order.cancellation_requested",
    Errand.REMINDER: "work_order.reminded",
    Errand.VISIT: "work_order.visit_planned",
}
NOTHING = {"answer": "received"}  # what an empty answer says
LONGEST_EXCERPT = 120

# What a status means, where it says more than its hundred.
STATUSES: dict[int, tuple[Failure, str]] = {
    401: (Failure.ERROR, "does not believe our signature; does it have its present secret?"),
    403: (Failure.ERROR, "does not let us in; does it have its present secret?"),
    404: (Failure.ERROR, "knows no such address; is the one that we have right?"),
    405: (Failure.ERROR, "takes nothing by POST at this address; is the one that we have right?"),
    408: (Failure.NO_ANSWER, "gave up waiting"),
    410: (Failure.GONE, "says that nothing is received at this address any more"),
    413: (Failure.ERROR, "finds the order too large"),
    429: (Failure.BUSY, "asks to come back later"),
    502: (Failure.AWAY, "has lost the program behind it"),
    503: (Failure.BUSY, "asks to come back later"),
    504: (Failure.NO_ANSWER, "got no answer from the program behind it"),
}
HUNDREDS: dict[int, tuple[Failure, str]] = {
    3: (Failure.ERROR, "sends us elsewhere, which we do not follow; save the address where it ends"),
    4: (Failure.ERROR, "does not take it"),
    5: (Failure.ERROR, "failed"),
}
UNKNOWN = (Failure.GARBAGE, "answered something that is not HTTP")

REAL_TIME = SystemClock()
log = logger("webhooks")


class Posts(Protocol):
    """What is needed of servicekit.outbound.posting.Poster."""

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> Reply: ...


class SupplierWebhooks:
    def __init__(
        self, poster: Posts, master_secret: str, now: Callable[[], datetime] = REAL_TIME.now
    ) -> None:
        """`now` is real time, also in a demo whose clock is moved: suppliers hold it against their own."""
        self._poster = poster
        self._master_secret = master_secret
        self._now = now

    def bring(self, consignment: Consignment) -> Outcome:
        """What the supplier answered, or why not. Never raises: whatever happens is kept with the order."""
        try:
            return self._bring(consignment)
        except Exception as error:
            log.error("a webhook could not be made", key=consignment.key, error=type(error).__name__)
            return NoAnswer(Failure.ERROR, f"The message could not be made: {type(error).__name__}.")

    def _bring(self, consignment: Consignment) -> Outcome:
        provider, access = consignment.provider, consignment.access
        if not self._master_secret:
            return NoAnswer(Failure.NOT_SET_UP, "This desk has no WEBHOOK_MASTER_SECRET to sign with.")
        if why := why_shut_out(provider.name, access):
            return NoAnswer(Failure.NOT_SET_UP, why)
        assert access is not None
        body = self._body(consignment)
        try:
            reply = self._poster.post(provider.address or "", body, self._headers(consignment, access, body))
        except TargetRefused as refused:
            return NoAnswer(Failure.NOT_SET_UP, str(refused))
        except Unreachable as error:
            return NoAnswer(Failure.AWAY, str(error))
        except NoReply as error:
            return NoAnswer(Failure.NO_ANSWER, str(error))
        except NotUnderstood as error:
            return NoAnswer(Failure.GARBAGE, str(error))
        return self._read(consignment.errand, reply)

    def _body(self, consignment: Consignment) -> bytes:
        message = {
            "type": TYPES[consignment.errand],
            "timestamp": self._now(),
            "data": {**consignment.order, **consignment.arguments},
        }
        return json.dumps(message)

    def _headers(self, consignment: Consignment, access: Access, body: bytes) -> dict[str, str]:
        at = self._now()
        secrets = signing_secrets(self._master_secret, consignment.provider.provider_id, access.generation)
        signatures = [Webhook(secret).sign(consignment.key, at, body.decode()) for secret in secrets]
        return {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": "Servicedesk",
            "webhook-id": consignment.key,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(signatures),
        }

    def _read(self, errand: Errand, reply: Reply) -> Outcome:
        if not 200 <= reply.status < 300:
            return self._refusal(reply)
        if not reply.body.strip():
            return understand(errand, NOTHING)
        try:
            return understand(errand, json.loads(reply.body))
        except ValueError:
            return NoAnswer(
                Failure.GARBAGE,
                f"The supplier's server answered {reply.status} with something that is not JSON."
                " Nothing at all would mean: received.",
            )

    def _refusal(self, reply: Reply) -> NoAnswer:
        failure, says = STATUSES.get(reply.status) or HUNDREDS.get(reply.status // 100, UNKNOWN)
        words = excerpt(reply)
        detail = f"The supplier's server {says} ({reply.status})" + (f": “{words}”" if words else ".")
        wait = self._retry_after(reply) if failure is Failure.BUSY else 0.0
        return NoAnswer(failure, detail, wait)

    def _retry_after(self, reply: Reply) -> float:
        """In seconds or as a date; what cannot be read counts for nothing."""
        given = reply.headers.get("retry-after", "").strip()
        if re.fullmatch(r"\d{1,9}", given):
            return float(given)
        try:
            at = parsedate_to_datetime(given)
        except (ValueError, TypeError):
            return 0.0
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return max(0.0, (at - self._now()).total_seconds())


def excerpt(reply: Reply) -> str:
    """The beginning of what a program said in words; never a page, which may hold anything."""
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    text: Any = ""
    if kind == "text/plain":
        text = reply.body.decode("utf-8", "replace")
    elif kind.endswith("json"):
        try:
            said = json.loads(reply.body)
        except ValueError:
            said = None
        if isinstance(said, dict):
            text = next(
                (said[name] for name in ("detail", "reason", "message", "title") if said.get(name)), ""
            )
    if not isinstance(text, str):
        return ""
    words = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return words if len(words) <= LONGEST_EXCERPT else words[: LONGEST_EXCERPT - 1] + "…"
