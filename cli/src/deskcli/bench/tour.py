"""All measurements of one run, in their order."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from deskcli.backlog import Backlog
from deskcli.bench import baseline, scene
from deskcli.bench.baseline import Bare
from deskcli.bench.driver import unique_key
from deskcli.bench.meter import Measured, Meter
from deskcli.bench.scene import Json
from deskcli.bench.usage import Spent, memory
from deskcli.processes import PROCESSES
from deskcli.system import System

WARM_UP_SECONDS = 6.0  # connections open, statements compiled, caches full
IDLE_SECONDS = 10.0
ORDERS_WHEN_IDLE, ORDERS_PER_SECOND = 30, 4.0
SEVERAL = 8  # clients, where the number is not what is asked
CHANGES = 250  # work orders, each with three changes
ACTIONS = ("accept", "start", "complete")
SUPPLIER = "supplier-vonk-val"
BACKING = ("postgres", "rabbitmq", "epmd")


@dataclass
class Results:
    """Everything that was measured; `report` makes figures of it."""

    described: str = ""
    orders_per_request: float = 0.0
    versions: dict[str, str] = field(default_factory=dict)
    idle_memory: dict[str, float] = field(default_factory=dict)
    late_memory: dict[str, float] = field(default_factory=dict)
    idle: Spent | None = None
    creates: list[Measured] = field(default_factory=list)
    reads: list[Measured] = field(default_factory=list)
    lists: list[Measured] = field(default_factory=list)
    me: Measured | None = None
    changes: Measured | None = None
    half: Measured | None = None
    hands_idle: list[float] = field(default_factory=list)  # milliseconds from the answer to the supplier's
    hands_half: list[float] = field(default_factory=list)  # the same, from the beginning of the request
    open_requests: int = 0
    bare: list[Bare] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def at_rest(self) -> dict[str, float]:
        """CPU seconds per hour by process, when nothing is asked."""
        return (
            {name: cpu / self.idle.seconds * 3600 for name, cpu in self.idle.cpu.items()} if self.idle else {}
        )

    def all(self) -> list[Measured]:
        single = [one for one in (self.half, self.me, self.changes) if one]
        return [*self.creates, *self.reads, *self.lists, *single]


@dataclass
class Tour:
    system: System
    backlog: Backlog
    clients: list[int]
    seconds: float
    seed: int
    say: Callable[[str], None]

    def run(self) -> Results:
        """Raises EmbeddedError when the work behind the answers does not end."""
        self.meter, self.results = Meter(self.system, self.backlog), Results()
        self.scene = scene.enter(self.system.urls["gateway"], self.system.secrets.demo_password)
        self.results.described = self.scene.described()
        self.results.orders_per_request = self.scene.orders_per_request
        self.results.versions = {
            "postgres": str(self.backlog.ask("intake", "SHOW server_version")),
            "rabbitmq": self.backlog.broker_version,
        }
        self._let_supplier_rest()
        for title, part in self._parts().items():
            self.say(title)
            part()
        self._check()
        self.say("the bare minimum")
        self._baseline()
        return self.results

    def _parts(self) -> dict[str, Callable[[], None]]:
        return {
            "at rest": self._idle,
            "to the supplier's hands": self._hands,
            "creates": self._creates,
            "half the load": self._half,
            "reads and lists": self._reads,
            "status changes": self._changes,
        }

    def _let_supplier_rest(self) -> None:
        """The demo supplier takes orders, but does not go on to carry them out: that is not asked here."""
        supervisor = self.system._supervisor
        program = supervisor.kept[SUPPLIER].program
        more = {
            "SUPPLIER_STEP_SECONDS": "86400",
            "SUPPLIER_RECORD": str(self.system.layout.run / "supplier.sqlite3"),
        }
        self.system.stop_process(SUPPLIER)
        supervisor.run(replace(program, environment={**program.environment, **more}))

    def _idle(self) -> None:
        self.results.idle = self.meter.idle(IDLE_SECONDS)
        self.results.idle_memory = memory(self.system.pids())
        self._create("warm-up", self.clients[-1], WARM_UP_SECONDS)

    def _hands(self) -> None:
        """One order at a time, to a system that has nothing else to do."""
        before = self._last_delivery()
        measured = self._create(
            "one by one", 1, 60.0, "supplier", count=ORDERS_WHEN_IDLE, rate=ORDERS_PER_SECOND
        )
        ended = [answered for _, answered in self._deliveries(before)]
        answers = measured.outcome.answered_at
        if len(ended) != len(answers):
            self.results.faults.append(
                f"{len(answers)} orders, but {len(ended)} were brought to the supplier"
            )
        self.results.hands_idle = [
            (end.timestamp() - at) * 1000 for at, end in zip(answers, ended, strict=False)
        ]

    def _creates(self) -> None:
        for clients in self.clients:
            self.results.creates.append(self._create(f"create, {clients} clients", clients, self.seconds))

    def _half(self) -> None:
        """At half of what can be kept up: how long an order is under way then."""
        rate = max((each.sustained for each in self.results.creates), default=0.0) / 2
        if rate < 1:
            return
        before = self._last_delivery()
        self.results.half = self._create("half the load", 32, self.seconds, rate=rate)
        self.results.hands_half = [
            (end - received).total_seconds() * 1000 for received, end in self._deliveries(before)
        ]

    def _reads(self) -> None:
        agent = self.scene.agent
        self.results.open_requests = int(
            self.backlog.ask("intake", "SELECT count(*) FROM requests WHERE state <> 'closed'")
        )
        ids = [item["requestId"] for item in scene.items(agent, "/v1/requests?open=true", 500)]
        random.Random(self.seed).shuffle(ids)
        dossiers: list[Json] = [{"method": "GET", "path": f"/v1/requests/{each}"} for each in ids]
        board: list[Json] = [{"method": "GET", "path": "/v1/requests?open=true&limit=25"}]
        for clients in (1, SEVERAL):
            plan = agent.plan(dossiers, clients, self.seconds / 2)
            self.results.reads.append(self.meter.measure(f"read a dossier, {clients} clients", plan))
            plan = agent.plan(board, clients, self.seconds / 2)
            self.results.lists.append(self.meter.measure(f"list 25 open, {clients} clients", plan))
        plan = agent.plan([{"method": "GET", "path": "/v1/me"}], SEVERAL, self.seconds / 2)
        self.results.me = self.meter.measure("who am I", plan)

    def _changes(self) -> None:
        """Accept, start and complete orders of teams. More orders than clients: each waits its turn."""
        agent = self.scene.agent
        found = (
            item
            for item in scene.items(agent, "/v1/work-orders?state=issued", 5000)
            if item["provider"]["kind"] == "team"
        )
        orders = list(itertools.islice(found, CHANGES))
        steps = [change(order, action, number) for number, action in enumerate(ACTIONS) for order in orders]
        plan = agent.plan(steps, min(SEVERAL, len(orders)), 120.0, count=len(steps), key=unique_key())
        self.results.changes = self.meter.measure("change a status", plan)
        self.results.late_memory = memory(self.system.pids())

    def _create(self, name: str, clients: int, seconds: float, *kinds: str, **more: Any) -> Measured:
        requests = self.scene.new_requests(self.seed, *kinds)
        plan = self.scene.requester.plan(requests, clients, seconds, key=unique_key(), **more)
        return self.meter.measure(name, plan)

    def _last_delivery(self) -> datetime:
        at: datetime = self.backlog.ask(
            "dispatch", "SELECT coalesce(max(at), 'epoch') FROM delivery_attempts"
        )
        return at

    def _deliveries(self, after: datetime) -> list[tuple[datetime, datetime]]:
        """When each order's request came in, and when its supplier had answered; oldest first."""
        attempts = dict(
            self.backlog.rows(
                "dispatch",
                "SELECT request_id::text, at + milliseconds * interval '1 ms' FROM delivery_attempts"
                " JOIN work_orders USING (work_order_id) WHERE at > %s",
                after,
            )
        )
        received = self.backlog.rows(
            "intake",
            "SELECT request_id::text, received_at FROM requests WHERE request_id = ANY(%s::uuid[])"
            " ORDER BY received_at",
            list(attempts),
        )
        return [(at, attempts[request_id]) for request_id, at in received]

    def _check(self) -> None:
        """What was counted has really been done."""
        faults = self.results.faults
        for measured in self.results.all():
            if measured.outcome.unwanted:
                faults.append(
                    f"{measured.name}: {measured.outcome.unwanted} errors {measured.outcome.samples}"
                )
            faults += [f"{measured.name}: {name} died" for name in measured.spent.restarted]
        faults += [f"{count} facts in {queue}" for queue, count in self.backlog.failed().items()]
        made = int(self.backlog.ask("intake", "SELECT count(*) FROM requests WHERE standard"))
        for (service, what), question in EFFECTS.items():
            done = int(self.backlog.ask(service, question))
            if done != made:
                faults.append(f"{made} standard requests, but {done} {what}")

    def _baseline(self) -> None:
        """Without the services beside it. Last, since they are not started again."""
        pids = {name: pid for name, pid in self.system.pids().items() if name in BACKING}
        for process in PROCESSES:
            if process.name in self.system.pids():
                self.system.stop_process(process.name)
        self.results.bare = baseline.measure(
            self.system.urls, pids, self.system.layout.logs, self.clients, self.seconds / 2
        )
        for bare in self.results.bare:
            if bare.outcome.unwanted:
                self.results.faults.append(f"bare: {bare.outcome.unwanted} errors {bare.outcome.samples}")


EFFECTS = {
    ("dispatch", "planned"): "SELECT count(DISTINCT request_id) FROM work_orders",
    ("monitoring", "with clocks"): "SELECT count(*) FROM requests",
    ("notifications", "mailed a receipt"): "SELECT count(*) FROM messages"
    " WHERE template = 'receipt' AND state = 'sent'",
}


def change(order: Json, action: str, number: int) -> Json:
    """The `number`th change of an order since it was listed: each one makes a new version."""
    return {
        "method": "POST",
        "path": f"/v1/work-orders/{order['workOrderId']}/{action}",
        "headers": {"If-Match": f'"{order["version"] + number}"'},
        "body": {},
    }
