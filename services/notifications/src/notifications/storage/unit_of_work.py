"""The unit of work of notifications."""

from __future__ import annotations

from functools import cached_property

from servicekit.storage import UnitOfWork

from notifications.storage.messages import Messages
from notifications.storage.people import People
from notifications.storage.sending import Sending


class NotificationsWork(UnitOfWork):
    @cached_property
    def messages(self) -> Messages:
        return Messages(self.connection)

    @cached_property
    def people(self) -> People:
        return People(self.connection)

    @cached_property
    def sending(self) -> Sending:
        return Sending(self.connection)
