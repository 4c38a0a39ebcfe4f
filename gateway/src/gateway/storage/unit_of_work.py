"""The gateway's unit of work."""

from __future__ import annotations

from typing import Any

from servicekit.storage import UnitOfWork

from gateway.storage.accounts import Accounts, Tokens
from gateway.storage.answers import Answers
from gateway.storage.attempts import Attempts
from gateway.storage.calendar_addresses import CalendarAddresses


class GatewayWork(UnitOfWork):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.accounts = Accounts(self.connection)
        self.tokens = Tokens(self.connection)
        self.attempts = Attempts(self.connection)
        self.calendar_addresses = CalendarAddresses(self.connection)
        self.answers = Answers(self.connection)
