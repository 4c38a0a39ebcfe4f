"""The desk to play with behaves as the real one, and finds what a real one would stumble over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from dispatch.domain.providers import Kind, Means, Provider
from dispatch.domain.supplier_orders import for_supplier
from dispatch.domain.work_order_states import TABLE, Party, State
from dispatch.domain.work_orders import NEEDED as DESK_NEEDS
from dispatch.domain.work_orders import WorkOrder
from supplierkit import Answer, DeskError, Order, Supplier
from supplierkit.playing import NEEDED, NEXT
from supplierkit.rehearse import load, main
from supplierkit.testing import PlayDesk, Told, sample_order

NUMBER = sample_order()["order_number"]


class Plumber(Supplier):
    def receive_order(self, order: Order) -> Answer | None:
        return self.accept(order) if "leak" in order.text else self.refuse(order, "We do leaks.")


def test_it_moves_orders_as_the_real_desk_does() -> None:
    real = {
        state.value: {action.value: row.to.value for action, row in rows.items() if row.by is Party.EXECUTOR}
        for state, rows in TABLE.items()
    }
    assert {state: row for state, row in NEXT.items() if row} == {s: row for s, row in real.items() if row}
    assert set(NEXT) <= set(real)


def test_it_asks_for_what_the_real_desk_asks_for() -> None:
    executors = {action for row in NEXT.values() for action in row}
    assert {word: field for word, (field, _) in DESK_NEEDS.items() if word in executors} == NEEDED


def test_a_sample_is_an_order_as_the_desk_sends_it() -> None:
    anybody = Provider(UUID(int=1), "x", "X", Kind.SUPPLIER, Means.RPC, "supplier_x")
    moment = datetime(2026, 11, 24, 9, tzinfo=UTC)
    order = WorkOrder(UUID(int=2), UUID(int=3), NUMBER, 1, "s", {}, anybody, State.ISSUED, moment)
    assert set(sample_order()) == set(for_supplier(order, {}))


def test_a_supplier_is_tried_in_three_lines() -> None:
    with PlayDesk(Plumber) as desk:
        assert desk.brings(sample_order(text="The tap leaks.")) == {"answer": "accepted"}
        desk.supplier.complete(NUMBER, cost_cents=9500)
        assert desk.state(NUMBER) == "technically_complete"
        assert desk.told == [Told("complete", NUMBER, {"cost_cents": 9500})]


def test_a_refused_order_may_be_offered_again() -> None:
    with PlayDesk(Plumber) as desk:
        assert desk.brings()["answer"] == "refused"
        assert desk.state(NUMBER) == "refused"
        assert desk.brings(text="Now it leaks.", offer=2)["answer"] == "accepted"


def test_what_the_real_desk_refuses_is_refused() -> None:
    with PlayDesk(Plumber) as desk:
        desk.brings(text="It leaks.")
        with pytest.raises(DeskError, match="cannot 'resume'"):
            desk.supplier.progress(NUMBER, "resume")
        with pytest.raises(DeskError, match="planned_from"):
            desk.supplier.progress(NUMBER, "schedule")
        with pytest.raises(DeskError, match="no order"):
            desk.supplier.accept("SD-26-999999-1")


def test_the_same_word_twice_has_one_effect() -> None:
    with PlayDesk(Plumber) as desk:
        desk.brings(text="It leaks.")
        for _ in range(2):
            desk.supplier.progress(NUMBER, "schedule", planned_from=datetime(2026, 3, 2, 10, tzinfo=UTC))
            desk.supplier.progress(NUMBER, "start")
        assert desk.state(NUMBER) == "in_progress"


def test_a_cancellation_is_answered_and_ends_the_order() -> None:
    with PlayDesk(Plumber) as desk:
        desk.brings(text="It leaks.")
        assert desk.cancels(NUMBER) == {"answer": "cancelled"}
        assert desk.state(NUMBER) == "cancelled"


def test_a_crash_in_between_shows_as_begun_before() -> None:
    seen: list[Order] = []

    class Careful(Supplier):
        def receive_order(self, order: Order) -> Answer | None:
            seen.append(order)
            return None

    with PlayDesk(Careful) as desk:
        desk.crashes_after(sample_order())
        desk.brings()
    assert seen[0].begun_before


MODULE = """
import time
from supplierkit import Supplier

class Good(Supplier):
    def receive_order(self, order):
        return self.accept(order)

class Fragile(Supplier):
    def receive_order(self, order):
        return self.accept(order, planned_from=order.raw["due_at"])

class Wordy(Supplier):
    def receive_order(self, order):
        from supplierkit import Answer
        return Answer("perhaps")

class Own(Supplier):
    def __init__(self, line, books):
        super().__init__(line)
    def receive_order(self, order):
        return None

def own(line):
    return Own(line, books={})
"""


@pytest.fixture
def rehearse(
    tmp_path: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], tuple[int, str]]:
    (tmp_path / "shop.py").write_text(MODULE)  # type: ignore[operator]
    monkeypatch.chdir(tmp_path)  # type: ignore[arg-type]
    monkeypatch.setattr("sys.path", ["", *__import__("sys").path])
    monkeypatch.delitem(__import__("sys").modules, "shop", raising=False)

    def run(name: str) -> tuple[int, str]:
        code = main([f"shop:{name}", "--wait", "0"])
        return code, capsys.readouterr().out

    return run


@pytest.mark.parametrize("name", ["Good", "own"])
def test_a_rehearsal_of_a_good_supplier_ends_well(
    rehearse: Callable[[str], tuple[int, str]], name: str
) -> None:
    code, said = rehearse(name)
    assert code == 0, said
    assert said.count("answered") == 9
    assert "All as a desk would wish" in said


@pytest.mark.parametrize(("name", "fault"), [("Fragile", "KeyError"), ("Wordy", "perhaps")])
def test_a_rehearsal_finds_what_would_go_wrong(
    rehearse: Callable[[str], tuple[int, str]], name: str, fault: str
) -> None:
    code, said = rehearse(name)
    assert code == 1
    assert fault in said
    assert "WRONG" in said


def test_a_supplier_that_needs_more_than_a_line_is_told_how(
    rehearse: Callable[[str], tuple[int, str]],
) -> None:
    with pytest.raises(SystemExit, match="for_rehearsal"):
        rehearse("Own")


@pytest.mark.parametrize("spec", ["", "shop", "nowhere:Good", "json:Good"])
def test_what_is_not_there_is_said_in_a_sentence(spec: str) -> None:
    with pytest.raises(SystemExit):
        load(spec)
