"""What a request takes in by mail, what it does to promise something anew, and which rules it passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain import facts
from intake.domain.attachments import attached
from intake.domain.errors import NotAllowed, Wrong
from intake.domain.pledges import Pledge, What, make
from intake.domain.request_states import Action
from intake.domain.values import Attachment, By, Entry, ProductRef, Promise

if TYPE_CHECKING:
    from intake.domain.requests import Request
    from intake.domain.values import Requester
    from intake.domain.work_orders import WorkOrder

MOST = 100
DISPATCH = By("service", "dispatch")
LOOK = {
    "nl": "“{title}” is klaar. Kijkt u of het goed is? Op de pagina van uw melding zegt u het ons; "
    "daarna gaan we verder.",
    "en": "“{title}” is done. Will you look whether it is right? Tell us on the page of your request; "
    "then we go on.",
}
PAST = "Choose a moment that is still to come."


class Promising:
    """A part of Request: see there."""

    if TYPE_CHECKING:
        promise: Promise
        requester: Requester | None
        pledges: list[Pledge]
        entries: list[Entry]
        signals: dict[str, Any]
        updated_at: datetime | None

        def _move(self, action: Action, at: datetime, by: By, data: dict[str, Any]) -> Any: ...
        def _tell(self, event: str, data: Callable[[Request], dict[str, Any]]) -> None: ...
        def _desk_acted(self, at: datetime) -> None: ...

    def take_mail(
        self, text: str, sender: str, kind: str, at: datetime, by: By, files: Sequence[Attachment]
    ) -> None:
        """A mail that acts for nobody: its sender is not proven, or no person wrote it. The desk reads it."""
        said = {"text": text, "sender": sender, "kind": kind, **attached(files)}
        self.entries.append(Entry(at, "mail_noted", by, said, public=False))
        if kind != "automatic":
            self.signals["requester_wrote"] = {"at": at}
        self.updated_at = at

    def overrule(self, rule: str, reason: str, product: ProductRef, at: datetime, by: By) -> None:
        """A rule of its product does not hold for this one; `rule` as dispatch calls the deviation."""
        said = {"rule": rule, "reason": reason}
        self.entries.append(Entry(at, "overruled", by, {}, said, public=False))
        self._tell("rule_overruled", lambda request: facts.overruled(request, rule, reason, product, at, by))

    def pledge(self, what: What, until: datetime, text: str | None, at: datetime, by: By) -> None:
        """A new promise, in place of the one of its kind. Its requester is told."""
        if until <= at:
            raise Wrong("invalid", PAST, {"until": [PAST]})
        if len(self.pledges) >= MOST:
            raise NotAllowed(f"{MOST} promises were made already. Solve it, or telephone the requester.")
        self._move(Action.PROMISE, at, by, {"what": what, "until": until, "text": text})
        self._desk_acted(at)
        make(self.pledges, what, until, at, by, text)
        name = "respond_by" if what is What.WORD else "resolve_by"
        self.promise = replace(self.promise, **{name: until})
        self._tell("promise_made", lambda request: facts.promise_made(request, what, until, text, at, by))

    def look_asked(self, order: WorkOrder, at: datetime) -> None:
        """Its requester is who checks this work: they must hear that it is their turn."""
        language = self.requester.language if self.requester else "nl"
        title = order.title or {}
        words = LOOK.get(language, LOOK["nl"])
        text = words.format(title=title.get(language) or title.get("nl") or order.number)
        self._move(Action.INFORM, at, DISPATCH, {"text": text})
        self._tell("request_updated", lambda me: facts.updated(me, text, at, DISPATCH))

    def moments_proposed(self, order: WorkOrder, fact: Mapping[str, Any], at: datetime) -> None:
        """Whoever comes leaves the choice of the moment to the requester, who must hear of it."""
        self._tell("appointment_proposed", lambda me: facts.appointment_proposed(me, order, fact, at))
