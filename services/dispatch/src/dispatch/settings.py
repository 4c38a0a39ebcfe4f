"""Dispatch's settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from environs import Env
from servicekit.settings import Settings, secret


@dataclass(frozen=True, kw_only=True)
class DispatchSettings(Settings):
    """Times in seconds. After the last of `delivery_delays` a delivery waits for somebody to redeliver it.

    `webhook_allowed_targets` are exact `host:port` that may be posted to though they are not public https.
    """

    suppliers_amqp_url: str
    delivery_timeout: float = 5.0
    delivery_delays: list[float] = field(default_factory=lambda: [5.0, 30.0, 120.0, 600.0, 1800.0])
    delivery_poll: float = 1.0
    delivery_slots: int = 32
    delivery_slots_per_supplier: int = 16
    planning_patience: float = 60.0
    webhook_master_secret: str = ""
    webhook_allowed_targets: list[str] = field(default_factory=list)
    broker_admin_url: str = ""
    suppliers_public_url: str = ""
    supplier_calls_per_second: float = 50.0

    @classmethod
    def read(cls, env: Env) -> dict[str, Any]:
        delays = "1,2,4,8" if env.bool("DEMO_MODE", False) else "5,30,120,600,1800"
        return {
            **super().read(env),
            "suppliers_amqp_url": secret(env, "SUPPLIERS_AMQP_URL"),
            "delivery_timeout": env.float("DELIVERY_TIMEOUT", 5.0),
            "delivery_delays": [float(one) for one in env.str("DELIVERY_DELAYS", delays).split(",") if one],
            "delivery_poll": env.float("DELIVERY_POLL", 1.0),
            "delivery_slots": env.int("DELIVERY_SLOTS", 32),
            "delivery_slots_per_supplier": env.int("DELIVERY_SLOTS_PER_SUPPLIER", 16),
            "planning_patience": env.float("PLANNING_PATIENCE", 60.0),
            "broker_admin_url": secret(env, "BROKER_ADMIN_URL", ""),
            "suppliers_public_url": env.str("SUPPLIERS_PUBLIC_URL", ""),
            "supplier_calls_per_second": env.float(
                "SUPPLIER_CALLS_PER_SECOND", 500.0 if env.bool("DEMO_MODE", False) else 50.0
            ),
            "webhook_master_secret": secret(env, "WEBHOOK_MASTER_SECRET", ""),
            "webhook_allowed_targets": [
                one for one in env.str("WEBHOOK_ALLOWED_TARGETS", "").split(",") if one
            ],
        }

    @property
    def delivery_lease(self) -> float:
        """How long a claim is respected: well over the time that the call and what follows can take."""
        return self.delivery_timeout + 10.0
