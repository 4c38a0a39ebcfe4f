"""Attempts to sign in: the facts by which guessing is slowed down, shared by all replicas."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from gateway.storage.tables import attempts

KEEP = timedelta(days=30)


@dataclass(frozen=True)
class Tally:
    """Failures within the window; `known` says that this address has signed in to this account before."""

    pair: int
    address: int
    login: int
    known: bool


def hash_login(login: str) -> bytes:
    return hashlib.sha256(login.encode()).digest()


class Attempts:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def begin(self, login: str, address: str) -> int:
        """Note an attempt, as failed until it is known better; so that many at the same time count each
        other."""
        statement = sa.insert(attempts).values(login_hash=hash_login(login), address=address, succeeded=False)
        attempt_id: int = self._connection.execute(statement.returning(attempts.c.attempt_id)).scalar_one()
        return attempt_id

    def tally(self, login: str, address: str, window: timedelta) -> Tally:
        """Counts with the present attempt included."""
        of_login, of_address = attempts.c.login_hash == hash_login(login), attempts.c.address == address
        failures = (
            sa.select(
                sa.func.count().filter(of_login & of_address),
                sa.func.count().filter(of_address),
                sa.func.count().filter(of_login),
            )
            .where(of_login | of_address)
            .where(~attempts.c.succeeded, attempts.c.at > sa.func.now() - window)
        )
        known = sa.select(sa.exists().where(of_login, of_address, attempts.c.succeeded))
        pair, from_address, to_login = self._connection.execute(failures).one()
        return Tally(pair, from_address, to_login, bool(self._connection.scalar(known)))

    def forget(self, attempt_id: int) -> None:
        """One that was turned away without looking must not make the wait longer."""
        self._connection.execute(sa.delete(attempts).where(attempts.c.attempt_id == attempt_id))

    def succeed(self, login: str, address: str) -> None:
        """The right password: this address's failures at this account were typing errors."""
        mine = (attempts.c.login_hash == hash_login(login)) & (attempts.c.address == address)
        self._connection.execute(sa.delete(attempts).where(mine))
        self._connection.execute(
            sa.insert(attempts).values(login_hash=hash_login(login), address=address, succeeded=True)
        )

    def prune(self) -> None:
        self._connection.execute(sa.delete(attempts).where(attempts.c.at < sa.func.now() - KEEP))
