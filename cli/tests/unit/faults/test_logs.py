"""Which lines of a log are errors."""

from __future__ import annotations

from pathlib import Path

from deskcli.faults.evidence.logs import errors_of, read_taken


def test_errors_of_services_servers_and_plain_programs_are_seen_and_nothing_else() -> None:
    lines = (
        '{"event": "a call failed", "level": "error", "error": "KeyError()"}',
        '{"event": "the database is away", "level": "warning", "error": "x"}',
        '{"event": "cut off by a ki',
        "ERROR supplierkit: receive_order failed",
        "WARNING supplierkit: not connected",
        "2026-11-25 18:00:00.000 UTC [7] intake@intake ERROR:  duplicate key value",
        "2026-11-25 18:00:00.000 UTC [7] intake@intake FATAL:  terminating connection",
        "2026-11-25 18:00:00.0+00:00 [error] <0.1.0> closing AMQP connection",
        "2026-11-25 18:00:00.0+00:00 [error] <0.1.0>     reason: badarg",
        "2026-11-25 18:00:00.0+00:00 [error] <0.1.0>     offender: [{id,x}]",
        "Traceback (most recent call last):",
    )
    assert [line.text.rpartition(" ")[2] for line in errors_of("x", lines)] == [
        "error=KeyError()",
        "failed",
        "value",
        "connection",
        "badarg",
        "last):",
    ]


def test_the_supplier_is_counted_when_it_takes_an_order_not_when_one_comes_again(tmp_path: Path) -> None:
    (tmp_path / "one.log").write_text(
        "INFO supplierkit: order SD-26-000001-1: accepted\n"
        "INFO supplierkit: order SD-26-000001-1 came again; answered as before\n"
        "INFO supplierkit: order SD-26-000001-1: accepted\n"
        "INFO supplierkit: order SD-26-000001-2: refused\n"
    )
    assert read_taken(tmp_path, "one") == {
        ("SD-26-000001-1", "accepted"): 2,
        ("SD-26-000001-2", "refused"): 1,
    }
