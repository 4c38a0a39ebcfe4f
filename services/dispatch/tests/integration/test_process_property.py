"""Any acyclic process, answered in any way and order that the desk is offered, completes exactly once.

The rules themselves have such a test among the unit tests; here they are carried out as people do, in a
database, with what is refused, given to another, paused, judged bad, dropped, begun early, or added.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import count
from typing import Any

from dispatch.domain.products import Step
from dispatch.domain.work_order_states import Action
from dispatch.handlers.acting import act_on_work_order, reroute_work_order
from dispatch.handlers.deviating import add_step
from dispatch.handlers.reading import list_work_orders
from dispatch.storage.reading import Filter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ..samples import AGENT, PORTAL, RPC, TEAM, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House

PROVIDERS = (TEAM, PORTAL, RPC)
DONE = frozenset({"technically_complete", "checked", "administratively_complete"})
APPROVED = DONE - {"technically_complete"}

# What the desk may do with an order on the way, with what it says, whenever it is offered.
DETOURS: dict[str, dict[str, Any]] = {
    "refuse": {"reason": "Geen mensen"},
    "pause": {"pause": {"reason": "material", "counterparty": "supplier"}},
    "fail": {"reason": "Scheef"},
    "not_carried_out": {"reason": "Niemand kwam"},
    "cancel": {"reason": "Toch niet nodig"},
    "begin_early": {"reason": "Kan alvast"},
    "reroute": {"reason": "Een ander"},
    "start": {},
}
# What brings it nearer to its end; what was refused or not done goes to another.
ONWARDS = ("accept", "resume", "complete", "check", "confirm_cancellation")
STUCK = frozenset({"refused", "not_carried_out", "rejected"})

BOUNDED = settings(
    max_examples=12,
    phases=(Phase.generate,),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
NAMES = count(1)  # each example is another request on the same database


@st.composite
def processes(draw: st.DrawFn) -> list[Step]:
    """Steps that wait only for earlier ones, then shuffled: acyclic, of any shape. Some are checked, and of
    these some hold up what comes after.
    """
    keys = [f"s{i}" for i in range(draw(st.integers(1, 5)))]
    checks = st.sampled_from([None, {"by": "desk", "holds": False}, {"by": "desk", "holds": True}])
    steps = []
    for index, key in enumerate(keys):
        needed = draw(st.sets(st.sampled_from(keys[:index]), max_size=3)) if index else set()
        made = step(key, draw(st.sampled_from(PROVIDERS)).slug, *sorted(needed))
        steps.append(replace(made, check=draw(checks)))
    return draw(st.permutations(steps))


class Course:
    """One request on its way through its process."""

    def __init__(self, house: House, steps: list[Step]) -> None:
        name = f"course {next(NAMES)}"
        self.house, self.request_id = house, known_id(name)
        self.steps = {one.key: one for one in steps}
        house.has(*PROVIDERS)
        house.publishes(*steps, name=name)
        house.hears_accepted(request=name, product=name)

    def all_orders(self) -> list[dict[str, Any]]:
        with self.house.work(actor=AGENT) as work:
            return list_work_orders(work, Filter(request_id=self.request_id), None, 200)["items"]

    def orders(self) -> dict[str, dict[str, Any]]:
        """Of each step the newest, sorted: what may be drawn does not depend on the time of the run."""
        newest = {one["step"]: one for one in sorted(self.all_orders(), key=serial)}
        return dict(sorted(newest.items()))

    def is_complete(self) -> bool:
        with self.house.work() as work:
            process = work.processes.find(self.request_id)
        return process is not None and process.completed_round > 0

    def completions(self) -> int:
        """How often it was told."""
        told = self.house.facts("process_completed")
        return sum(one["request_id"] == str(self.request_id) for one in told)

    def offered(self, *wanted: str) -> list[tuple[str, str]]:
        """Which of these the desk may do now with the newest order of which step."""
        found = self.orders().items()
        return [(key, action) for key, one in found for action in wanted if action in one["actions"]]

    def onwards(self) -> list[tuple[str, str]]:
        """What brings it nearer to its end."""
        stuck = [(key, "reroute") for key, one in self.orders().items() if one["state"] in STUCK]
        return stuck + self.offered(*ONWARDS)

    def does(self, key: str, action: str) -> None:
        before = self.orders()
        order_id, said = before[key]["work_order_id"], DETOURS.get(action, {})
        with self.house.work(actor=AGENT) as work:
            if action == "reroute":
                reroute_work_order(work, order_id, PORTAL.provider_id, **said)
            else:
                act_on_work_order(work, order_id, Action(action), **said)
        self._check_turns(before, {key} if action == "begin_early" else set())

    def adds_a_step(self) -> None:
        with self.house.work(actor=AGENT) as work:
            add_step(work, self.request_id, "Lamp ophangen", TEAM.provider_id, "Het was er donker")

    def _check_turns(self, before: dict[str, dict[str, Any]], begun_early: set[str]) -> None:
        """What went out now had its turn: all that it waits for had been done, or dropped."""
        now = self.orders()
        for key, one in before.items():
            if one["state"] == "prepared" and now[key]["state"] == "issued" and key not in begun_early:
                assert all(self._lets_begin(now[needed]) for needed in self.steps[key].depends_on)

    def _lets_begin(self, order: dict[str, Any]) -> bool:
        holds = bool((self.steps[order["step"]].check or {}).get("holds"))
        return order["state"] in (APPROVED if holds else DONE) | {"cancelled"}


def serial(order: dict[str, Any]) -> int:
    return int(order["number"].rpartition("-")[2])


@BOUNDED
@given(processes(), st.data())
def test_any_process_completes_exactly_once_whatever_happens_on_the_way(
    house: House, steps: list[Step], data: st.DataObject
) -> None:
    course = Course(house, steps)
    for _ in range(data.draw(st.integers(0, 12), label="detours")):
        if course.is_complete():
            break
        if data.draw(st.integers(0, 9), label="adds a step") == 0:
            course.adds_a_step()
        possible = course.offered(*DETOURS, *ONWARDS)
        if possible:
            course.does(*data.draw(st.sampled_from(possible), label="detour"))
    while not course.is_complete() and (possible := course.onwards()):
        course.does(*data.draw(st.sampled_from(possible), label="onwards"))
    for key, action in course.offered("check"):
        course.does(key, action)  # of what nobody had to look at: said after the end
    done = [one["step"] for one in course.all_orders() if one["state"] in DONE]
    last = course.orders()
    assert {one["state"] for one in last.values()} <= DONE | {"cancelled"}
    assert course.completions() == bool(done)  # when all was dropped, the desk decides
    assert Counter(done) == Counter(key for key, one in last.items() if one["state"] in DONE)
    assert not [
        one for key, one in last.items() if one["check_required"] and one["state"] == "technically_complete"
    ]
