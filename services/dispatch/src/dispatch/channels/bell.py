"""Rings when there is something to deliver, so that this process's delivery loop need not poll for it."""

from __future__ import annotations

from servicekit.concurrency import Wake

DELIVERIES = Wake()
