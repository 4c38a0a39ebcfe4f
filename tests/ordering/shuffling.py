"""A state machine that brings a history's facts to one service in whatever order it likes, doubled and late.

What a fact is the consequence of has happened before it: a fact about a request comes after the service's own
earlier doings with that request, and those are done as soon as they can be. Nothing else is promised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from servicekit.errors import NotYet

from servicekit import json

from .states import differences
from .stories import Done, Step, Told, do_in_dispatch, do_in_intake
from .town import AT_THE_END, Member, is_called

ANY = st.integers(min_value=0, max_value=10_000)
NOT_NOW = (NotYet, LookupError, ValueError)  # the last two: a command on what has not come
UNTIMELY = ("NotAllowed", "TooLate", "NotFound", "Stale")


class Replay:
    """One service from its first day, with the steps of a history that concern it."""

    def __init__(self, member: Member, history: Sequence[Step]) -> None:
        self.member = member
        self.left = [step for step in history if _concerns(step, member)]
        self.came: list[Told] = []
        self._now_called: dict[str, str] = {}  # requests get other ids when intake makes them anew
        member.begin()

    def possible(self) -> list[int]:
        """Which of the steps that are left may come next."""
        return [index for index, step in enumerate(self.left) if not self._must_wait(step, self.left[:index])]

    def take(self, index: int) -> bool:
        """False when it could not be done yet, and stays."""
        step = self.left[index]
        try:
            self._do(step) if isinstance(step, Done) else self.hear(step)
        except Exception as error:
            if not _may_wait(error):
                raise
            return False
        del self.left[index]
        return True

    def hear(self, told: Told) -> None:
        self.member.hear(self._translated(told), AT_THE_END)
        self.came.append(told)

    def finish(self, choose: Callable[[int], int] = lambda count: 0) -> None:
        """Bring all that is left; `choose(n)` says which of n."""
        stuck = 0
        while self.left:
            possible = self.possible()
            stuck = 0 if self.take(possible[(choose(len(possible)) + stuck) % len(possible)]) else stuck + 1
            assert stuck <= len(possible), f"{self.member.name} waits for ever: {self.left}"

    def _must_wait(self, step: Step, earlier: Sequence[Step]) -> bool:
        """For its own doings with the same request. Doings wait for each other and for what is of no request
        (products, calendars): what people do is judged by what is known then, and not judged again later.
        """
        if isinstance(step, Done):
            return any(isinstance(one, Done) or one.request is None for one in earlier)
        return any(isinstance(one, Done) and one.request == step.request for one in earlier)

    def _do(self, step: Done) -> None:
        if step.service == "dispatch":
            do_in_dispatch(self.member, step.more["number"], step.what, AT_THE_END)
            return
        request = None if step.what == "receive" else self._now_called[step.request]
        made = do_in_intake(self.member, step.what, request, AT_THE_END, step.more)
        self._now_called[step.request] = str(made["request_id"])

    def _translated(self, told: Told) -> Any:
        text = json.dumps(told.message.data).decode()
        for before, now in self._now_called.items():
            text = text.replace(before, now)
        return replace(told.message, data=json.loads(text))


def _concerns(step: Step, member: Member) -> bool:
    if isinstance(step, Done):
        return step.service == member.name
    return step.message.type in member.kind.listens


def _may_wait(error: Exception) -> bool:
    return isinstance(error, NOT_NOW) or is_called(error, *UNTIMELY)


def machine(member: Member, history: Sequence[Step], state: Callable[[Member], Any], expected: Any) -> Any:
    class AnyOrder(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.replay = Replay(member, history)

        @rule(which=ANY)
        def something_comes(self, which: int) -> None:
            possible = self.replay.possible()
            if possible:
                self.replay.take(possible[which % len(possible)])

        @rule(which=ANY)
        def something_comes_again(self, which: int) -> None:
            if self.replay.came:
                self.replay.hear(self.replay.came[which % len(self.replay.came)])

        def teardown(self) -> None:
            self.replay.finish(lambda count: count - 1)
            wrong = differences(expected, state(member))
            assert not wrong, "\n".join(wrong)

    return AnyOrder
