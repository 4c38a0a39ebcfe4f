"""The table and the JSON, from a run that did not happen."""

from __future__ import annotations

import json

import pytest
from deskcli.bench.baseline import Bare
from deskcli.bench.figures import Figure, figures
from deskcli.bench.load import Outcome
from deskcli.bench.meter import Measured
from deskcli.bench.report import data, text
from deskcli.bench.tour import Results
from deskcli.bench.usage import Spent

FACTS = {"processor": "2 x something"}


def measured(clients: int, count: int, cpu: float) -> Measured:
    outcome = Outcome(count, 0, 10.0, 0.5, {"201": count}, [], [float(n) for n in range(1, count + 1)])
    spent = Spent(12.0, {"intake": cpu, "postgres": cpu}, 3 * cpu, [])
    return Measured("create", clients, outcome, 2.0, spent, 0.6)


@pytest.fixture
def results() -> Results:
    bare = Bare(32, Outcome(4000, 0, 10.0), Spent(10.0, {"bare-front": 8.0}, 9.0, []))
    return Results(
        described="heating-fault (supplier, 1)",
        idle_memory={"intake": 60.0, "postgres": 40.0},
        creates=[measured(8, 1000, 4.0), measured(32, 2000, 6.0)],
        idle=Spent(10.0, {"intake": 0.1, "postgres": 0.1}, 0.3, []),
        hands_idle=[10.0, 12.0, 30.0],
        bare=[bare],
    )


def found(results: Results, part: str, label: str) -> Figure:
    return next(each for each in figures(results) if (each.part, each.label) == (part, label))


def test_cost_and_speed(results: Results) -> None:
    assert found(results, "create, 32 clients", "answered per second").value == 200
    assert found(results, "create, 32 clients", "kept up, all done").value == pytest.approx(2000 / 12)
    assert found(results, "create, 32 clients", "CPU per 1,000").value == 6
    assert found(results, "create, 8 clients", "p99").value == 990


def test_goals_are_for_the_most_clients(results: Results) -> None:
    assert found(results, "create, 8 clients", "CPU per 1,000").met is None
    assert found(results, "create, 32 clients", "CPU per 1,000").met is True
    assert found(results, "create, 32 clients", "answered per second").met is False


def test_the_ratio_to_the_bare_minimum(results: Results) -> None:
    share = found(results, "create / bare, 32 clients", "answered per second")
    assert (share.value, share.met) == (50, False)
    assert found(results, "create / bare, 32 clients", "CPU").value == 3


def test_what_disturbed_the_run_is_told(results: Results) -> None:
    assert results.creates[1].others == pytest.approx((18 - 12 - 0.6) / 12)
    assert "Other programs used up to 0.45 cores" in text(results, FACTS)


def test_the_table_says_which_goals_are_met(results: Results) -> None:
    lines = text(results, FACTS).splitlines()
    assert any("p50" in line and "<= 15 ms" in line and line.endswith("met") for line in lines)
    assert any("answered per second" in line and ">= 220 /s" in line and "not yet" in line for line in lines)
    assert any(
        line.startswith("total") and line.split()[1:] == ["8.00", "6.00", "72.0", "100.0"] for line in lines
    )
    assert "NOT VALID" not in "\n".join(lines)


def test_a_run_with_faults_says_so(results: Results) -> None:
    results.faults.append("create: 3 errors")
    assert text(results, FACTS).endswith("NOT VALID:\n  create: 3 errors")
    assert data(results, FACTS)["valid"] is False


def test_the_json_has_every_figure(results: Results) -> None:
    read = json.loads(json.dumps(data(results, FACTS)))
    assert len(read["figures"]) == len(figures(results))
    assert read["loads"][1]["milliseconds"]["p99"] == 1980
    assert read["facts"]["processor"] == "2 x something"
