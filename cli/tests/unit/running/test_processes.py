"""The table of processes: who is told what."""

from __future__ import annotations

import pytest
from deskcli.processes import BY_NAME, DATABASES, PROCESSES, STOP_ORDER, program

EVERYTHING = {name: f"value of {name}" for process in PROCESSES for name in process.variables}


def variables(name: str) -> set[str]:
    """Return the variables of the table that a process would find in its environment."""
    return set(program(BY_NAME[name], EVERYTHING, {}).environment) & set(EVERYTHING)


def test_the_supplier_is_told_nothing_of_the_desk() -> None:
    assert variables("supplier-vonk-val") == {
        "SUPPLIER_AMQP_URL",
        "SUPPLIER_MODE_FILE",
        "SUPPLIER_NAME",
        "SUPPLIER_RECORD",
    }


def test_the_supplier_with_a_webhook_is_told_where_the_api_is_and_what_it_was_given() -> None:
    told = {"DESK_URL", "CREDENTIALS", "PORT", "RECORD", "MODE_FILE"}
    assert variables("supplier-lepel-lade") == {f"SUPPLIER_{name}" for name in told}


@pytest.mark.parametrize("name", [name for name in BY_NAME if name != "dispatch"])
def test_only_dispatch_reaches_the_suppliers(name: str) -> None:
    assert "SUPPLIERS_AMQP_URL" not in variables(name)


@pytest.mark.parametrize("name", [name for name in BY_NAME if name != "gateway"])
def test_only_the_gateway_knows_the_first_administrator(name: str) -> None:
    assert "BOOTSTRAP_TOKEN" not in variables(name)


def test_nothing_of_the_shell_reaches_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    assert "AWS_SECRET_ACCESS_KEY" not in program(PROCESSES[0], {}, {}).environment


def test_a_test_may_add_to_what_a_process_is_told() -> None:
    made = program(BY_NAME["supplier-vonk-val"], EVERYTHING, {"SUPPLIER_MODE": "refuse"})
    assert made.environment["SUPPLIER_MODE"] == "refuse"


def test_every_process_has_its_turn_to_stop_and_the_backing_comes_last() -> None:
    ordered = [name for _, group in STOP_ORDER for name in group]
    assert set(ordered) == {*BY_NAME, "rabbitmq", "postgres", "epmd"}
    assert len(ordered) == len(set(ordered))
    assert [seconds for seconds, _ in STOP_ORDER] == sorted(seconds for seconds, _ in STOP_ORDER)
    assert ordered[-3:] == ["rabbitmq", "epmd", "postgres"]


def test_all_stops_within_ten_seconds_and_the_database_may_write_down_what_it_has() -> None:
    assert {name for seconds, group in STOP_ORDER for name in group if seconds > 9} == {"postgres"}


def test_every_service_has_a_database_of_its_own() -> None:
    assert set(DATABASES) == {"intake", "catalog", "dispatch", "monitoring", "notifications", "gateway"}
