"""What the requester is told at receipt, before anybody has looked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from intake.domain.rules import Norm, Term
from intake.domain.values import Promise, Wanted

Due = Callable[[Term], datetime]
"""Counts a term from the moment of receipt on the organisation's calendar."""


def promise(norm: Norm, lead_time: Term | None, wanted: Wanted | None, due: Due) -> Promise:
    """An order is promised for the moment it was wanted; else the product's lead time counts; else the norm.

    Nobody is told that they hear from us after it is done, so the first term never exceeds the second.
    """
    resolve_by = wanted.last_moment if wanted else due(lead_time or norm.resolve)
    return Promise(min(due(norm.respond), resolve_by), resolve_by)
