"""Who one can be in the demo: the accounts that were made in demo mode."""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa

from gateway.accounts.sign_in import Work

REMEMBER_SECONDS = 30.0


@dataclass(frozen=True)
class DemoPerson:
    """`role` is the word of the table in `pages/labels.py`."""

    login: str
    name: str
    role: str


class DemoPeople:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: tuple[float, tuple[DemoPerson, ...]] = (float("-inf"), ())

    def __call__(self) -> tuple[DemoPerson, ...]:
        """In the order in which they were made; looked up now and then, for every page shows them."""
        looked, known = self._known
        if time.monotonic() - looked < REMEMBER_SECONDS and known:
            return known
        try:
            with self._work() as work:
                accounts = work.accounts.of_demo()
        except sa.exc.DBAPIError:
            return known  # a page that says what is wrong must not fail for the lack of this list
        known = tuple(
            DemoPerson(each.login, each.name, each.roles[0] if each.roles else "") for each in accounts
        )
        self._known = (time.monotonic(), known)
        return known
