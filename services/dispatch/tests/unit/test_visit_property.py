"""Whatever is done with a visit, with its orders one by one, and with who is in it: the request of each order
is completed exactly once, and none of it is half done.
"""

from __future__ import annotations

from dispatch.domain import visits
from dispatch.domain.errors import CannotGather, DispatchError
from dispatch.domain.processes import is_complete
from dispatch.domain.visits import LEAVING, Outcome
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act
from hypothesis import given
from hypothesis import strategies as st

from ..samples import NOW, order  # noqa: TID252  samples of this service alone

TOM = Author("person", "Tom", "tom")
NEEDED = {
    Action.SCHEDULE: {"planned_from": NOW},
    Action.PAUSE: {"pause": {"reason": "material", "counterparty": "supplier"}},
    Action.REFUSE: {"reason": "No time."},
    Action.NOT_CARRIED_OUT: {"reason": "Nobody there."},
    Action.CANCEL: {"reason": "Withdrawn."},
}
ALONE = (*visits.WAYS, Action.CANCEL, Action.CHECK, Action.REDELIVER)
FIRM = frozenset({State.CANCELLED, State.NOT_CARRIED_OUT, State.REFUSED})


class Town:
    """Requests of one order each, as far as the rules go, without a database."""

    def __init__(self, count: int, check: bool) -> None:
        self.orders = {f"r{number}": order(f"r{number}", check_required=check) for number in range(count)}
        self.visit: set[str] = set()
        self.completions = dict.fromkeys(self.orders, 0)
        self.done: set[str] = set()

    def does(self, name: str, action: Action) -> None:
        """Raises DispatchError, and nothing has happened then."""
        details = Details(**NEEDED.get(action, {}))
        after = act(self.orders[name], action, details, TOM, frozenset(Party), NOW).order
        self.orders[name] = after
        if after.state in LEAVING:
            self.leaves(name)
        if is_complete([after]) and name not in self.done:
            self.done.add(name)
            self.completions[name] += 1

    def says(self, word: Action) -> dict[str, str]:
        """Of the visit; what came of it for each of its orders."""
        outcomes: dict[str, str] = {}
        for name in sorted(self.visit):
            before, way = self.orders[name], visits.way(self.orders[name], word)
            if isinstance(way, Outcome):
                outcomes[name] = way
                continue
            for action, _details in visits.steps(way, Details()):
                self.does(name, action)
            outcomes[name] = Outcome.DONE
            assert self.orders[name].version == before.version + len(way), "done whole"
        return outcomes

    def leaves(self, name: str) -> None:
        self.visit.discard(name)
        if len(self.visit) == 1:
            self.visit.clear()

    def gathers(self, names: set[str]) -> None:
        inside = self.visit | names
        found = [self.orders[name] for name in sorted(inside)]
        visits.check(found, len(inside), [])
        self.visit = inside


Deed = tuple[str, Action, set[int]]  # what is done, the word that is said, and of which orders

ANY = st.sampled_from(sorted(ALONE))
SOME = st.sets(st.integers(0, 5), min_size=1, max_size=3)
deeds = st.one_of(
    st.tuples(st.just("visit"), st.sampled_from(sorted(visits.WAYS)), SOME),
    st.tuples(st.sampled_from(["alone", "gather", "leave"]), ANY, SOME),
)


def play(town: Town, deed: Deed) -> None:
    what, word, numbers = deed
    names = sorted({f"r{number % len(town.orders)}" for number in numbers})
    try:
        if what == "visit":
            town.says(word)
        elif what == "alone":
            town.does(names[0], word)
        elif what == "gather":
            town.gathers(set(names))
        else:
            town.leaves(names[0])
    except (CannotGather, DispatchError):
        return


def finish(town: Town) -> None:
    """Whoever has something left to do does it, in one go where there is a visit."""
    town.says(Action.COMPLETE)
    for name, one in list(town.orders.items()):
        way = visits.way(one, Action.COMPLETE)
        if not isinstance(way, Outcome):
            for action, _details in visits.steps(way, Details()):
                town.does(name, action)
        if town.orders[name].check_required and town.orders[name].state is State.TECHNICALLY_COMPLETE:
            town.does(name, Action.CHECK)


@given(st.integers(2, 6), st.booleans(), st.lists(deeds, max_size=30))
def test_each_request_is_completed_exactly_once_whatever_was_done(
    count: int,
    check: bool,
    story: list[Deed],
) -> None:
    town = Town(count, check)
    for deed in story:
        play(town, deed)
        assert all(town.orders[name].state not in LEAVING for name in town.visit)
        assert len(town.visit) != 1, "one order is no visit"
    finish(town)
    for name, one in town.orders.items():
        assert town.completions[name] == (0 if one.state in FIRM else 1), (name, one.state)


@given(st.integers(2, 6), st.lists(deeds, max_size=20), st.sampled_from(sorted(visits.WAYS)))
def test_the_same_word_twice_is_as_once(count: int, story: list[Deed], word: Action) -> None:
    """A moment is said anew each time, and stays where it is."""
    town = Town(count, check=False)
    town.gathers(set(town.orders))
    for deed in story:
        play(town, deed)
    town.says(word)
    states = {name: one.state for name, one in town.orders.items()}
    counted = dict(town.completions)
    town.says(word)
    assert {name: one.state for name, one in town.orders.items()} == states
    assert town.completions == counted


def states(orders: dict[str, WorkOrder]) -> set[State]:
    return {one.state for one in orders.values()}


def test_a_visit_of_six_lamps_is_done_in_one_word() -> None:
    town = Town(6, check=False)
    town.gathers(set(town.orders))
    assert set(town.says(Action.COMPLETE).values()) == {Outcome.DONE}
    assert states(town.orders) == {State.TECHNICALLY_COMPLETE}
    assert set(town.completions.values()) == {1}
