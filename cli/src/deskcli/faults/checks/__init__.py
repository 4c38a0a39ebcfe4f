"""The table of checks. Each is a function of the ledger and the evidence; see deskcli.faults.play for the
two that judge the run itself.
"""

from __future__ import annotations

from collections.abc import Callable

from deskcli.faults.checks.answers import check_answers
from deskcli.faults.checks.clocks import check_clocks
from deskcli.faults.checks.inboxes import check_inboxes
from deskcli.faults.checks.leftovers import check_leftovers
from deskcli.faults.checks.logs import check_logs
from deskcli.faults.checks.mails import check_mails
from deskcli.faults.checks.mirrors import check_mirrors
from deskcli.faults.checks.orders import check_orders
from deskcli.faults.checks.requests import check_requests
from deskcli.faults.checks.supplier import check_supplier
from deskcli.faults.checks.timelines import check_timelines
from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence
from deskcli.faults.ledger import Ledger

Check = Callable[[Ledger, Evidence], Verdict]

CHECKS: tuple[Check, ...] = (
    check_answers,
    check_requests,
    check_timelines,
    check_orders,
    check_mirrors,
    check_supplier,
    check_mails,
    check_clocks,
    check_inboxes,
    check_leftovers,
    check_logs,
)

__all__ = ["CHECKS", "Check", "Verdict"]
