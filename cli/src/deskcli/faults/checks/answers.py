"""Every command got a clear answer in the end, and nobody saw what nobody should ever see."""

from __future__ import annotations

from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence
from deskcli.faults.ledger import Ledger


def check_answers(ledger: Ledger, _evidence: Evidence) -> Verdict:
    deeds = ledger.deeds
    verdict = Verdict("commands answered", len(deeds))
    verdict.lost = [
        f"{deed.action} by {deed.by} under {deed.key} was never answered, {deed.attempts} attempts"
        for deed in deeds
        if not (deed.accepted or deed.refused)
    ]
    verdict.wrong = ledger.surprises
    return verdict
