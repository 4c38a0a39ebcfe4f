"""Measures deliveries per second at 1, 2 and 4 replicas of dispatch, to suppliers that take 200 ms to answer.

    python -m tests.compose.scaling [--slots 3] [--orders 120] [--rounds 3] [--replicas 1,2,4]

Orders are made and held back; then so many replicas are started, the orders of a round are released at once,
and the delivery attempts that dispatch has kept say when each was at its supplier. Prints the table of
docs/scaling.md.

`--slots` is what one replica brings to one supplier at a time: few enough that waiting for the supplier, and
not this machine's processors, is what takes the time. On a machine that others use too the best round counts.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.compose.load import Load
from tests.compose.stack import Stack

FILES = ("docker-compose.yml", "tests/compose/scaling.yml")
ANSWER_SECONDS = 0.2
SUPPLIERS = 4  # programs of four workers each; more would need more connections than a supplier may have
RELEASE = """
UPDATE deliveries SET due_at = now() WHERE work_order_id IN (
    SELECT work_order_id FROM deliveries WHERE state = 'pending' AND due_at > now() + interval '10 days'
    ORDER BY work_order_id LIMIT {count})
"""
ARRIVALS = """
SELECT extract(epoch FROM at) + milliseconds / 1000.0 FROM delivery_attempts WHERE at > '{after}' ORDER BY 1
"""
PENDING = "SELECT count(*) FROM deliveries WHERE state = 'pending'"
DELIVERED = "SELECT count(*) FROM deliveries WHERE state = 'delivered'"


@dataclass
class Round:
    """What was seen once with so many replicas; `attempts` beyond the orders were made in vain."""

    replicas: int
    orders: int
    attempts: int
    per_second: float
    machine_load: float
    cpu_milliseconds: float  # of all containers, database and broker included, per delivery


def main() -> None:
    words = argparse.ArgumentParser(description="Measures deliveries per second.")
    words.add_argument("--slots", type=int, default=3)
    words.add_argument("--orders", type=int, default=120)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--replicas", default="1,2,4")
    given = words.parse_args()
    counts = [int(word) for word in given.replicas.split(",")]
    found: dict[int, list[Round]] = {}
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder) / "secrets", "servicedesk-scaling", 8018, files=FILES)
        try:
            prepare(stack, given.orders * given.rounds * len(counts))
            stack.extra["SCALING_SLOTS"] = str(given.slots)
            for count in counts:
                stack.up("dispatch", dispatch=count)
                found[count] = [measure(stack, count, given.orders) for _ in range(given.rounds)]
        finally:
            stack.down()
    report(found, given.slots)


def prepare(stack: Stack, orders: int) -> None:
    """Bring all up, with a dispatch that plans orders and delivers none, and make the orders."""
    stack.make_secrets()
    stack.extra = {"SCALING_SLOTS": "0", "SCALING_ANSWER_SECONDS": str(ANSWER_SECONDS)}
    stack.up(**{"supplier-vonk-val": SUPPLIERS})
    with Load(stack.url, stack.secret("demo_password"), threads=4, pause=0.0, reads=False) as people:
        people.wait_for(orders, seconds=600)
    print(people, flush=True)
    wait(lambda: scalar(stack, PENDING) >= len(people.accepted))
    stack.query(
        "dispatch", "UPDATE deliveries SET due_at = now() + interval '30 days' WHERE state = 'pending'"
    )


def measure(stack: Stack, replicas: int, orders: int) -> Round:
    """Release a round, and see how fast it is delivered."""
    before, load, cpu = scalar(stack, DELIVERED), os.getloadavg()[0], cpu_seconds()
    after = stack.query("dispatch", "SELECT coalesce(max(at), 'epoch') FROM delivery_attempts")[0][0]
    stack.query("dispatch", RELEASE.format(count=orders))
    wait(lambda: scalar(stack, DELIVERED) >= before + orders)
    cost = (cpu_seconds() - cpu) / orders * 1000
    moments = [float(row[0]) for row in stack.query("dispatch", ARRIVALS.format(after=after))]
    # Without the first and last tenth: a replica looks for work once a second, so they do not begin together.
    first, last = len(moments) // 10, len(moments) - len(moments) // 10 - 1
    per_second = (last - first) / (moments[last] - moments[first])
    found = Round(replicas, orders, len(moments), per_second, load, cost)
    print(found, flush=True)
    return found


def report(found: dict[int, list[Round]], slots: int) -> None:
    """Print the table, in Markdown."""
    machine = f"{os.cpu_count()} cores, {platform.platform()}"
    print(f"\nMachine: {machine}; {slots} at a time per replica and supplier.\n")
    print(
        "| replicas | deliveries/s, best round | x | all rounds (load of the machine before) | CPU ms each |"
    )
    print("|---|---|---|---|---|")
    one = max(each.per_second for each in next(iter(found.values())))
    for count, rounds in found.items():
        best = max(each.per_second for each in rounds)
        seen = ", ".join(f"{each.per_second:.1f} ({each.machine_load:.1f})" for each in rounds)
        cost = min(each.cpu_milliseconds for each in rounds)
        print(f"| {count} | {best:.1f} | {best / one:.2f} | {seen} | {cost:.0f} |")


def cpu_seconds() -> float:
    """Processor time of all containers of an engine on this machine; not a number when it cannot be seen."""
    older = Path("/sys/fs/cgroup/cpuacct/docker/cpuacct.usage")
    if older.exists():
        return int(older.read_text()) / 1e9
    for newer in Path("/sys/fs/cgroup").glob("**/docker/cpu.stat"):
        return int(newer.read_text().split()[1]) / 1e6
    return float("nan")


def scalar(stack: Stack, statement: str) -> int:
    return int(stack.query("dispatch", statement)[0][0])


def wait(done: Callable[[], bool], seconds: float = 240.0) -> None:
    """Until it is so."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError("this takes too long; see docker compose -p servicedesk-scaling logs")
        time.sleep(1)


if __name__ == "__main__":
    main()
