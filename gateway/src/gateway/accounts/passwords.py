"""Passwords, hashed with argon2id in threads of their own: a hash takes tens of milliseconds, and others go
on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import argon2
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from eventlet import tpool
from eventlet.semaphore import Semaphore

from gateway.http.errors import Overloaded

# OWASP's smallest argon2id: 19 MiB, 2 passes. More would make a flood of sign-ins cheaper for the attacker
# than for us.
T = TypeVar("T")

TIME_COST, MEMORY_KIB, PARALLELISM = 2, 19 * 1024, 1
AT_ONCE, WAITING = 2, 50


class Passwords:
    """`verify` costs the same whether there is such an account or not."""

    def __init__(self, time_cost: int = TIME_COST, memory_kib: int = MEMORY_KIB) -> None:
        self._hasher = argon2.PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=PARALLELISM
        )
        self._places = Semaphore(AT_ONCE)
        self._waiting = 0
        self._nobodys = self._hasher.hash("the password of nobody")

    def hash(self, password: str) -> str:
        return self._elsewhere(lambda: self._hasher.hash(password))

    def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether this is the password. Without a hash it is not, after the same work."""
        right = self._elsewhere(lambda: self._matches(password_hash or self._nobodys, password))
        return right and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        return self._hasher.check_needs_rehash(password_hash)

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _elsewhere(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING:
            raise Overloaded("too_busy", "Too many people sign in right now. Try again in a moment.")
        self._waiting += 1
        try:
            with self._places:
                result: T = tpool.execute(work)
                return result
        finally:
            self._waiting -= 1
