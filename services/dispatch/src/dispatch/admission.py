"""Letting suppliers in and shutting them out: decided in the database, carried out on the broker.

The database is the truth and the broker its projection. `project` makes the second agree with the first:
after each decision, and regularly, so that a broker that was away, or lost its data, or was changed by hand,
comes to agree by itself. Passwords are known to nobody but the supplier: users are made from their hashes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

import amqp
from servicekit.errors import Conflict
from servicekit.logs import logger

from dispatch.broker_relief import BrokerRelief
from dispatch.channels.broker_admin import BrokerAdmin, BrokerAdminAway, Connection, admin_on
from dispatch.domain.providers import Means, Provider
from dispatch.domain.supplier_access import SALT_BYTES, Access, password_hash
from dispatch.domain.webhook_secrets import signing_secrets
from dispatch.handlers import supplier_access as access
from dispatch.settings import DispatchSettings
from dispatch.storage.unit_of_work import DispatchWork
from dispatch.supplier_queues import queues_on

PASSWORD_BYTES = 24

Json = dict[str, Any]
Work = Callable[[], AbstractContextManager[DispatchWork]]

log = logger("admission")


class Admission:
    def __init__(self, work: Work, settings: DispatchSettings) -> None:
        self._work = work
        self._settings = settings
        self._vhost = unquote(urlsplit(settings.suppliers_amqp_url).path[1:])
        self._admin = admin_on(settings.broker_admin_url, self._vhost) if settings.broker_admin_url else None

    def invite(self, provider_id: UUID, password_hash: str | None = None) -> Json:
        """Let in, with a new credential that nobody can ask for again; the answer holds it.

        With the hash of a password that the supplier has already there is nothing to be told.
        """
        password = None if password_hash else secrets.token_urlsafe(PASSWORD_BYTES)
        with self._work() as work:
            self._is_possible(access.supplier(work, provider_id)[0])
            kept = password_hash or _hashed(password or "")
            provider, granted = access.invite(work, provider_id, kept)
            by = work.actor
        log.info("a supplier was let in", supplier=provider.slug, generation=granted.generation, by=by.id)
        shown = self._effected(provider, granted)
        return shown | {"credential": self._credential(provider, granted, password)}

    def revoke(self, provider_id: UUID) -> Json:
        """Shut out, and close what it has open."""
        with self._work() as work:
            self._is_possible(access.supplier(work, provider_id)[0])
            provider, shut = access.revoke(work, provider_id)
            by = work.actor
        log.info("a supplier was shut out", supplier=provider.slug, by=by.id)
        return self._effected(provider, shut)

    def resume(self, provider_id: UUID) -> Json:
        """Let in again after a suspension, with what it has."""
        with self._work() as work:
            self._is_possible(access.supplier(work, provider_id)[0])
            provider, again = access.resume(work, provider_id)
            by = work.actor
        log.info("a supplier was resumed", supplier=provider.slug, by=by.id)
        return self._effected(provider, again)

    def suspend(self, user: str, reason: str) -> None:
        """Keep a broker user out: it does harm. Its connections are closed at once."""
        with self._work() as work:
            done = access.suspend(work, user, reason)
        if done:
            log.warning("a supplier was suspended", user=user, reason=reason)
        if self._admin:
            self._admin.remove(user)

    def relieve(self) -> str | None:
        """See that no supplier fills the broker's memory; answers who did. Raises BrokerAdminAway."""
        return _relief_of(self._admin).look(self) if self._admin else None

    def connections(self) -> list[Connection]:
        """What suppliers have open, with how much came through it. Raises BrokerAdminAway."""
        return self._admin.connections() if self._admin else []

    def look(self, provider_id: UUID) -> Json:
        """How it stands, with the connections that it has open; None: the broker cannot say."""
        with self._work() as work:
            provider, found = access.supplier(work, provider_id)
        return access.view(provider, found) | {"connections": self._connections(provider)}

    def project(self) -> None:
        """Make the broker agree with the database. Raises BrokerAdminAway.

        The broker is read first: a user that is found there was decided upon before the database is read, so
        what is decided meanwhile is never undone.
        """
        if self._admin is None:
            return
        self._admin.bound_queues()
        found = self._admin.supplier_users()
        with self._work() as work:
            wanted = work.access.open_users()
        right = {name: self._admin.right(name, hashed) for name, hashed in wanted.items()}
        for name in [name for name in found if found[name] != right.get(name)]:
            log.info("a user goes from the broker", user=name, known=name in right)
            self._admin.remove(name)
        for name in [name for name in right if found.get(name) != right[name]]:
            log.info("a user comes to the broker", user=name)
            self._admin.make(name, wanted[name])

    def _project_now(self) -> None:
        """As `project`, and once more when the timer was at it at the same moment: RabbitMQ refuses one of
        two that make the same user.
        """
        try:
            self.project()
        except BrokerAdminAway as error:
            log.info("the broker did not agree at once", error=error)
            self.project()

    def _effected(self, provider: Provider, granted: Access) -> Json:
        """How it stands, with `in_effect`: whether the broker knows already; else it hears soon."""
        in_effect = True
        if provider.is_called and provider.address:
            try:
                self._project_now()
                queues_on(self._settings.suppliers_amqp_url).ensure([provider.address])
            except (BrokerAdminAway, OSError, amqp.AMQPError) as error:
                log.warning("the broker has not heard of it yet", user=provider.address, error=error)
                in_effect = False
        return access.view(provider, granted) | {"in_effect": in_effect}

    def _credential(self, provider: Provider, granted: Access, password: str | None) -> Json | None:
        if provider.delivery is Means.WEBHOOK:
            master = self._settings.webhook_master_secret
            return {"signing_secret": signing_secrets(master, provider.provider_id, granted.generation)[0]}
        if not provider.is_called or not provider.address or password is None:
            return None
        address = urlsplit(self._settings.suppliers_public_url or self._settings.suppliers_amqp_url)
        host = address.netloc.rpartition("@")[2]
        user = provider.address
        return {
            "user": user,
            "password": password,
            "vhost": self._vhost,
            "queue": f"rpc-{user}",
            "url": f"{address.scheme}://{user}:{password}@{host}/{self._vhost}",
        }

    def _is_possible(self, provider: Provider) -> None:
        """Raises Conflict when this installation lacks what it takes; the text says what to do."""
        if provider.is_called and self._admin is None:
            raise Conflict(
                "broker_admin_missing",
                "The desk cannot manage users on this broker. Give dispatch BROKER_ADMIN_URL: the address of"
                " the management API of the suppliers' RabbitMQ, with a user that has the tag administrator.",
            )
        if provider.delivery is Means.WEBHOOK and not self._settings.webhook_master_secret:
            raise Conflict(
                "webhook_master_missing",
                "There is nothing to derive a signing secret from. Give dispatch WEBHOOK_MASTER_SECRET.",
            )

    def _connections(self, provider: Provider) -> int | None:
        if self._admin is None or not provider.is_called or not provider.address:
            return None
        try:
            return self._admin.connection_count(provider.address)
        except BrokerAdminAway:
            return None


@cache
def _relief_of(admin: BrokerAdmin) -> BrokerRelief:
    return BrokerRelief(admin)


def _hashed(password: str) -> str:
    return password_hash(password, secrets.token_bytes(SALT_BYTES))
