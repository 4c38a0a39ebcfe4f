"""Brings orders to suppliers, several at a time: claim and commit, call, apply and commit.

Every replica runs one. They share the work by claims; that of a process that died lapses with its lease.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from servicekit.concurrency import Pool, Stop, Wake
from servicekit.logs import logger

from dispatch.channels import bell
from dispatch.domain.deliveries import FINAL, Consignment, NoAnswer, Outcome
from dispatch.domain.providers import Means
from dispatch.handlers.delivering import Brought, Parcel, Patience, apply_outcome, claim_parcels
from dispatch.settings import DispatchSettings
from dispatch.storage.unit_of_work import DispatchWork

NAP_SECONDS = 0.25

log = logger("deliveries")


class Channel(Protocol):
    """One way to a supplier. Never raises: whatever happens is an outcome."""

    def bring(self, consignment: Consignment) -> Outcome: ...


class DeliveryLoop:
    def __init__(
        self,
        work: Callable[[], AbstractContextManager[DispatchWork]],
        channels: Mapping[Means, Channel],
        settings: DispatchSettings,
        wake: Wake = bell.DELIVERIES,
    ) -> None:
        self._work = work
        self._channels = channels
        self._settings = settings
        self._wake = wake
        self._pool = Pool(settings.delivery_slots)
        self._under_way: Counter[UUID] = Counter()

    def run(self, stop: Stop) -> None:
        """Until `stop`; then waits for the calls that are under way."""
        try:
            while not stop.is_set():
                parcels = self._claim()
                for parcel in parcels:
                    self._under_way[parcel.claim.provider_id] += 1
                    self._pool.spawn(self._bring, parcel)
                if not parcels:
                    self._rest(self._pause(), stop)
        finally:
            self._pool.wait_all(self._settings.delivery_timeout + 2)

    def _claim(self) -> list[Parcel]:
        free = self._pool.free()
        if free == 0:
            return []
        each = self._settings.delivery_slots_per_supplier
        busy = [provider for provider, count in self._under_way.items() if count >= each]
        lease = timedelta(seconds=self._settings.delivery_lease)
        with self._work() as work:
            return claim_parcels(work, free, each, lease, busy)

    def _rest(self, seconds: float, stop: Stop) -> None:
        """Until it rings, in short naps: a stop makes no sound."""
        until = time.monotonic() + seconds
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            if self._wake.wait(min(left, NAP_SECONDS)):
                return

    def _pause(self) -> float:
        """Until the next is due, but never long: nobody rings here for what another replica left."""
        with self._work() as work:
            seconds = work.deliveries.seconds_to_next()
        longest = self._settings.delivery_poll
        return longest if seconds is None else min(longest, max(seconds, 0.01))

    def _bring(self, parcel: Parcel) -> None:
        claim = parcel.claim
        try:
            self._bring_and_apply(parcel)
        except Exception as error:
            # The claim lapses and the parcel is brought again: its order number keeps that harmless.
            log.warning("an outcome was not kept", work_order_id=str(claim.work_order_id), error=error)
        finally:
            self._under_way[claim.provider_id] -= 1
            self._wake.set()  # there is a free place

    def _bring_and_apply(self, parcel: Parcel) -> None:
        claim = parcel.claim
        started = time.monotonic()
        provider = parcel.consignment.provider
        outcome = self._channels[provider.delivery].bring(parcel.consignment)
        took = round((time.monotonic() - started) * 1000)
        if isinstance(outcome, NoAnswer) and outcome.failure not in FINAL:
            log.warning("no answer", supplier=provider.slug, attempt=claim.attempt, why=outcome.failure.value)
        patience = Patience(self._settings.delivery_delays, random.random())
        with self._work() as work:
            apply_outcome(work, claim, Brought(outcome, parcel.at, took), patience)
