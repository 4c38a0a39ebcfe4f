"""What a service has come to, field by field, without what is different each time: the ids that it gave."""

from __future__ import annotations

from typing import Any

from .town import AT_THE_END, Member, confidant

State = Any


def of_intake(intake: Member) -> State:
    """Every dossier as a confidant at the desk sees it. Lines of one moment may stand in any order."""
    requests = intake.rows("SELECT request_id FROM requests ORDER BY reference")
    dossiers = [intake.call("get_request", confidant(intake), AT_THE_END, **row) for row in requests]
    for one in dossiers:
        one["timeline"].sort(key=lambda line: (line["at"], str(line["data"].get("number")), str(line)))
        del one["request_id"], one["version"], one["requester"]["person_id"]
        for reader in (one.get("confidence") or {}).get("readers", ()):
            del reader["person_id"]
    return dossiers


def of_dispatch(dispatch: Member) -> State:
    """Processes, orders, deliveries and histories; orders by their number.

    A withdrawal that overtakes the acceptance cancels nothing, since nothing was planned: cancelled orders
    count as orders that were never made.
    """
    processes = {
        row["request_id"]: row for row in dispatch.rows("SELECT * FROM processes ORDER BY reference")
    }
    orders = dispatch.rows(f"SELECT w.*, slug AS provider FROM work_orders w {_MADE} ORDER BY number")
    for request_id in processes.keys() - {order["request_id"] for order in orders}:
        del processes[request_id]["last_serial"], processes[request_id]["planned_round"]
    details = (
        f"SELECT h.*, w.number FROM work_order_history h JOIN work_orders w USING (work_order_id) {_MADE}"
        " ORDER BY number, h.version",
        "SELECT d.state, d.errand, d.generation, w.number"
        f" FROM deliveries d JOIN work_orders w USING (work_order_id) {_MADE} ORDER BY number",
    )
    numbers = {order["work_order_id"]: order["number"] for order in orders}
    tables = [list(processes.values()), orders, *map(dispatch.rows, details)]
    return [[_by_number(row, numbers) for row in table] for table in tables]


_MADE = "JOIN providers p ON p.provider_id = w.provider_id AND w.state <> 'cancelled'"


def _by_number(row: dict[str, Any], numbers: dict[str, str]) -> dict[str, Any]:
    def name(value: Any) -> Any:
        if isinstance(value, list):
            return [name(one) for one in value]
        return numbers.get(value, value) if isinstance(value, str) else value

    return {key: name(value) for key, value in row.items() if key != "provider_id"}


def of_monitoring(monitoring: Member) -> State:
    """The facts that each request's clocks are computed from, and what they came to."""
    names = "request_id, reference, requester_id, customer_id, open, facts, problem"
    requests = monitoring.rows(f"SELECT {names} FROM requests")
    clocks = monitoring.rows("SELECT * FROM clocks ORDER BY reference, clock")
    for request in requests:
        request["facts"] = sorted(request["facts"], key=str)
    return sorted(requests, key=lambda one: one["request_id"]), [
        {name: value for name, value in clock.items() if name != "contract"} for clock in clocks
    ]


def of_notifications(notifications: Member) -> State:
    """Every message that was or will be sent."""
    return notifications.rows(
        "SELECT request_id, person_id, template, occasion, language, address, subject, body, state, reason"
        " FROM messages ORDER BY request_id, template, occasion"
    )


def differences(expected: Any, found: Any, where: str = "") -> list[str]:
    """Every field that is not the same, with its path."""
    if isinstance(expected, dict) and isinstance(found, dict):
        names = sorted({*expected, *found})
        return [
            one
            for name in names
            for one in differences(expected.get(name), found.get(name), f"{where}.{name}")
        ]
    if isinstance(expected, list | tuple) and isinstance(found, list | tuple) and len(expected) == len(found):
        pairs = zip(expected, found, strict=True)
        return [one for n, pair in enumerate(pairs) for one in differences(*pair, f"{where}[{n}]")]
    return [] if expected == found else [f"{where}: {expected!r} became {found!r}"]


OF = {
    "intake": of_intake,
    "dispatch": of_dispatch,
    "monitoring": of_monitoring,
    "notifications": of_notifications,
}
