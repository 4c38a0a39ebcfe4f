"""Monitoring's unit of work."""

from __future__ import annotations

from functools import cached_property

from servicekit.storage import UnitOfWork

from monitoring.storage.agreements import AgreementStore
from monitoring.storage.clocks import ClockRows
from monitoring.storage.figures import Figures
from monitoring.storage.people import People
from monitoring.storage.requests import TimedRequests


class MonitoringWork(UnitOfWork):
    """One transaction over agreements, the facts of requests, and their clocks."""

    @cached_property
    def agreements(self) -> AgreementStore:
        return AgreementStore(self.connection)

    @cached_property
    def requests(self) -> TimedRequests:
        return TimedRequests(self.connection)

    @cached_property
    def people(self) -> People:
        return People(self.connection)

    @cached_property
    def clocks(self) -> ClockRows:
        return ClockRows(self.connection)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.connection)
