"""Entry points about what keeps coming back outside the catalogue."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, every, rpc
from servicekit.storage import WorkProvider

from intake.domain.repeats import Action
from intake.handlers import repeats
from intake.messages import repeats as messages
from intake.messages.shapes import read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]
BATCH = 200


class Repeats:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)

    @every(seconds=20, lease="intake.sort_repeats")
    def sort_repeats(self) -> None:
        """What was not standard, once the desk has looked at it."""
        while True:
            with self.work() as work:
                if repeats.sort_repeats(work, BATCH) < BATCH:
                    return

    @rpc("repeats.read")
    def list_repeats(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return repeats.list_repeats(work, **read(messages.ListRepeats, query))

    @rpc("repeats.read")
    def get_repeat(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return repeats.get_repeat(work, **read(messages.OneRepeat, query))

    @rpc("repeats.decide")
    def propose_repeat(self, call: Call, **command: Any) -> Answer:
        given = read(messages.ChangeRepeat, command)
        with self.work() as work:
            return repeats.decide(work, **given, action=Action.PROPOSE, reason=None)

    @rpc("repeats.decide")
    def set_repeat_aside(self, call: Call, **command: Any) -> Answer:
        given = read(messages.SetAside, command)
        with self.work() as work:
            return repeats.decide(work, **given, action=Action.SET_ASIDE)

    @rpc("repeats.decide")
    def take_repeat_back(self, call: Call, **command: Any) -> Answer:
        given = read(messages.ChangeRepeat, command)
        with self.work() as work:
            return repeats.decide(work, **given, action=Action.TAKE_BACK, reason=None)
