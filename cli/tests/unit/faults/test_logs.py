"""Which lines of a log are errors."""

from __future__ import annotations

from pathlib import Path

from deskcli.faults.checks.logs import explained
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
        "[{id,x}]",
        "last):",
    ]


def test_a_report_of_the_broker_is_one_error_whose_reason_may_come_last() -> None:
    lines = (
        "2026-11-25 18:00:00.1+00:00 [error] <0.15.0> ** Generic server <0.15.0> terminating",
        "2026-11-25 18:00:00.1+00:00 [error] <0.15.0> ** Reason for termination ==",
        "2026-11-25 18:00:00.1+00:00 [error] <0.15.0> ** noproc",
        "2026-11-25 18:00:00.1+00:00 [error] <0.15.0> ",
        "2026-11-25 18:00:00.2+00:00 [error] <0.15.0>   crasher:",
        "2026-11-25 18:00:00.2+00:00 [error] <0.15.0>     initial call: rabbit_channel:init/1",
        "2026-11-25 18:00:00.2+00:00 [error] <0.15.0>     exception exit: noproc",
        "2026-11-25 18:00:00.3+00:00 [error] <0.14.0>     supervisor: {<0.14.0>,rabbit_channel_sup}",
        "2026-11-25 18:00:00.3+00:00 [error] <0.14.0>     reason: noproc",
        "2026-11-25 18:00:00.3+00:00 [error] <0.16.0> ** Generic server <0.16.0> terminating",
        "2026-11-25 18:00:00.3+00:00 [error] <0.16.0> ** {badmatch,full}",
    )
    assert [explained(line) for line in errors_of("rabbitmq", lines)] == [True, True, False]


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
