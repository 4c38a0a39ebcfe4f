from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any

import deskcontracts
import pytest
import sqlalchemy as sa
from dispatch import heard
from dispatch.domain.deliveries import Errand, Outcome, understand
from dispatch.domain.products import Step
from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import Action
from dispatch.handlers import catalogue, correcting, extra_work, places, planning
from dispatch.handlers.acting import act_on_work_order
from dispatch.handlers.delivering import Brought, Parcel, Patience, apply_outcome, claim_parcels
from dispatch.storage.delivery_tables import deliveries
from dispatch.storage.reading import Filter
from dispatch.storage.unit_of_work import DispatchWork
from servicekit.actor import Actor

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    NOW,
    OTHER_RPC,
    PORTAL,
    RPC,
    TEAM,
    accepted,
    closed,
    corrected,
    product,
    reopened,
)

Work = Callable[..., AbstractContextManager[DispatchWork]]


class House:
    """Dispatch without its entry points: facts in, people and couriers acting, facts out."""

    def __init__(self, work: Work, published: Callable[[sa.Connection], list[dict[str, Any]]]) -> None:
        self.work = work
        self._published = published

    def has(self, *providers: Provider) -> None:
        with self.work() as work:
            for provider in providers:
                work.providers.save(provider, NOW)

    def publishes(self, *steps: Step, check: bool = False, name: str = "verhuizing") -> None:
        made = product(*steps, check=check, name=name)
        with self.work() as work:
            work.products.save(made)
            planning.plan_again(work, work.processes.waiting_for(made.product_id, made.version, 100))

    def hears_accepted(self, **more: Any) -> None:
        with self.work() as work:
            planning.request_accepted(work, heard.RequestAccepted().load(accepted(**more)))

    def hears_corrected(self, effect: str, **more: Any) -> None:
        with self.work() as work:
            fact = corrected(effect, **more)
            assert deskcontracts.violations("intake.request_corrected", 1, fact) == []
            correcting.request_corrected(work, heard.RequestCorrected().load(fact))

    def hears_reopened(self, **more: Any) -> None:
        with self.work() as work:
            planning.request_reopened(work, heard.RequestReopened().load(reopened(**more)))

    def hears_closed(self, resolution: str = "withdrawn", **more: Any) -> None:
        with self.work() as work:
            planning.request_closed(work, heard.RequestClosed().load(closed(resolution=resolution, **more)))

    def hears(self, name: str, fact: dict[str, Any]) -> None:
        handlers = {
            "product_published": (catalogue.product_published, heard.ProductPublished),
            "product_withdrawn": (catalogue.product_withdrawn, heard.ProductWithdrawn),
            "locations_saved": (places.locations_saved, heard.LocationsSaved),
            "extra_work_decided": (extra_work.decided, heard.ExtraWorkDecided),
        }
        handler, schema = handlers[name]
        with self.work() as work:
            handler(work, schema().load(fact))

    def orders(self, **wanted: Any) -> dict[str, dict[str, Any]]:
        """By step; of several orders of a step the newest."""
        from dispatch.handlers.reading import list_work_orders

        with self.work(actor=AGENT) as work:
            found = list_work_orders(work, Filter(**wanted), None, 100)["items"]
        return {one["step"]: one for one in reversed(found)}

    def states(self) -> dict[str, str]:
        return {step: str(order["state"]) for step, order in self.orders().items()}

    def does(self, step: str, *actions: str, actor: Actor = AGENT, **details: Any) -> dict[str, Any]:
        """Each action on the newest order of `step`; answers it as it is after the last."""
        shown: dict[str, Any] = {}
        for action in actions:
            order_id = self.orders()[step]["work_order_id"]
            with self.work(actor=actor) as work:
                shown = act_on_work_order(work, order_id, Action(action), **details)
        return shown

    def completes(self, step: str) -> None:
        self.does(step, "accept", "complete")

    def claims(self, limit: int = 10, lease: float = 30) -> list[Parcel]:
        with self.work() as work:
            return claim_parcels(work, limit, 10, timedelta(seconds=lease), [])

    def brings(self, parcel: Parcel, reply: Any, delays: tuple[float, ...] = (60, 60)) -> None:
        """Apply what the supplier answered to a parcel; an Outcome, or a reply as it came."""
        outcome = reply if isinstance(reply, Outcome) else understand(parcel.claim.errand, reply)
        with self.work() as work:
            apply_outcome(work, parcel.claim, Brought(outcome, NOW, 12), Patience(delays, 0))

    def delivers(self, reply: Any, errand: Errand = Errand.ORDER, **more: Any) -> Parcel:
        """The one parcel that is due is brought and answered."""
        (parcel,) = self.claims()
        assert parcel.claim.errand is errand
        self.brings(parcel, reply, **more)
        return parcel

    def time_passes(self) -> None:
        """All delays and leases are over (they run on the database's clock)."""
        with self.work() as work:
            work.connection.execute(sa.update(deliveries).values(due_at=sa.func.clock_timestamp()))

    def facts(self, *names: str) -> list[dict[str, Any]]:
        """The data of what was published, oldest first; of these events only, when named."""
        with self.work() as work:
            found = self._published(work.connection)
        return [f["data"] for f in found if not names or f["type"].removeprefix("dispatch.") in names]

    def changes(self) -> list[tuple[str, str]]:
        return [(f["action"], f["state"]) for f in self.facts("work_order_changed")]


@pytest.fixture
def house(work_factory: Callable[..., Work], published: Any) -> House:
    """With its four providers; without products."""
    house = House(work_factory(DispatchWork, "dispatch"), published)
    house.has(TEAM, PORTAL, RPC, OTHER_RPC)
    return house


@pytest.fixture
def counted(house: House) -> Iterator[Callable[[], AbstractContextManager[list[str]]]]:
    """`with counted() as statements:` collects the SQL of a block, without begin and commit."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        engine = house.work.engine  # type: ignore[attr-defined]
        seen: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)

    return count
