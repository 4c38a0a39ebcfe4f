"""What a request does when it is put right: it changes in place, and goes on from where it was received."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain import facts
from intake.domain.approval import Approval
from intake.domain.corrections import NEW_ROUND, PUBLIC, Correction, Effect
from intake.domain.request_states import Action
from intake.domain.values import By, Entry, Promise

if TYPE_CHECKING:
    from intake.domain.requests import Request

_DEADLINES = ("breach", "deadline_near")


class Correctable:
    """A part of Request: see there."""

    if TYPE_CHECKING:
        round: int
        corrections: int
        held: dict[str, Any] | None
        approval: Approval | None
        promise: Promise
        signals: dict[str, Any]
        entries: list[Entry]
        updated_at: datetime | None

        def reopen(self, reason: str, until: datetime | None, at: datetime, by: By) -> None: ...
        def _move(self, action: Action, at: datetime, by: By, data: dict[str, Any]) -> Any: ...
        def _tell(self, event: str, data: Callable[[Request], dict[str, Any]]) -> None: ...
        def _end_waiting(self, at: datetime) -> None: ...

    def correct(self, correction: Correction, changes: Mapping[str, Any], at: datetime, by: By) -> None:
        """`changes`: the fields that get another value. Nothing that its clocks are computed from is touched:
        it was received when it was received, and what it waited for it waited for.
        """
        if correction.effect is Effect.REOPEN:
            self.reopen(correction.note or "", None, at, by)
        if "promise" in changes:
            for code in _DEADLINES:
                self.signals.pop(code, None)
        for name, value in changes.items():
            setattr(self, name, value)
        if correction.effect is Effect.REASSESS:
            self._reassess(at, by)
        elif correction.effect in NEW_ROUND:
            self.round += 1
            self.held = None
        self.corrections += 1
        self.updated_at = at
        correction.round = self.round
        self.signals.pop("correction_failed", None)
        self.entries.append(_line(correction, at, by))
        self._tell("request_corrected", lambda request: facts.corrected(request, correction))

    def _reassess(self, at: datetime, by: By) -> None:
        """Whoever was asked for approval was asked about the wrong thing."""
        if self.approval:
            self._end_waiting(at)
            self.approval = None
        self.held = None
        self._move(Action.REASSESS, at, by, {})

    def correction_failed(self, correction: Correction, at: datetime, by: By) -> None:
        answer = correction.answer or {}
        detail = {"what": correction.what, "reason": answer.get("reason"), "detail": answer.get("detail")}
        self.signals["correction_failed"] = detail
        self.entries.append(Entry(at, "correction_failed", by, {}, detail, public=False))

    def correction_done(self, correction: Correction, at: datetime, by: By) -> None:
        answer = correction.answer or {}
        numbers = {name: [each["number"] for each in answer.get(name, ())] for name in ("stopped", "issued")}
        said = {"what": correction.what, "outcome": answer.get("outcome"), **numbers}
        self.entries.append(Entry(at, "correction_done", by, {}, said, public=False))


def _line(correction: Correction, at: datetime, by: By) -> Entry:
    said = {
        "correction_id": correction.correction_id,
        "cause": correction.cause,
        "note": correction.note,
        "before": correction.before,
        "after": correction.after,
    }
    return Entry(at, "corrected", by, {"what": correction.what}, said, public=correction.what in PUBLIC)
