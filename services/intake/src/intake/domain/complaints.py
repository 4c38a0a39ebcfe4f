"""A complaint: what it is about, why it happened, what is done about it, and whose word settled it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from intake.domain.complaint_states import Stage, Step, row_for

CAUSES = (
    "late", "not_done", "badly_done", "wrong_information", "conduct", "wrong_cost", "unclear_promise",
    "unfounded", "other",
)  # fmt: skip
# How the desk tries to reach a customer who says nothing.
WAYS = ("phone", "email", "letter", "visit")
# So often, before a manager may close it without their word.
ATTEMPTS = 2


@dataclass(slots=True)
class Complaint:
    """`about`: {"request_id", "reference", "work_order_id", "number", "provider", "promise": {"what",
    "moment"}}, each None where it is about no such thing. `word`: {"by", "at", "recorded_by"} of the customer
    who settled it; recorded_by is None when they did so themselves. `attempts` to reach them: {"way", "at",
    "by", "note"}. `unheard_from`: since when a manager may close it without their word, once it is known.
    `unheard`: {"by", "at", "reason"} of the manager who did.
    """

    stage: Stage = Stage.LODGED
    about: dict[str, Any] | None = None
    acknowledged_at: Any = None
    cause: str | None = None
    cause_note: str | None = None
    remedy: str | None = None
    remedy_request: dict[str, Any] | None = None
    word: dict[str, Any] | None = None
    attempts: list[dict[str, Any]] = field(default_factory=list)
    unheard_from: Any = None
    unheard: dict[str, Any] | None = None

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        since = row.get("unheard_from")
        moment = datetime.fromisoformat(since) if since else None
        return cls(**{**row, "stage": Stage(row["stage"]), "unheard_from": moment})

    @property
    def provider_id(self) -> str | None:
        provider = (self.about or {}).get("provider")
        return provider["provider_id"] if provider else None

    def step(self, step: Step) -> None:
        self.stage = row_for(self.stage, step).to

    def acknowledge(self, at: datetime) -> None:
        self.step(Step.ACKNOWLEDGE)
        self.acknowledged_at = at

    def find_cause(self, cause: str, note: str | None) -> None:
        self.step(Step.FIND_CAUSE)
        self.cause, self.cause_note = cause, note

    def remedied(self, text: str, request: dict[str, Any] | None) -> None:
        self.step(Step.REMEDY)
        self.remedy, self.remedy_request = text, request

    def settle(self, by: str, at: datetime, recorded_by: str | None) -> None:
        self.step(Step.ACCEPT)
        self.word = {"by": by, "at": at, "recorded_by": recorded_by}

    @property
    def tried_enough(self) -> bool:
        return len(self.attempts) >= ATTEMPTS

    def attempt(self, way: str, at: datetime, by: str, note: str | None) -> None:
        self.step(Step.ATTEMPT)
        self.attempts.append({"way": way, "at": at, "by": by, "note": note})

    def close_unheard(self, reason: str, at: datetime, by: str) -> None:
        self.step(Step.CLOSE_UNHEARD)
        self.unheard = {"by": by, "at": at, "reason": reason}

    def contest(self) -> None:
        """What was found and done stays in the time line; here it begins anew."""
        self.step(Step.CONTEST)
        self.attempts, self.unheard_from, self.unheard = [], None, None
        self.cause = self.cause_note = self.remedy = self.remedy_request = self.word = None
