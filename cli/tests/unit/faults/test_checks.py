"""Each check finds the fault that it is there for, in a record that is sound but for that one fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from deskcli.faults.checks import CHECKS, Verdict
from deskcli.faults.evidence import Evidence, LogLine
from deskcli.faults.ledger import Deed, Ledger

from . import samples
from .samples import ASKED, FAULT, ORDER, QUESTION, at, deed

Doctor = Callable[[Ledger, Evidence], object]


def judged(doctor: Doctor = lambda _ledger, _evidence: None) -> dict[str, Verdict]:
    ledger, evidence = samples.ledger(), samples.evidence()
    doctor(ledger, evidence)
    return {verdict.kind: verdict for check in CHECKS for verdict in [check(ledger, evidence)]}


def test_a_sound_record_is_found_sound_and_looked_at() -> None:
    verdicts = judged()
    assert {kind: (v.lost, v.doubled, v.wrong) for kind, v in verdicts.items() if not v.good} == {}
    looked_at = {kind for kind, verdict in verdicts.items() if verdict.checked}
    assert looked_at == set(verdicts) - {"nothing left behind", "error lines explained"}


# --- what doctors a record -------------------------------------------------------------------------------


def row(rows: list[Any], **wanted: Any) -> dict[str, Any]:
    return next(one for one in rows if all(one[name] == value for name, value in wanted.items()))


def without(table: str, **wanted: Any) -> Doctor:
    def doctor(_ledger: Ledger, evidence: Evidence) -> None:
        rows = getattr(evidence, table)
        rows.remove(row(rows, **wanted))

    return doctor


def twice(table: str, changed: dict[str, Any], **wanted: Any) -> Doctor:
    def doctor(_ledger: Ledger, evidence: Evidence) -> None:
        rows = getattr(evidence, table)
        rows.append(row(rows, **wanted) | changed)

    return doctor


def changed(table: str, values: dict[str, Any], **wanted: Any) -> Doctor:
    def doctor(_ledger: Ledger, evidence: Evidence) -> None:
        row(getattr(evidence, table), **wanted).update(values)

    return doctor


def noted(one: Deed) -> Doctor:
    return lambda ledger, _evidence: ledger.note(one)


def set_to(name: str, value: Any) -> Doctor:
    return lambda _ledger, evidence: setattr(evidence, name, value)


def merged(name: str, key: Any, value: Any) -> Doctor:
    return lambda _ledger, evidence: getattr(evidence, name).__setitem__(key, value)


def without_fact(_ledger: Ledger, evidence: Evidence) -> None:
    row(evidence.timed, request_id=FAULT)["facts"].pop()


def another_fact(_ledger: Ledger, evidence: Evidence) -> None:
    facts = row(evidence.timed, request_id=FAULT)["facts"]
    facts.append(
        {**facts[0], "sequence": 99, "kind": "waiting", "data": {"reason": "x", "counterparty": "desk"}}
    )


def later_fact(_ledger: Ledger, evidence: Evidence) -> None:
    """Told with another time than it had."""
    facts = row(evidence.timed, request_id=FAULT)["facts"]
    next(fact for fact in facts if fact["kind"] == "ready")["at"] = at(90).isoformat()


OTHER = UUID(int=99)
TAKEN = {"order_id": str(ORDER), "offer": 1, "stage": "answered", "slug": "vonk-val"}
ROW = {"state": "technically_complete", "sequence": 5, "seen": [2, 3, 4, 5]}

FINDS: tuple[tuple[str, str, str, Doctor], ...] = (
    # the check, in which column, what it must say, and what was done to the record
    ("commands answered", "lost", "never answered", noted(deed("confirm", FAULT, status=0))),
    ("commands answered", "wrong", "GET /x: 500", lambda ledger, _: ledger.surprise("GET /x: 500")),
    ("requests", "lost", "[sanne-1]", without("requests", request_id=FAULT)),
    ("requests", "doubled", "[sanne-1]", twice("requests", {"request_id": OTHER}, request_id=FAULT)),
    ("requests", "doubled", "number 2", twice("requests", {"request_id": OTHER}, request_id=QUESTION)),
    ("requests", "doubled", "[sanne-2]", changed("requests", {"text": "[sanne-2]"}, request_id=FAULT)),
    ("requests", "wrong", "reported by nobody", changed("requests", {"text": "[x-1]"}, request_id=FAULT)),
    ("requests", "wrong", "its timeline says", changed("requests", {"state": "closed"}, request_id=FAULT)),
    ("requests", "wrong", "its timeline says", without("timeline", type="ready")),
    ("deeds on requests", "lost", "reply on request", noted(deed("reply", FAULT, "[sanne-9]"))),
    ("deeds on requests", "lost", "[amira-1]", without("timeline", type="asked")),
    ("deeds on requests", "doubled", "[amira-1]", twice("timeline", {"entry_id": 9}, type="asked")),
    (
        "deeds on requests", "doubled", "[amira-2]",
        lambda ledger, evidence: (
            ledger.note(deed("note", FAULT, "[amira-2]", 409)),
            twice("timeline", {"entry_id": 9, "type": "note", "data": {"text": "[amira-2]"}}, type="asked")(
                ledger, evidence
            ),
        ),
    ),
    ("work orders", "lost", "step repair", without("orders", work_order_id=ORDER)),
    ("work orders", "lost", "never heard", without("processes", request_id=FAULT)),
    (
        "work orders", "doubled", "step repair",
        twice("orders", {"work_order_id": OTHER, "number": "SD-26-000001-2"}, work_order_id=ORDER),
    ),
    ("work orders", "wrong", "numbered", changed("processes", {"last_serial": 2}, request_id=FAULT)),
    ("work orders", "wrong", "gaps", without("history", version=3)),
    ("work orders", "wrong", "its history says", changed("history", {"state": "paused"}, version=4)),
    ("work orders", "lost", "start of order", noted(deed("order:start", ORDER))),
    ("work orders", "doubled", "start of order", changed("history", {"by_kind": "person"}, version=4)),
    (
        "work orders", "doubled", "take of order",
        changed("history", {"by_kind": "person", "action": "take"}, version=3),
    ),
    ("orders as intake sees them", "lost", str(ORDER), changed("requests", {"orders": {}}, request_id=FAULT)),
    (
        "orders as intake sees them", "wrong", "intake has",
        changed("requests", {"orders": {str(ORDER): {**ROW, "seen": [2, 4, 5]}}}, request_id=FAULT),
    ),
    (
        "orders as intake sees them", "doubled", str(OTHER),
        changed("requests", {"orders": {str(ORDER): ROW, str(OTHER): ROW}}, request_id=FAULT),
    ),
    (
        "orders as intake sees them", "lost", "not ready",
        changed("requests", {"state": "in_progress"}, request_id=FAULT),
    ),
    ("orders at suppliers", "lost", "record", set_to("supplier", {})),
    (
        "orders at suppliers", "wrong", "never gave it",
        merged("supplier", "SD-26-000009-1", {**TAKEN, "order_id": None}),
    ),
    (
        "orders at suppliers", "wrong", "reported complete",
        merged("supplier", "SD-26-000001-1", TAKEN),
    ),
    (
        "orders at suppliers", "doubled", "complete 2 times",
        twice("history", {"version": 6}, version=5),
    ),
    ("orders at suppliers", "doubled", "accepted 2 times", twice("history", {"version": 6}, version=2)),
    ("orders at suppliers", "doubled", "taken", merged("taken", ("SD-26-000001-1", "accepted"), 2)),
    ("mails", "lost", "message ready 1", without("messages", template="ready")),
    ("mails", "doubled", "question", twice("messages", {"message_id": OTHER}, message_id=ASKED)),
    ("mails", "wrong", "is pending", changed("messages", {"state": "pending"}, message_id=ASKED)),
    ("mails", "lost", f"mail {ASKED}", lambda _, evidence: evidence.mails.pop(f"<{ASKED}@desk>")),
    ("mails", "wrong", "of no message", merged("mails", f"<{OTHER}@desk>", {"subject": "x"})),
    ("mails", "wrong", "something else", changed("messages", {"subject": "x"}, message_id=ASKED)),
    ("clocks", "lost", "never heard", without("timed", request_id=FAULT)),
    ("clocks", "lost", "is missing", without_fact),
    ("clocks", "wrong", "never happened", another_fact),
    ("clocks", "wrong", "not Clock", later_fact),
    ("clocks", "lost", "clock resolve", without("clocks", request_id=FAULT, clock="resolve")),
    (
        "clocks", "wrong", "elapsed_minutes is 7",
        changed("clocks", {"elapsed_minutes": 7}, request_id=FAULT, clock="resolve"),
    ),
    (
        "clocks", "wrong", "state is met",
        changed("clocks", {"state": "met"}, request_id=QUESTION, clock="resolve"),
    ),
    (
        "clocks", "lost", "deadline_breached of resolve",
        changed("timed", {"told": {"resolve": [None, at(1).isoformat()]}}, request_id=FAULT),
    ),
    ("facts heard", "lost", "notifications", merged("inboxes", "notifications", 3)),
    ("facts heard", "doubled", "intake", merged("inboxes", "intake", 7)),
    ("nothing left behind", "lost", "2 in intake outbox", merged("left", "intake outbox", 2)),
    (
        "nothing left behind", "wrong", "failed in intake",
        lambda _, evidence: evidence.failures.append(
            {
                "service": "intake", "kind": "message", "type": "x", "reason_type": "KeyError",
                "reason": "x", "state": "open",
            }
        ),
    ),
    (
        "nothing left behind", "wrong", "planned",
        changed("processes", {"waiting_since": at(0)}, request_id=FAULT),
    ),
    (
        "nothing left behind", "wrong", "delivery of order",
        changed("deliveries", {"state": "failed", "error": "away"}, work_order_id=ORDER),
    ),
    (
        "error lines explained", "wrong", "intake",
        lambda _, evidence: evidence.errors.append(LogLine("intake", "event=a call failed error=KeyError()")),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "column", "words", "doctor"), FINDS)
def test_a_check_finds_what_it_is_there_for(kind: str, column: str, words: str, doctor: Doctor) -> None:
    found = getattr(judged(doctor)[kind], column)
    assert any(words in sentence for sentence in found), found


def test_an_answer_of_503_in_the_log_is_explained() -> None:
    line = LogLine("gateway", "event=failed code=broker_away kind=Unavailable route=GET /v1/requests")
    assert judged(lambda _, evidence: evidence.errors.append(line))["error lines explained"].good


def test_who_begins_an_order_has_taken_it_by_that() -> None:
    taken = changed("history", {"by_kind": "person", "action": "take"}, version=5)
    assert judged(taken)["work orders"].doubled == []
