"""A reply that is lost after the work was done: asked again, the answer is the same, and it is done once."""

from __future__ import annotations

import pytest

from .house import House, Meanwhile, until

HISTORY = """
    SELECT string_agg(history.action, ' ' ORDER BY history.version)
    FROM work_order_history AS history JOIN work_orders USING (work_order_id) WHERE number = %s
"""
SUPPLIER = "supplier-vonk-val"
TRIES = 8  # it thinks for a moment, and on a busy machine that may be over before the broker is frozen


@pytest.mark.parametrize("killed", ["intake", "gateway"])
def test_a_request_whose_answer_was_lost_exists_once(house: House, killed: str) -> None:
    """The process is killed when the database has been told to commit, and before anybody hears of it."""
    sanne, marker = house.client("sanne"), f"[lost-{killed}]"
    house.report(sanne, "lamp-broken", f"[first-{killed}]")  # signed in, and all of it warm
    with house.commits_held("intake", "requests") as one_waits:
        reporting = Meanwhile(lambda: house.report(sanne, "lamp-broken", marker))
        one_waits()
        house.system.kill(killed)
    deed = reporting.result()
    assert deed.accepted
    assert deed.attempts > 1 or killed == "intake"  # intake may be back before the gateway gives up
    found = house.ask("intake", "SELECT count(*) FROM requests WHERE text LIKE %s", f"%{marker}%")
    assert found == 1
    known = house.ask("intake", "SELECT request_id::text FROM requests WHERE text LIKE %s", f"%{marker}%")
    assert deed.subject == known
    until(
        lambda: house.ask("dispatch", "SELECT count(*) FROM work_orders WHERE request_id = %s", known) == 1,
        "its order",
    )
    house.assert_all_is_right()


def test_an_acceptance_that_was_recorded_and_never_answered_is_one_order_and_one_execution(
    house: House,
) -> None:
    """Its program is killed between its own record and its reply, which the frozen broker holds up."""
    system = house.system
    number = next(filter(None, (struck_before_its_reply(house, n) for n in range(TRIES))), "")
    assert number, f"the supplier was quicker than the test {TRIES} times"
    question = "SELECT state FROM work_orders WHERE number = %s"
    until(lambda: house.ask("dispatch", question, number) == "technically_complete", "the work")
    log = (system.layout.logs / f"{SUPPLIER}.log").read_text()
    assert log.count(f"order {number}: accepted") == 1
    assert f"order {number} came again; answered as before" in log
    history = house.ask("dispatch", HISTORY, number)
    assert history == "accept schedule start complete"
    house.assert_all_is_right()


def struck_before_its_reply(house: House, n: int) -> str:
    """The number of an order whose acceptance lies in the supplier's record alone; empty when the broker was
    frozen too late for that.
    """
    system = house.system
    system.restart_process(SUPPLIER)  # it has no connection for replies yet
    before = set(house.recorded())
    deed = house.report(house.client("sanne"), "heating-fault", f"[unanswered-{n}]")
    assert deed.accepted
    number = until(lambda: next(iter(set(house.recorded()) - before), ""), "the order at the supplier")
    with house.frozen("rabbitmq"):
        if house.recorded()[number] != "begun":
            return ""
        until(lambda: house.recorded()[number] == "answered", "an acceptance in its record")
        system.kill(SUPPLIER)
        until(lambda: SUPPLIER not in system.pids(), "its end")
    return str(number)
