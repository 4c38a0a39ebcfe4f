"""Play a desk for your supplier: `python -m supplierkit.rehearse my_module:Plumber`.

No broker, no network, and your own record stays untouched. Brings it what a desk brings on good and on bad
days, shows what it answered and what it called back, and says what would go wrong. Ends with 1 if something
did.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from supplierkit.orders import Answer, Order
from supplierkit.supplier import Supplier
from supplierkit.testing import PlayDesk, sample_order

PATIENCE_SECONDS = 5.0  # what desks usually wait
ANSWERS = ("received", "accepted", "refused")


@dataclass
class Rehearsal:
    desk: PlayDesk
    wait: float
    faults: int = 0
    calls: list[str] = field(default_factory=list)  # numbers with which receive_order was called
    _shown: int = 0

    def __post_init__(self) -> None:
        inner = self.desk.supplier.receive_order

        def counted(order: Order) -> Answer | None:
            self.calls.append(order.number)
            return inner(order)

        self.desk.supplier.receive_order = counted  # type: ignore[method-assign]

    def play(self) -> None:
        for scene in SCENES:
            title = (scene.__doc__ or "").strip()
            print(f"\n{title}")  # noqa: T201  this is its answer
            scene(self)
            self._show_calls()
        if self.wait:
            time.sleep(self.wait)
            self._show_calls(f"within {self.wait:g} s after that")

    def bring(self, order: dict[str, Any]) -> dict[str, Any] | None:
        return self._timed(lambda: self.desk.brings(order))

    def cancel(self, number: str) -> dict[str, Any] | None:
        return self._timed(lambda: self.desk.cancels(number))

    def expect(self, holds: bool, fault: str) -> None:
        if not holds:
            self.faults += 1
            print(f"  WRONG     {fault}")  # noqa: T201

    def _timed(self, call: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
        began = time.monotonic()
        try:
            answer = call()
        except Exception as error:
            self.expect(False, f"it raised {type(error).__name__}: {error}. The desk would try again later.")
            return None
        took = time.monotonic() - began
        print(f"  answered  {answer}  ({took * 1000:.0f} ms)")  # noqa: T201
        self.expect(took < PATIENCE_SECONDS, f"that took {took:.1f} s; a desk waits {PATIENCE_SECONDS:g} s.")
        return answer

    def _show_calls(self, when: str = "") -> None:
        for told in self.desk.told[self._shown :]:
            print(f"  told us   {told.action} {told.number} {told.details or ''} {when}".rstrip())  # noqa: T201
        self._shown = len(self.desk.told)


def an_order(rehearsal: Rehearsal) -> None:
    """An order."""
    answer = rehearsal.bring(sample_order())
    if answer:
        rehearsal.expect(answer["answer"] in ANSWERS, "that is no answer to an order.")


def again(rehearsal: Rehearsal) -> None:
    """The same order again: the desk did not get your answer."""
    before = rehearsal.calls.count(sample_order()["order_number"])
    rehearsal.bring(sample_order())
    after = rehearsal.calls.count(sample_order()["order_number"])
    rehearsal.expect(before == after or before == 0, "it was given to your code a second time.")


def a_bare_order(rehearsal: Rehearsal) -> None:
    """An order with hardly anything in it, and one field more than you know."""
    bare = {"order_number": "SD-26-000002-1", "order_id": "bare", "offer": 1, "brand_new_field": {"a": 1}}
    rehearsal.bring(bare)


def after_a_crash(rehearsal: Rehearsal) -> None:
    """An order with which your program began, and died: order.begun_before says so."""
    order = sample_order(order_number="SD-26-000003-1", order_id="crash")
    rehearsal.desk.crashes_after(order)
    rehearsal.bring(order)


def a_cancellation(rehearsal: Rehearsal) -> None:
    """The desk cancels an order that you have."""
    order = sample_order(order_number="SD-26-000004-1", order_id="cancelled")
    rehearsal.bring(order)
    answer = rehearsal.cancel("SD-26-000004-1")
    if answer and answer["answer"] == "cancelled":
        rehearsal.expect(
            rehearsal.cancel("SD-26-000004-1") == answer, "asked again, it answered something else."
        )


def a_cancellation_first(rehearsal: Rehearsal) -> None:
    """A cancellation that overtakes its order: the order must not be begun any more."""
    rehearsal.cancel("SD-26-000005-1")
    order = sample_order(order_number="SD-26-000005-1", order_id="late")
    rehearsal.bring(order)
    rehearsal.expect("SD-26-000005-1" not in rehearsal.calls, "it was given to your code all the same.")


SCENES = (an_order, again, a_bare_order, after_a_crash, a_cancellation, a_cancellation_first)


def load(spec: str) -> Callable[..., Supplier]:
    """Raises SystemExit with a sentence."""
    module, _, name = spec.partition(":")
    if not module or not name:
        raise SystemExit("Say which supplier as my_module:MyClass.")
    sys.path.insert(0, "")
    try:
        made: Callable[..., Supplier] = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        raise SystemExit(f"There is no module '{error.name}' here.") from error
    except AttributeError as error:
        raise SystemExit(f"'{module}' has no '{name}'.") from error
    return made


def main(arguments: list[str] | None = None) -> int:
    words = argparse.ArgumentParser(prog="python -m supplierkit.rehearse", description=__doc__)
    words.add_argument("supplier", help="my_module:MyClass, or a function that makes one from a line")
    words.add_argument("--wait", type=float, default=2.0, help="seconds to listen for later words (2)")
    words.add_argument("--verbose", action="store_true", help="show the kit's own log")
    given = words.parse_args(arguments)
    logging.basicConfig(level="INFO" if given.verbose else "CRITICAL")
    make = load(given.supplier)
    try:
        desk = PlayDesk(make)
    except TypeError as error:
        raise SystemExit(
            f"{given.supplier} cannot be made from a line alone ({error}). Name a function that can:"
            " def for_rehearsal(line): return MySupplier(line, ...)"
        ) from error
    with desk:
        rehearsal = Rehearsal(desk, given.wait)
        rehearsal.play()
    faults = rehearsal.faults
    print(f"\n{'All as a desk would wish.' if not faults else f'{faults} wrong.'}")  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
