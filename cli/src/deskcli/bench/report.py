"""The run as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from deskcli.bench.figures import Figure, cost_of, figures
from deskcli.bench.meter import Measured
from deskcli.bench.tour import Results

DISTURBED = 0.15  # cores busy with something else: from there on a run says little about speed


def text(results: Results, facts: Mapping[str, str]) -> str:
    parts = [_facts(facts, results), _table(figures(results)), _processes(results), _disturbance(results)]
    if results.faults:
        parts.append("NOT VALID:\n" + "\n".join(f"  {fault}" for fault in results.faults))
    return "\n\n".join(part for part in parts if part)


def data(results: Results, facts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "facts": {**facts, **results.versions, "products": results.described},
        "valid": not results.faults,
        "faults": results.faults,
        "figures": [{**asdict(figure), "met": figure.met} for figure in figures(results)],
        "loads": [_load(measured) for measured in results.all()],
        "bare": [
            {"clients": bare.clients, "rate": bare.rate, "cost": cost_of(bare)} for bare in results.bare
        ],
        "cpu_per_hour_at_rest": results.at_rest,
        "memory_at_rest": results.idle_memory,
        "memory_after": results.late_memory,
    }


def _load(measured: Measured) -> dict[str, Any]:
    return {
        "name": measured.name,
        "clients": measured.clients,
        "statuses": measured.outcome.statuses,
        "seconds": measured.outcome.seconds,
        "per_second": measured.rate,
        "milliseconds": {f"p{percent}": measured.latency(percent) for percent in (50, 95, 99, 100)},
        "drained_seconds": measured.drained,
        "cpu_per_1000": measured.cost,
        "cpu_per_1000_by_process": measured.per_process,
        "generator_cpu_seconds": measured.outcome.cpu_seconds,
        "others_cores": measured.others,
    }


def _facts(facts: Mapping[str, str], results: Results) -> str:
    shown = {
        **facts,
        **results.versions,
        "products": f"{results.described}: {results.orders_per_request:.2f} work orders per request",
    }
    return "\n".join(f"{name:<12} {value}" for name, value in shown.items())


def _table(rows: list[Figure]) -> str:
    lines = [f"{'':<36} {'':<20} {'measured':>12}  {'goal':>12}"]
    part = ""
    for row in rows:
        goal, verdict = "", ""
        if row.goal is not None:
            goal = f"{'>=' if row.at_least else '<='} {row.goal:g} {row.unit}"
            verdict = "met" if row.met else "not yet"
        shown = f"{_number(row.value)} {row.unit:<2}"
        lines.append(
            f"{row.part if row.part != part else '':<36} {row.label:<20} {shown:>12}  {goal:>12}  {verdict}"
        )
        part = row.part
    return "\n".join(line.rstrip() for line in lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 20 else f"{value:.2f}"


def _processes(results: Results) -> str:
    """Who used the CPU, per 1,000 of each and per hour of rest, and the memory."""
    single = {
        "read": results.reads[-1] if results.reads else None,
        "list": results.lists[-1] if results.lists else None,
        "change": results.changes,
    }
    columns = {f"create@{one.clients}": one.per_process for one in results.creates}
    columns |= {name: one.per_process for name, one in single.items() if one}
    columns |= {"rest": results.at_rest, "MB": results.idle_memory}
    names = sorted(results.idle_memory, key=lambda name: -results.idle_memory[name])
    lines = [
        "CPU seconds per 1,000; at rest CPU seconds per hour, and memory",
        f"{'':<20}" + "".join(f"{title:>11}" for title in columns),
        *(_row(name, [column.get(name, 0.0) for column in columns.values()]) for name in names),
        _row("total", [sum(column.values()) for column in columns.values()]),
    ]
    return "\n".join(lines)


def _row(name: str, values: list[float]) -> str:
    return f"{name:<20}" + "".join(f"{_number(value):>11}" for value in values)


def _disturbance(results: Results) -> str:
    """Speed depends on what else the machine does; CPU time much less."""
    worst = max((measured.others for measured in results.all()), default=0.0)
    if worst < DISTURBED:
        return ""
    return (
        f"Other programs used up to {worst:.2f} cores during the measurements:"
        " speeds and latencies would be better on a quiet machine."
    )
