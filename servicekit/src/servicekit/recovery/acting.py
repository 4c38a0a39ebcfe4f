"""Acting on the repair list: trying again and setting aside, one, several, or all of a cause, never without
a bound, with a word on each.

A message is published again under its own id, so that it has its effect once. What a service could not get
done is tried again by its own use case, each in a transaction of its own: first the lock of the subject,
then that of the row, as in the changes that make and settle such rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from servicekit.amqp.publisher import ConfirmingPublisher
from servicekit.engine import is_database_away
from servicekit.errors import ServiceError
from servicekit.explaining import explain, masked
from servicekit.logs import logger
from servicekit.recovery.failed import REPLAYED_FROM, SET_ASIDE_FROM, State
from servicekit.recovery.messages import MAX_AT_ONCE
from servicekit.recovery.republishing import IS_MESSAGE, outgoing
from servicekit.recovery.store import Decision, Failures
from servicekit.storage.unit_of_work import UnitOfWork

MESSAGES_AT_ONCE = 50  # their rows are locked until the broker has confirmed them all
ALREADY, REFUSED, FAILED = "already", "refused", "failed"
Row = dict[str, Any]
Answer = dict[str, Any]
log = logger("recovery")


@dataclass(frozen=True)
class Repair:
    """How one kind is tried again. `lock(work, subject)` takes the lock under which all about the subject
    happens and answers what `again(work, found)` needs. Either may raise what a rule refuses.
    """

    lock: Callable[[Any, Row], Any]
    again: Callable[[Any, Any], None]


@dataclass(frozen=True)
class Outcome:
    failure_id: UUID
    label: str
    outcome: str
    detail: str = ""


@dataclass(frozen=True)
class Chosen:
    """`rows` without bodies; `outcomes` of those that nothing can be done about."""

    rows: list[Row]
    outcomes: list[Outcome]
    up_to: int | None


class Acting:
    """On behalf of one caller. `translate` answers what a rule's refusal is called, None for a fault."""

    def __init__(
        self,
        open_work: Callable[[], AbstractContextManager[UnitOfWork]],
        publisher: ConfirmingPublisher,
        repairs: Mapping[str, Repair],
        translate: Callable[[Exception], ServiceError | None],
    ) -> None:
        self._open_work = open_work
        self._publisher = publisher
        self._repairs = repairs
        self._translate = translate

    def replay(self, failure_ids: Sequence[UUID] | None, cause: str | None, up_to: int | None) -> Answer:
        """Only what the broker has confirmed, or the service has committed, counts as replayed."""
        chosen = self._choose(failure_ids, cause, up_to, REPLAYED_FROM)
        able = [row for row in chosen.rows if row["replayable"]]
        outcomes = [*chosen.outcomes, *(_unable(row) for row in chosen.rows if not row["replayable"])]
        messages = [row for row in able if row["kind"] in IS_MESSAGE]
        for start in range(0, len(messages), MESSAGES_AT_ONCE):
            outcomes += self._republish(messages[start : start + MESSAGES_AT_ONCE])
        outcomes += [self._again(row) for row in able if row["kind"] not in IS_MESSAGE]
        return self._answer(outcomes, cause, chosen.up_to)

    def set_aside(
        self, failure_ids: Sequence[UUID] | None, cause: str | None, up_to: int | None, reason: str
    ) -> Answer:
        """Decide that they need not be done, and why."""
        chosen = self._choose(failure_ids, cause, up_to, SET_ASIDE_FROM)
        wanted = [row["failure_id"] for row in chosen.rows]
        with self._open_work() as work:
            claimed = _ids(Failures(work.connection).claim(wanted, SET_ASIDE_FROM))
            Failures(work.connection).decide(claimed, _decision(work, State.SET_ASIDE, reason.strip()))
        return self._answer(
            [*chosen.outcomes, *_told(chosen.rows, claimed, "set_aside")], cause, chosen.up_to
        )

    def _choose(
        self,
        failure_ids: Sequence[UUID] | None,
        cause: str | None,
        up_to: int | None,
        states: Sequence[State],
    ) -> Chosen:
        with self._open_work() as work:
            store = Failures(work.connection)
            if cause is not None:
                # What fails anew gets a higher number: it is not taken up again.
                up_to = store.count_of_cause(cause, up_to)[2] if up_to is None else up_to
                return Chosen(store.open_of_cause(cause, up_to, MAX_AT_ONCE), [], up_to)
            wanted = list(dict.fromkeys(failure_ids or ()))
            known = store.some(wanted)
        unknown = [
            Outcome(one, "", REFUSED, "There is no such failure.") for one in wanted if one not in known
        ]
        taken = [_already(row) for row in known.values() if row["state"] not in states]
        rows = [known[one] for one in wanted if one in known and known[one]["state"] in states]
        return Chosen(rows, unknown + taken, None)

    def _republish(self, rows: list[Row]) -> list[Outcome]:
        with self._open_work() as work:
            store = Failures(work.connection)
            claimed = store.claim([row["failure_id"] for row in rows], REPLAYED_FROM)
            errors = self._publisher.publish_all([outgoing(row) for row in claimed]) if claimed else []
            ids = _ids(claimed)
            sent = {one for one, error in zip(ids, errors, strict=True) if error is None}
            store.decide(sent, _decision(work, State.REPLAYED, "replayed"))
        outcomes = {one.failure_id: one for one in _told(rows, ids, "replayed")}
        lost = [row for row in rows if row["failure_id"] in set(ids) - sent]
        return list((outcomes | {row["failure_id"]: _not_taken(row) for row in lost}).values())

    def _again(self, row: Row) -> Outcome:
        repair = self._repairs.get(row["kind"])
        if repair is None:
            return _unable(row)
        try:
            with self._open_work() as work:
                found = repair.lock(work, row["subject"])
                store, ids = Failures(work.connection), [row["failure_id"]]
                if not store.claim(ids, REPLAYED_FROM):
                    return _already(row)
                store.decide(ids, _decision(work, State.REPLAYED, "replayed"))
                repair.again(work, found)
        except Exception as error:
            return self._not_done(row, error)
        return _outcome(row, "replayed")

    def _not_done(self, row: Row, error: Exception) -> Outcome:
        if is_database_away(error):
            raise error
        refusal = self._translate(error)
        if refusal is not None:
            return _outcome(row, REFUSED, masked(refusal.detail))
        log.warning("a failure was not replayed", failure_id=str(row["failure_id"]), error=explain(error))
        return _outcome(row, FAILED, "It could not be done now; try again in a moment.")

    def _answer(self, outcomes: list[Outcome], cause: str | None, up_to: int | None) -> Answer:
        remaining = 0
        with self._open_work() as work:
            if cause is not None:
                remaining = Failures(work.connection).count_of_cause(cause, up_to)[0]
            counts = Counter(one.outcome for one in outcomes)
            log.info("the repair list was acted on", by=work.actor.id, cause=cause, counts=dict(counts))
        items = [vars(one) for one in outcomes]
        return {"items": items, "counts": counts, "remaining": remaining, "up_to": up_to}


def _decision(work: UnitOfWork, state: State, note: str) -> Decision:
    return Decision(state, work.actor.name or work.actor.id, note, work.now)


def _ids(rows: Sequence[Row]) -> list[UUID]:
    return [row["failure_id"] for row in rows]


def _outcome(row: Row, outcome: str, detail: str = "") -> Outcome:
    return Outcome(row["failure_id"], row["subject"].get("label", row["type"]), outcome, detail)


def _told(rows: Sequence[Row], done: Sequence[UUID], outcome: str) -> list[Outcome]:
    return [_outcome(row, outcome) if row["failure_id"] in done else _already(row) for row in rows]


def _already(row: Row) -> Outcome:
    return _outcome(row, ALREADY, "It is not open any more, or somebody else works on it now.")


def _unable(row: Row) -> Outcome:
    return _outcome(row, REFUSED, "Trying the same again can't help; see its reason for what can.")


def _not_taken(row: Row) -> Outcome:
    return _outcome(row, FAILED, "The broker did not take it; try again in a moment.")
