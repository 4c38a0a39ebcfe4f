"""Entry points about correcting many at once, and taking back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any
from uuid import UUID

from servicekit.engine import is_database_away
from servicekit.entrypoints import Call, every, rpc
from servicekit.logs import logger

from intake.domain.batches import State
from intake.handlers import batches, undoing
from intake.messages import batches as messages
from intake.messages.shapes import Page, read

Answer = dict[str, Any]
# Whoever asked waits no longer than this; what is left is gone on with by the timer, within half a minute.
SECONDS = 4.0
BATCH = 200
BROKEN = {
    "code": "failed",
    "text": "Something went wrong. Correct this one by itself.",
    "errors": None,
}
log = logger("intake")


class Batches:
    """A part of IntakeService: see there."""

    settings: Any
    work: Any

    @rpc("corrections.make")
    def preview_corrections(self, call: Call, **query: Any) -> Answer:
        given = read(messages.PreviewCorrections, query)
        with self.work() as work:
            return batches.preview_corrections(work, self.settings.rules, **given)

    @rpc("corrections.make", in_pieces=True)
    def correct_requests(self, call: Call, **command: Any) -> Answer:
        """Each in a transaction of its own. Killed half-way, or taking long, it is gone on with."""
        given = read(messages.CorrectRequests, command)
        with self.work.apart() as work:
            batch_id = batches.begin(work, call.idempotency_key if call else None, **given)
        with self.work.apart() as work:
            waiting = batches.positions(work, batch_id, {State.WAITING})
        self._go_through(((batch_id, position) for position in waiting), monotonic() + SECONDS)
        return self._batch(batch_id)

    @rpc("corrections.make", in_pieces=True)
    def undo_corrections(self, call: Call, **command: Any) -> Answer:
        """Those that are named, or all that can be. Each that can't says why."""
        given = read(messages.UndoCorrections, command)
        batch_id, wanted = given["batch_id"], given["positions"]
        with self.work.apart() as work:
            possible = batches.positions(work, batch_id, {State.WAITING, State.DONE})
        outcomes = [self._undo(batch_id, each) for each in reversed(possible) if each in (wanted or possible)]
        return {**self._batch(batch_id), "outcomes": outcomes[::-1]}

    @rpc("corrections.make")
    def undo_correction(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(messages.OneCorrection, command)
            return undoing.undo_correction(work, self.settings.rules, **given)

    @rpc("corrections.read")
    def get_correction_batch(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return batches.get_batch(work, **read(messages.OneBatch, query))

    @rpc("corrections.read")
    def list_correction_batches(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return batches.list_batches(work, **read(Page, query))

    @every(seconds=10, lease="intake.go_on_correcting")
    def go_on_correcting(self) -> None:
        """What whoever asked for it did not come to."""
        with self.work.apart() as work:
            found = batches.left(work, BATCH)
        self._go_through(found)

    def _go_through(self, items: Iterable[tuple[UUID, int]], until: float | None = None) -> None:
        for batch_id, position in items:
            if until and monotonic() > until:
                return
            self._one(batch_id, position)

    def _one(self, batch_id: UUID, position: int) -> None:
        def carry_out() -> None:
            with self.work.apart() as work:
                batches.carry_out(work, self.settings.rules, batch_id, position)

        problem = _tried(carry_out, batch_id, position)
        if problem:
            with self.work.apart() as work:
                batches.refuse(work, batch_id, position, problem)

    def _undo(self, batch_id: UUID, position: int) -> Answer:
        def undo() -> None:
            with self.work.apart() as work:
                batches.undo_item(work, self.settings.rules, batch_id, position)

        return {"position": position, "problem": _tried(undo, batch_id, position)}

    def _batch(self, batch_id: UUID) -> Answer:
        with self.work.apart() as work:
            return batches.get_batch(work, batch_id)


def _tried(act: Callable[[], None], batch_id: UUID, position: int) -> Answer | None:
    """What was wrong with it. A database that is away is no refusal: then all of it is tried again."""
    try:
        act()
    except batches.REFUSALS as error:
        return batches.problem_of(error)
    except Exception as error:
        if is_database_away(error):
            raise
        log.error("an item of many was not corrected", batch_id=str(batch_id), position=position, error=error)
        return BROKEN
    return None
