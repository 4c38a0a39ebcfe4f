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
    """Who used the CPU, per 1,000 of each, and the memory."""
    columns = {f"create@{one.clients}": one.per_process for one in results.creates} | {
        name: one.per_process
        for name, one in (
            ("read", results.reads[-1] if results.reads else None),
            ("list", results.lists[-1] if results.lists else None),
            ("change", results.changes),
        )
        if one
    }
    names = sorted(results.idle_memory, key=lambda name: -results.idle_memory[name])
    lines = [
        "CPU seconds per 1,000, and MB at rest",
        f"{'':<20}" + "".join(f"{c:>11}" for c in [*columns, "MB"]),
    ]
    for name in names:
        cells = "".join(f"{column.get(name, 0.0):>11.2f}" for column in columns.values())
        lines.append(f"{name:<20}{cells}{results.idle_memory[name]:>11.1f}")
    totals = "".join(f"{sum(column.values()):>11.2f}" for column in columns.values())
    lines.append(f"{'total':<20}{totals}{sum(results.idle_memory.values()):>11.1f}")
    return "\n".join(lines)


def _disturbance(results: Results) -> str:
    """Speed depends on what else the machine does; CPU time much less."""
    worst = max((measured.others for measured in results.all()), default=0.0)
    if worst < DISTURBED:
        return ""
    return (
        f"Other programs used up to {worst:.2f} cores during the measurements:"
        " speeds and latencies would be better on a quiet machine."
    )
