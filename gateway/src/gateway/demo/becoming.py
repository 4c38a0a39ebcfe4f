"""Being somebody else in the demo, without a password: for accounts that were made for the demo, and nobody
else.
"""

from __future__ import annotations

import secrets

from servicekit.actor import Actor
from servicekit.errors import NotFound

from gateway.accounts.sign_in import SESSION_LIFETIME, Session, Work
from servicekit import logs

log = logs.logger("accounts")


class Becoming:
    """There is none outside demo mode: see `of`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    @classmethod
    def of(cls, work: Work, demo_mode: bool) -> Becoming | None:
        return cls(work) if demo_mode else None

    def __call__(self, login: str, before: Actor, address: str) -> Session:
        """A new session of that account. Raises NotFound for whoever is not of the demo."""
        with self._work() as work:
            account = work.accounts.find(login.strip().lower())
            if account is None or not account.demo or not account.active:
                raise NotFound("not_of_the_demo", "Nobody of that name is part of the demo.")
            token = "sds_" + secrets.token_urlsafe(32)
            expires = work.tokens.add(token, account.account_id, "session", "demo", SESSION_LIFETIME)
        log.info("became somebody else", account=str(account.account_id), before=before.id, address=address)
        return Session(token, expires, account)
