"""Accounts and their tokens as rows."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.actor import Actor
from sqlalchemy.dialects.postgresql import insert

from gateway.storage.tables import accounts, tokens


@dataclass(frozen=True)
class Account:
    account_id: UUID
    kind: str
    login: str
    name: str
    roles: list[str]
    person_id: UUID | None
    provider_id: UUID | None
    language: str
    password_hash: str | None
    demo: bool
    active: bool = True

    def actor(self) -> Actor:
        return actor_from(self.__dict__)


def actor_from(row: Any) -> Actor:
    return Actor(
        kind=row["kind"],
        id=str(row["account_id"]),
        name=row["name"],
        roles=frozenset(row["roles"]),
        person_id=str(row["person_id"]) if row["person_id"] else None,
        provider_id=str(row["provider_id"]) if row["provider_id"] else None,
        language=row["language"],
    )


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


_FIELDS = [accounts.c[name] for name in Account.__dataclass_fields__]

# One look at two primary keys: this runs for almost every call of the API.
_HOLDER = (
    sa.select(*_FIELDS, tokens.c.expires_at)
    .join_from(tokens, accounts)
    .where(
        tokens.c.token_hash == sa.bindparam("hash"), tokens.c.expires_at > sa.func.now(), accounts.c.active
    )
)


def holder_of(connection: sa.Connection, hashed: bytes) -> tuple[Actor, datetime] | None:
    """Who holds the token with this hash, and until when. None when it is unknown, expired or its account is
    closed."""
    row = connection.execute(_HOLDER, {"hash": hashed}).mappings().first()
    return (actor_from(row), row["expires_at"]) if row else None


class Accounts:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, login: str) -> Account | None:
        row = (
            self._connection.execute(sa.select(*_FIELDS).where(accounts.c.login == login)).mappings().first()
        )
        return Account(**row) if row else None

    def get(self, account_id: UUID | str) -> Account | None:
        where = accounts.c.account_id == UUID(str(account_id))
        row = self._connection.execute(sa.select(*_FIELDS).where(where)).mappings().first()
        return Account(**row) if row else None

    def known(self, logins: list[str]) -> dict[str, Account]:
        rows = self._connection.execute(sa.select(*_FIELDS).where(accounts.c.login.in_(logins))).mappings()
        return {row["login"]: Account(**row) for row in rows}

    def add(self, account: Account) -> bool:
        """False when the login exists already; that account stays as it is."""
        statement = (
            insert(accounts)
            .values(**asdict(account))
            .on_conflict_do_nothing()
            .returning(accounts.c.account_id)
        )
        return self._connection.execute(statement).first() is not None

    def rehash(self, account_id: UUID, password_hash: str) -> None:
        self._connection.execute(
            sa.update(accounts).where(accounts.c.account_id == account_id).values(password_hash=password_hash)
        )

    def of_demo(self) -> list[Account]:
        """Those made in demo mode with a password, oldest first."""
        query = sa.select(*_FIELDS).where(accounts.c.demo, accounts.c.active).order_by(accounts.c.account_id)
        return [Account(**row) for row in self._connection.execute(query).mappings()]

    def activate_supplier(self, provider_id: str, active: bool) -> list[UUID]:
        """Open or close the accounts of a supplier; answers which those are."""
        of = sa.and_(accounts.c.provider_id == UUID(provider_id), accounts.c.roles.contains(["supplier"]))
        statement = sa.update(accounts).where(of).values(active=active).returning(accounts.c.account_id)
        return list(self._connection.scalars(statement))

    def of_team(self, provider_id: str) -> list[Account]:
        """The people who carry out the work of a team of our own, by name."""
        of = sa.and_(accounts.c.provider_id == UUID(provider_id), accounts.c.roles.contains(["team"]))
        query = sa.select(*_FIELDS).where(of, accounts.c.active, accounts.c.kind == "person")
        found = self._connection.execute(query.order_by(accounts.c.name, accounts.c.account_id))
        return [Account(**row) for row in found.mappings()]

    def has_demo_accounts(self) -> bool:
        return bool(self._connection.scalar(sa.select(sa.exists().where(accounts.c.demo))))


class Tokens:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, token: str, account_id: UUID, purpose: str, name: str, lifetime: timedelta) -> datetime:
        """Answers when it expires. The same token again changes nothing but the end of its life."""
        expires = sa.func.now() + lifetime
        statement = (
            insert(tokens)
            .values(
                token_hash=token_hash(token),
                account_id=account_id,
                purpose=purpose,
                name=name,
                expires_at=expires,
            )
            .on_conflict_do_update(index_elements=["token_hash"], set_={"expires_at": expires})
            .returning(tokens.c.expires_at)
        )
        ends: datetime = self._connection.execute(statement).scalar_one()
        return ends

    def remove(self, hashed: bytes) -> None:
        self._connection.execute(sa.delete(tokens).where(tokens.c.token_hash == hashed))

    def remove_of_account(self, account_id: UUID) -> None:
        self._connection.execute(sa.delete(tokens).where(tokens.c.account_id == account_id))

    def remove_bootstrap(self, but: bytes | None = None) -> None:
        """Take away the bootstrap tokens, all but the one with this hash."""
        statement = sa.delete(tokens).where(tokens.c.purpose == "bootstrap")
        self._connection.execute(statement.where(tokens.c.token_hash != but) if but else statement)

    def prune(self) -> None:
        self._connection.execute(sa.delete(tokens).where(tokens.c.expires_at < sa.func.now()))
