"""Signing in with a password, and how guessing is slowed down.

Three limits over a quarter of an hour. The first two stop a guesser at his own address. The third stops many
addresses that guess at one account together; it does not hold for addresses from which that account has
signed in before, so that nobody can lock out somebody else by failing on purpose.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from servicekit.errors import Unauthenticated

from gateway.accounts.passwords import Passwords
from gateway.http.errors import TooManyRequests
from gateway.storage.accounts import Account
from gateway.storage.attempts import Tally
from gateway.storage.unit_of_work import GatewayWork
from servicekit import logs

WINDOW = timedelta(minutes=15)
PER_PAIR, PER_ADDRESS, PER_LOGIN = 5, 50, 20
SESSION_LIFETIME = timedelta(hours=12)

Work = Callable[[], AbstractContextManager[GatewayWork]]

log = logs.logger("accounts")


@dataclass(frozen=True)
class Session:
    token: str
    expires_at: datetime
    account: Account


class SignIn:
    def __init__(self, work: Work, passwords: Passwords) -> None:
        self._work = work
        self._passwords = passwords

    def __call__(self, email: str, password: str, address: str) -> Session:
        """Raises Unauthenticated, in the same words and after the same work for every reason, or
        TooManyRequests."""
        login, network = email.strip().lower(), network_of(address)
        self._admit(login, network)
        with self._work() as work:
            account = work.accounts.find(login)
        # No transaction is open while the password is hashed.
        right = self._passwords.verify(account.password_hash if account else None, password)
        if account is None or not right or not account.active:
            log.info("sign-in refused", account=str(account.account_id) if account else None, address=network)
            raise Unauthenticated(
                "sign_in_refused", "This e-mail address and password do not belong together."
            )
        return self._open(account, password, login, network)

    def _admit(self, login: str, network: str) -> None:
        """Counts this attempt first, so that a hundred at the same time are a hundred."""
        with self._work() as work:
            attempt = work.attempts.begin(login, network)
        with self._work() as work:
            allowed = is_allowed(work.attempts.tally(login, network, WINDOW))
            if not allowed:
                work.attempts.forget(attempt)
        if not allowed:
            log.warning("sign-in slowed down", address=network)
            seconds = int(WINDOW.total_seconds())
            raise TooManyRequests(
                "too_many_attempts", "Too many attempts to sign in. Try again later.", seconds
            )

    def _open(self, account: Account, password: str, login: str, network: str) -> Session:
        renewed = None
        if self._passwords.is_outdated(account.password_hash or ""):
            renewed = self._passwords.hash(password)
        token = "sds_" + secrets.token_urlsafe(32)
        with self._work() as work:
            work.attempts.succeed(login, network)
            expires = work.tokens.add(token, account.account_id, "session", "sign-in", SESSION_LIFETIME)
            if renewed:
                work.accounts.rehash(account.account_id, renewed)
        log.info("signed in", account=str(account.account_id), address=network)
        return Session(token, expires, account)


def is_allowed(tally: Tally) -> bool:
    return (
        tally.pair <= PER_PAIR and tally.address <= PER_ADDRESS and (tally.known or tally.login <= PER_LOGIN)
    )


def network_of(address: str) -> str:
    """Who holds one IPv6 address holds a whole /64 of them; they count as one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
