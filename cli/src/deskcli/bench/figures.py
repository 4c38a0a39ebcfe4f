"""From measurements to figures, with the goals of the project beside them."""

from __future__ import annotations

from dataclasses import dataclass

from deskcli.bench.baseline import Bare
from deskcli.bench.driver import percentile
from deskcli.bench.meter import Measured
from deskcli.bench.tour import BACKING, Results


@dataclass(frozen=True)
class Figure:
    """One line of the table. `at_least` says on which side of the goal it should be."""

    part: str
    label: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal


def figures(results: Results) -> list[Figure]:
    return [
        *_creates(results),
        *_baseline(results),
        *_reads(results),
        *_changes(results),
        *_hands(results),
        *_rest(results),
    ]


def _creates(results: Results) -> list[Figure]:
    """The goals are for the highest number of clients."""
    found: list[Figure] = []
    for one in results.creates:
        last, name = one is results.creates[-1], f"create, {one.clients} clients"
        found += [
            Figure(name, "answered per second", one.rate, "/s", 220 if last else None, at_least=True),
            Figure(name, "kept up, all done", one.sustained, "/s"),
            Figure(name, "p50", one.latency(50), "ms"),
            Figure(name, "p95", one.latency(95), "ms"),
            Figure(name, "p99", one.latency(99), "ms", 200 if last else None),
            Figure(name, "CPU per 1,000", one.cost, "s", 7 if last else None),
            Figure(name, "until all was done", one.drained, "s"),
        ]
    return found


def _baseline(results: Results) -> list[Figure]:
    found = []
    for bare in results.bare:
        name = f"bare minimum, {bare.clients} clients"
        found += [
            Figure(name, "answered per second", bare.rate, "/s"),
            Figure(name, "p99", percentile(bare.outcome.latencies, 99), "ms"),
            Figure(name, "CPU per 1,000", cost_of(bare), "s"),
        ]
    ours = results.creates[-1] if results.creates else None
    bare_too = next((each for each in results.bare if ours and each.clients == ours.clients), None)
    if ours and bare_too and bare_too.rate:
        name = f"create / bare, {ours.clients} clients"
        found += [
            Figure(name, "answered per second", 100 * ours.rate / bare_too.rate, "%", 60, at_least=True),
            Figure(name, "CPU", ours.cost / cost_of(bare_too), "x"),
        ]
    return found


def cost_of(bare: Bare) -> float:
    return sum(bare.spent.per_thousand(bare.outcome.wanted).values())


def _reads(results: Results) -> list[Figure]:
    found: list[Figure] = []
    for several, name, cost, quick in (
        (results.reads, "read a dossier", 4.0, 5.0),
        (results.lists, f"list 25 of {results.open_requests:,} open", None, 8.0),
    ):
        for one in several:
            alone = one.clients == 1
            part = f"{name}, {one.clients} client{'' if alone else 's'}"
            found += [
                Figure(part, "answered per second", one.rate, "/s"),
                Figure(part, "p50", one.latency(50), "ms", quick if alone else None),
                Figure(part, "p99", one.latency(99), "ms"),
                Figure(part, "CPU per 1,000", one.cost, "s", None if alone else cost),
            ]
    if results.me:
        found.append(Figure("GET /v1/me, with sign-in", "CPU per 1,000", results.me.cost, "s"))
    return found


def _changes(results: Results) -> list[Figure]:
    one: Measured | None = results.changes
    if one is None:
        return []
    part = f"change a status, {one.clients} clients"
    return [
        Figure(part, "answered per second", one.rate, "/s"),
        Figure(part, "p99", one.latency(99), "ms"),
        Figure(part, "CPU per 1,000", one.cost, "s", 7),
        Figure(part, "until all was done", one.drained, "s"),
    ]


def _hands(results: Results) -> list[Figure]:
    found = [
        Figure("to the supplier, idle", "p50", percentile(results.hands_idle, 50), "ms", 15),
        Figure("to the supplier, idle", "p95", percentile(results.hands_idle, 95), "ms"),
    ]
    if results.half:
        part = f"to the supplier, {results.half.rate:.0f}/s"
        found += [
            Figure(part, "p50", percentile(results.hands_half, 50), "ms"),
            Figure(part, "p99", percentile(results.hands_half, 99), "ms", 250),
        ]
    return found


def _rest(results: Results) -> list[Figure]:
    ours = sum(size for name, size in results.idle_memory.items() if name not in BACKING)
    found = [
        Figure("at rest", "memory, all", sum(results.idle_memory.values()), "MB", 350),
        Figure("at rest", "memory, our processes", ours, "MB"),
        Figure("after the load", "memory, all", sum(results.late_memory.values()), "MB"),
    ]
    return [*found, Figure("at rest", "CPU per hour", sum(results.at_rest.values()), "s")]
