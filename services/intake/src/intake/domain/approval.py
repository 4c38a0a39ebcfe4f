"""Who must agree to what it costs, and when they have.

A budget has holders; each of them has a seat, and may have a stand-in who can decide in it. A seat decides
once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from intake.domain.errors import NotAllowed


class Rule(StrEnum):
    """ANY: one yes is enough, and only all together can refuse. ALL: everybody must say yes, and one no
    refuses. FIRST: whoever answers first decides.
    """

    ANY = "any"
    ALL = "all"
    FIRST = "first"


class Verdict(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"


# By rule: (seats, yes, no) -> whether it is approved, and whether it is refused.
VERDICTS: Mapping[Rule, tuple[Callable[[int, int, int], bool], Callable[[int, int, int], bool]]] = {
    Rule.ANY: (lambda _seats, yes, _no: yes > 0, lambda seats, _yes, no: no == seats),
    Rule.ALL: (lambda seats, yes, _no: yes == seats, lambda _seats, _yes, no: no > 0),
    Rule.FIRST: (lambda _seats, yes, no: yes > 0 and no == 0, lambda _seats, _yes, no: no > 0),
}


@dataclass(frozen=True, slots=True)
class Approver:
    """As known when it was asked."""

    person_id: str
    name: str
    email: str | None = None
    language: str = "nl"


@dataclass(slots=True)
class Seat:
    """`approved` is None until it has decided; `by` is who did, the holder or the stand-in."""

    holder: Approver
    stand_in: Approver | None = None
    approved: bool | None = None
    by: str | None = None
    reason: str | None = None
    at: str | None = None

    def holds(self, person_id: str | None) -> bool:
        people = (self.holder, self.stand_in)
        return person_id is not None and any(each and each.person_id == person_id for each in people)


@dataclass(slots=True)
class Approval:
    """`estimate_cents`: what it will cost as far as we know. `remind_at` is None when nobody is reminded
    any more. `more`: of extra work, which order asks it and what was agreed before (`agreed_before`).
    """

    rule: Rule
    seats: list[Seat]
    asked_at: datetime
    estimate_cents: int | None = None
    note: str | None = None
    budget: str | None = None
    remind_at: datetime | None = None
    reminders: int = 0
    more: dict[str, Any] | None = None

    @property
    def verdict(self) -> Verdict | None:
        """None while it is not decided."""
        approved, refused = VERDICTS[self.rule]
        votes = [seat.approved for seat in self.seats]
        count = (len(votes), votes.count(True), votes.count(False))
        if approved(*count):
            return Verdict.APPROVED
        return Verdict.REFUSED if refused(*count) else None

    @property
    def undecided(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.approved is None]

    @property
    def deciders(self) -> list[str]:
        """The ids of all who may still decide."""
        people = (each for seat in self.undecided for each in (seat.holder, seat.stand_in) if each)
        return list(dict.fromkeys(each.person_id for each in people))

    def concerns(self, person_id: str | None) -> bool:
        """Whether this person was asked, also when it has been decided since."""
        return any(seat.holds(person_id) for seat in self.seats)

    def name_of(self, person_id: str | None) -> str | None:
        people = (each for seat in self.seats for each in (seat.holder, seat.stand_in) if each)
        return next((each.name for each in people if each.person_id == person_id), None)

    def decide(
        self, person_id: str | None, name: str, approved: bool, reason: str | None, at: datetime
    ) -> None:
        """In every seat that this person holds. Raises NotAllowed when there is none (any more)."""
        own = [seat for seat in self.undecided if seat.holds(person_id)]
        if not own:
            raise NotAllowed("This has been decided already.")
        for seat in own:
            seat.approved, seat.by, seat.reason, seat.at = approved, name, reason, at.isoformat()

    def remind(self, again_at: datetime | None) -> list[Approver]:
        """Whom to remind: who has not decided, and those who stand in for them."""
        self.reminders += 1
        self.remind_at = again_at
        people = [each for seat in self.undecided for each in (seat.holder, seat.stand_in) if each]
        return list({each.person_id: each for each in people}.values())

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Approval:
        seats = [
            Seat(**{**seat, "holder": Approver(**seat["holder"]), "stand_in": _approver(seat["stand_in"])})
            for seat in row["seats"]
        ]
        moments = {name: _moment(row[name]) for name in ("asked_at", "remind_at")}
        return cls(**{**row, **moments, "rule": Rule(row["rule"]), "seats": seats})


def _approver(row: Mapping[str, Any] | None) -> Approver | None:
    return Approver(**row) if row else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Budget:
    """Who pays for a department. What costs more than `threshold_cents` is asked first."""

    key: str
    name: str
    threshold_cents: int
    rule: Rule
    seats: Sequence[tuple[Approver, Approver | None]] = field(default_factory=tuple)

    def ask(
        self,
        requester_id: str | None,
        requester: str,
        estimate: int | None,
        note: str | None,
        at: datetime,
        remind_at: datetime,
    ) -> Approval | None:
        """None when the requester's own word is enough, being a holder."""
        seats = [Seat(holder, stand_in) for holder, stand_in in self.seats]
        approval = Approval(self.rule, seats, at, estimate, note, self.name, remind_at)
        if requester_id in [seat.holder.person_id for seat in seats]:
            approval.decide(requester_id, requester, True, None, at)
        return None if approval.verdict is Verdict.APPROVED else approval

    def must_be_asked(self, estimate_cents: int | None) -> bool:
        """What nobody can estimate is asked."""
        return estimate_cents is None or estimate_cents > self.threshold_cents


def approved_cents(approval: Approval | None) -> int | None:
    """What was agreed to; None when nobody was asked, or nobody knew."""
    if approval is None:
        return None
    before: int | None = (approval.more or {}).get("agreed_before")
    if approval.verdict is not Verdict.APPROVED or approval.estimate_cents is None:
        return before
    return (before or 0) + approval.estimate_cents
