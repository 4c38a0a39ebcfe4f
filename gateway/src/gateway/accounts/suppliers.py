"""What a supplier's program and people come in with over HTTP: ended and given together with its access."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from servicekit.ids import new_id

from gateway.accounts.gate import Gate
from gateway.accounts.sign_in import Work
from gateway.storage.accounts import Account

LIFETIME = timedelta(days=365)


class SupplierAccounts:
    def __init__(self, work: Work, gate: Gate) -> None:
        self._work = work
        self._gate = gate

    def let_in(self, provider_id: str) -> None:
        """Its people, if it has any here, may sign in (again)."""
        with self._work() as work:
            work.accounts.activate_supplier(provider_id, active=True)

    def new_token(self, provider_id: str, name: str) -> tuple[str, datetime]:
        """A token for its program, shown this once; the one before ends."""
        token = "sdp_" + secrets.token_urlsafe(32)
        login = f"supplier:{provider_id}"
        with self._work() as work:
            work.accounts.add(_program(provider_id, login, name))
            account = work.accounts.find(login)
            assert account is not None
            work.tokens.remove_of_account(account.account_id)
            expires = work.tokens.add(token, account.account_id, "program", "supplier access", LIFETIME)
        self._gate.forget()
        return token, expires

    def shut_out(self, provider_id: str) -> None:
        """End the tokens and sessions of its program and its people, and let none of them sign in."""
        with self._work() as work:
            for account in work.accounts.activate_supplier(provider_id, active=False):
                work.tokens.remove_of_account(account)
        self._gate.forget()


def _program(provider_id: str, login: str, name: str) -> Account:
    return Account(
        account_id=new_id(),
        kind="supplier",
        login=login,
        name=name,
        roles=["supplier"],
        person_id=None,
        provider_id=UUID(provider_id),
        language="nl",
        password_hash=None,
        demo=False,
    )
